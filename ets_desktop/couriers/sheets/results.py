"""A courier's result sheet: which waybill each of our pickups got, bad rows with their reasons."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ets_desktop.couriers.sheets.layouts import KEY_TITLE
from ets_desktop.domain.couriers import courier_named
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.waybills import Doubt, doubt_of, waybill_digits

#: Titles as couriers write them; blanks are ignored, the first that is there counts.
_KEYS: Final = (KEY_TITLE, "고객주문번호(orderNo)", "주문번호", "고객사용번호", "ordNo", "orderNo")
_WAYBILLS: Final = (
    "회수운송장번호", "반품운송장번호", "반품송장번호", "운송장번호", "송장번호", "등기번호",
    "regiNo", "invNo",
)  # fmt: skip
_COURIERS: Final = ("택배사", "택배사명")
#: Above the header stand at most so many rows of titles and dates.
_HEADER_WITHIN: Final = 10
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A row: `number` is the sheet's, `fault` why it cannot be used, `doubt` what is odd about
    a waybill that is used all the same."""

    number: int
    key: str = ""
    waybill: str = ""
    fault: str = ""
    doubt: Doubt | None = None


def results_of(courier: str, rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[ResultRow]:
    """The results below the header; empty rows are left out.

    RuleViolation `results_without_columns` where no header names our key and a waybill.
    """
    counted = iter(rows)
    columns = _header(counted)
    seen: dict[str, str] = {}
    for number, cells in counted:
        texts = [cell.strip() for cell in cells]
        if not any(texts):
            continue
        row = _result(courier, number, [_at(texts, column) for column in columns])
        if not row.fault and seen.setdefault(row.waybill, row.key) != row.key:
            row = ResultRow(number, row.key, row.waybill, "result_waybill_twice")
        yield row


def _header(rows: Iterator[tuple[int, Sequence[str]]]) -> tuple[int | None, ...]:
    """The places of key, waybill and courier."""
    for place, (_, cells) in enumerate(rows, 1):
        titles = ["".join(cell.split()) for cell in cells]
        found = tuple(_place(titles, names) for names in (_KEYS, _WAYBILLS, _COURIERS))
        if None not in found[:2]:
            return found
        if place == _HEADER_WITHIN:
            break
    raise RuleViolation("results_without_columns")


def _place(titles: Sequence[str], names: Sequence[str]) -> int | None:
    return next((titles.index(name) for name in names if name in titles), None)


def _at(texts: Sequence[str], column: int | None) -> str:
    return texts[column] if column is not None and column < len(texts) else ""


def _result(courier: str, number: int, cells: Sequence[str]) -> ResultRow:
    key, told, name = cells
    waybill = waybill_digits(told)
    if not key:
        return ResultRow(number, fault="result_without_key")
    if not waybill:
        return ResultRow(number, key, fault="result_without_waybill")
    if len(waybill) > _LONGEST:
        return ResultRow(number, key, fault="result_no_waybill")
    if courier_named(name) not in ("", courier):
        return ResultRow(number, key, waybill, "pickup_of_other_courier")
    return ResultRow(number, key, waybill, doubt=doubt_of(courier, waybill))
