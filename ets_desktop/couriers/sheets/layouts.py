"""The columns of each courier's upload sheet, and whose address stands where on a return."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ets_desktop.couriers.places import Centre, Order
from ets_desktop.domain.phone import display

#: The column of our key: the result sheet gives it back.
KEY_TITLE: Final = "고객주문번호"

Cell = Callable[[Centre, Order], str]


def _phone(party: Centre | Order) -> str:
    return display(party.phone or party.mobile)


def _mobile(party: Centre | Order) -> str:
    return display(party.mobile or party.phone)


def _whole(party: Centre | Order) -> str:
    return f"{party.address} {party.address_detail}".strip()


def _goods(_: Centre, order: Order) -> str:
    return ", ".join(f"{one.name} {one.quantity}개" for one in order.goods) or "반품"


def _day(_: Centre, order: Order) -> str:
    return f"{order.wished_on:%Y%m%d}" if order.wished_on else ""


def _key(_: Centre, order: Order) -> str:
    return order.key


def _original(_: Centre, order: Order) -> str:
    return order.original_waybill


def _note(_: Centre, order: Order) -> str:
    return order.note


def _always(text: str) -> Cell:
    return lambda _centre, _order: text


def _customer(part: Callable[[Centre | Order], str]) -> Cell:
    return lambda _centre, order: part(order)


def _ours(part: Callable[[Centre | Order], str]) -> Cell:
    return lambda centre, _order: part(centre)


def _party(name: str, part: Callable[[Callable[[Centre | Order], str]], Cell]) -> dict[str, Cell]:
    return {
        f"{name}명": part(lambda party: party.name),
        f"{name} 전화번호": part(_phone),
        f"{name} 휴대전화": part(_mobile),
        f"{name} 우편번호": part(lambda party: party.zipcode),
        f"{name} 주소": part(_whole),
    }


@dataclass(frozen=True, slots=True)
class Layout:
    """Titles in their order, each with what stands below; `addresses` are the two that the
    courier refuses when they are equal."""

    columns: Mapping[str, Cell]
    addresses: tuple[str, str] | None = None

    def row(self, centre: Centre, order: Order) -> dict[str, str]:
        return {title: cell(centre, order) for title, cell in self.columns.items()}

    def is_to_itself(self, row: Mapping[str, str]) -> bool:
        """Whether the goods would go where they come from."""
        if self.addresses is None:
            return False
        first, second = ("".join(row.get(title, "").split()) for title in self.addresses)
        return first == second


def _layout(**first: str) -> Layout:
    """A sheet of our own order: the customer sends, our centre receives."""
    return Layout(
        {
            KEY_TITLE: _key,
            **{title: _always(text) for title, text in first.items()},
            **_party("보내는분", _customer),
            **_party("받는분", _ours),
            "원운송장번호": _original,
            "수거희망일": _day,
            "품목명": _goods,
            "배송메시지": _note,
        }
    )


def _epost() -> Layout:
    """우체국 turns a return round: the orderer (ord*) is our centre, the receiver (rec*) is the
    customer at whom it is fetched. reqType 2 반품, payType 2 착불; it refuses equal addresses."""
    columns: dict[str, Cell] = {
        KEY_TITLE: _key,
        "신청구분(reqType)": _always("2"),
        "요금납부(payType)": _always("2"),
        **_party("주문인(ord)", _ours),
        **_party("수취인(rec)", _customer),
        "원등기번호(retOrigRegiNo)": _original,
        "방문희망일(retVisitYmd)": _day,
        "상품명": _goods,
        "배송메시지": _note,
    }
    return Layout(columns, ("주문인(ord) 주소", "수취인(rec) 주소"))


#: 롯데: ustRtgSctCd 02 반품, fareSctCd 03 신용.
LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "epost": _epost(),
        "hanjin": _layout(접수구분="반품", 운임구분="신용"),
        "lotte": _layout(출고반품구분="02", 운임구분="03"),
        "logen": _layout(접수구분="반품", 운임구분="신용"),
    }
)
