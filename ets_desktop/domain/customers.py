"""Rules of customers: what 고객저장 needs and where it refuses."""

from dataclasses import dataclass, replace

from ets_desktop.domain.hangul import nfc
from ets_desktop.domain.tickets import FieldFault, tidy_text

NAME_LIMIT = 100


@dataclass(frozen=True, slots=True)
class CustomerForm:
    """What 고객상세 edits of a customer; numbers are apart. `flagged` (주의고객) asks a reason."""

    name: str
    grade: str = "normal"
    flagged: bool = False
    flagged_reason: str = ""
    login_id: str = ""
    zipcode: str = ""
    address: str = ""
    address_detail: str = ""


def check_customer(form: CustomerForm) -> tuple[FieldFault, ...]:
    """Every reason why 고객저장 refuses a tidied `form`."""
    faults = []
    if not form.name:
        faults.append(FieldFault("name", "needs_name"))
    elif len(form.name) > NAME_LIMIT:
        faults.append(FieldFault("name", "name_too_long", NAME_LIMIT))
    if form.flagged and not form.flagged_reason:
        faults.append(FieldFault("flagged_reason", "needs_flagged_reason"))
    return tuple(faults)


def tidy_customer(form: CustomerForm) -> CustomerForm:
    """`form` as it is stored: composed Hangul (or nobody finds the name), blanks folded."""
    return replace(
        form,
        name=_line(form.name),
        flagged_reason=tidy_text(form.flagged_reason).strip(),
        login_id=_line(form.login_id),
        zipcode=_line(form.zipcode),
        address=_line(form.address),
        address_detail=_line(form.address_detail),
    )


def _line(text: str) -> str:
    return " ".join(nfc(tidy_text(text)).split())
