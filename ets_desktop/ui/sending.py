"""전송상태: how far what goes out to a courier or the ERP has come, and why it has not arrived."""

from ets_desktop.domain.errors import EtsError
from ets_desktop.ui.claim_labels import SEND_STATES
from ets_desktop.ui.labels import ERRORS, error_text, word


def sending_words(state: str, error: str) -> str:
    """The state and why; `error` is our code, with a detail of the other side behind a blank."""
    told = word(SEND_STATES, state)
    if not error:
        return told
    code, _, detail = error.partition(" ")
    if code not in ERRORS:
        return f"{told} · {error}"
    reason = f"{told} · {error_text(EtsError(code))}"
    return f"{reason} ({detail})" if detail else reason
