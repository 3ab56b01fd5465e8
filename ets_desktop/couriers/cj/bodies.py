"""A return as CJ's RegBook wants it, and the same called off (guide V3.9.4, facts: couriers)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ets_desktop.couriers.places import Centre, Order
from ets_desktop.domain.phone import display

_NAME, _ADDRESS, _DETAIL, _NOTE, _GOODS = 100, 150, 300, 1_000, 500
#: What is accepted where the postcode is not known; an empty one is ORA-01400.
_NO_ZIPCODE: Final = "000000"
_WORDS_OF_ADDRESS: Final = 3
_RETURN, _REQUEST, _CANCEL = "02", "01", "02"


@dataclass(frozen=True, slots=True)
class Contract:
    """What is the same in every booking of the house."""

    cust_id: str
    centre: Centre
    box_type: str = "02"
    fare: str = "03"


def booking(contract: Contract, order: Order) -> dict[str, Any]:
    """RegBook of a return: the customer sends, our centre receives, and CJ numbers it when the
    driver prints the label, so INVC_NO stays blank."""
    day = f"{order.today:%Y%m%d}"
    goods = [
        {"MPCK_SEQ": number, "GDS_NM": one.name[:_GOODS], "GDS_QTY": one.quantity}
        for number, one in enumerate(order.goods, 1)
    ]
    return {
        "CUST_ID": contract.cust_id,
        "RCPT_YMD": day,
        "CUST_USE_NO": order.key,
        "RCPT_DV": _RETURN,
        "WORK_DV_CD": "01",
        "REQ_DV_CD": _REQUEST,
        "MPCK_KEY": f"{day}_{contract.cust_id}_{order.key}"[:100],
        "CAL_DV_CD": "01",
        "FRT_DV_CD": contract.fare,
        "CNTR_ITEM_CD": "01",
        "BOX_TYPE_CD": contract.box_type,
        "BOX_QTY": "1",
        "CUST_MGMT_DLCM_CD": contract.cust_id,
        **_party("SENDR", order),
        **_party("RCVR", contract.centre),
        "INVC_NO": "",
        "ORI_INVC_NO": order.original_waybill,
        "COLCT_EXPCT_YMD": f"{order.wished_on:%Y%m%d}" if order.wished_on else "",
        "PRT_ST": "01",
        "DLV_DV": "01",
        "REMARK_1": order.note[:_NOTE],
        "ARRAY": goods or [{"MPCK_SEQ": 1, "GDS_NM": "반품", "GDS_QTY": 1}],
    }


def calling_off(body: Mapping[str, Any]) -> dict[str, Any]:
    """CnclBook: what was booked, word for word, as a cancellation."""
    return {**body, "REQ_DV_CD": _CANCEL}


def phone_parts(digits: str) -> tuple[str, str, str]:
    """Three parts: 02 has two digits, 050x four; a representative number gets 000 before it."""
    parts = display(digits).split("-")
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    if not digits:
        return "", "", ""
    return "000", digits[:-4], digits[-4:]


def address_parts(address: str, detail: str) -> tuple[str, str]:
    """ADDR and DETAIL_ADDR, neither ever empty or a hyphen: without a detail of its own an
    address is split at its third blank."""
    words = address.split()
    detail = " ".join(detail.split())
    if not detail.strip("-–—. "):
        kept = min(_WORDS_OF_ADDRESS, max(len(words) - 1, 1))
        # Of an address of one word the whole is its detail, too.
        words, detail = words[:kept], " ".join(words[kept:]) or " ".join(words)
    line = " ".join(words)
    if len(line) > _ADDRESS:
        cut = line.rfind(" ", 1, _ADDRESS + 1)
        cut = cut if cut > 0 else _ADDRESS
        line, detail = line[:cut], f"{line[cut:].strip()} {detail}"
    return line, detail[:_DETAIL]


def _party(prefix: str, party: Order | Centre) -> dict[str, str]:
    """Name, both phones and the address; of one phone both are made."""
    line, detail = address_parts(party.address, party.address_detail)
    numbers = {"TEL": party.phone or party.mobile, "CELL": party.mobile or party.phone}
    phones = {
        f"{prefix}_{kind}_NO{place}": part
        for kind, digits in numbers.items()
        for place, part in enumerate(phone_parts(digits), 1)
    }
    zipcode = "".join(sign for sign in party.zipcode if sign.isascii() and sign.isdigit())
    return {
        f"{prefix}_NM": party.name[:_NAME],
        **phones,
        f"{prefix}_ZIP_NO": zipcode[:6] or _NO_ZIPCODE,
        f"{prefix}_ADDR": line,
        f"{prefix}_DETAIL_ADDR": detail,
    }
