"""Known errors as one line on the command line."""

from ets_desktop.cli.language import is_korean
from ets_desktop.domain.errors import EtsError


def reason_of_link(code: str) -> str:
    """Why a link is down, or what will bring it down: a sentence in Korean, else the code."""
    return sentence(EtsError(code)) if code and is_korean() else code


def reason_of_delivery(error: str) -> str:
    """Why an instruction did not arrive: a sentence in Korean, else the code; its detail behind."""
    code, _, detail = error.partition(" ")
    told = reason_of_link(code)
    return f"{told} ({detail})" if detail else told


def sentence(error: EtsError) -> str:
    """What happened, in the locale's language: Korean as on the screens, English from the code."""
    if is_korean():
        from ets_desktop.ui.labels import error_text

        return error_text(error)
    facts = ", ".join(f"{name}: {value}" for name, value in error.details.items())
    plain = error.code.replace("_", " ")
    return f"ets: {plain} ({facts})" if facts else f"ets: {plain}"
