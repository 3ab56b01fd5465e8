"""Texts of a list as cells: typed where they read so, never a formula, always writable."""

from datetime import date, datetime

import pytest

from ets_desktop.domain.formulas import could_be_formula
from ets_desktop.reports.cells import MOST_UNITS, Cell, plain, typed, writable


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("37,000", 37_000),
        ("1,234,567,890", 1_234_567_890),
        ("0", 0),
        ("-5", -5),
        ("-1,500", -1_500),
        ("007", "007"),
        ("12,34", "12,34"),
        ("1234567890123456", "1234567890123456"),
        ("2일 3시간", "2일 3시간"),
        ("00:42", "00:42"),
        ("５", "５"),
        ("", ""),
    ],
)
def test_a_number_is_one_where_the_column_holds_numbers(text: str, cell: Cell) -> None:
    made = typed(text, is_number=True)
    assert (made, type(made)) == (cell, type(cell))


@pytest.mark.parametrize("text", ["0012345", "20261121000123", "123456789012", "1,000"])
def test_numbers_of_orders_and_parcels_stay_texts(text: str) -> None:
    assert typed(text, is_number=False) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("2026-11-21 14:03:11", datetime(2026, 11, 21, 14, 3, 11)),  # noqa: DTZ001
        ("2026-11-21", date(2026, 11, 21)),
        ("2026-02-30", "2026-02-30"),
        ("2026-11-21 25:00:00", "2026-11-21 25:00:00"),
        ("0026-11-21", "0026-11-21"),
        ("2026-11-21 배송", "2026-11-21 배송"),
    ],
)
def test_days_and_moments_are_dates(text: str, cell: Cell) -> None:
    made = typed(text, is_number=False)
    assert (made, type(made)) == (cell, type(cell))


@pytest.mark.parametrize(
    "text",
    ["=cmd|' /C calc'!A0", "+82-10", "-2+3", "@SUM(1)", "\t=1", "\r=1", "  =1", "\u200b=1", "\n+1"],
)
def test_what_a_spreadsheet_might_run_is_known(text: str) -> None:
    assert could_be_formula(text)


@pytest.mark.parametrize("text", ["", "홍*동", "010-****-1234", "a=b", "1+1", "   "])
def test_ordinary_texts_are_no_risk(text: str) -> None:
    assert not could_be_formula(text)


def test_letters_that_xml_lacks_go() -> None:
    every = "".join(chr(code) for code in range(32))
    assert writable(f"a{every}b") == "a\t\n\nb"
    assert plain("린넨\x00\ud800\ufffe셔츠\uffff") == "린넨셔츠"


def test_emoji_and_marks_of_direction_stay() -> None:
    assert writable("👍🏽 \u200f셔츠\u202e") == "👍🏽 \u200f셔츠\u202e"


def test_line_ends_become_one_kind() -> None:
    assert writable("한\r\n줄\r또") == "한\n줄\n또"


def test_a_text_that_excel_would_unescape_is_escaped() -> None:
    assert writable("_x003D_1+1") == "_x005F_x003D_1+1"
    assert writable("a_x1_") == "a_x1_"


def test_a_text_longer_than_a_cell_ends_in_an_ellipsis() -> None:
    assert writable("가" * MOST_UNITS) == "가" * MOST_UNITS
    cut = writable("가" * 32_768)
    assert len(cut) == MOST_UNITS
    assert cut.endswith("가…")


def test_an_emoji_is_not_cut_in_half() -> None:
    cut = writable("a" + "😀" * 20_000)
    assert len(cut.encode("utf-16-le")) // 2 <= MOST_UNITS
    assert cut.endswith("😀…")
    even = writable("ab" + "😀" * 20_000)
    assert even.endswith("😀…")
