"""What an order import has to say, in Korean and English, by reason code."""

from collections.abc import Mapping

from ets_desktop.cli.language import say
from ets_desktop.domain.errors import EtsError

#: Why a whole file was refused; placeholders are the error's details.
REFUSALS: Mapping[str, tuple[str, str]] = {
    "file_missing": ("파일이 없습니다", "there is no such file"),
    "file_unreadable": ("파일을 읽을 수 없습니다", "the file cannot be read"),
    "file_empty": ("빈 파일입니다", "the file is empty"),
    "file_too_big": (
        "파일이 너무 큽니다 ({megabytes} MB, 한도 {limit} MB)",
        "the file is too big ({megabytes} MB, at most {limit} MB)",
    ),
    "ars_columns": (
        "세션번호와 답변일시 칸이 없어 ARS 이력이 아닙니다",
        "no ARS sessions: session_id and answered_at are missing",
    ),
    "file_damaged": (
        "손상된 파일입니다. 채널에서 다시 내려받으십시오",
        "the file is damaged; download it from the channel again",
    ),
    "file_locked": (
        "암호가 걸린 압축 파일입니다",
        "the archive is encrypted in a way that spreadsheets are not",
    ),
    "file_not_an_export": (
        "주문 내보내기 파일이 아닙니다 ({kind})",
        "not an order export, but {kind}",
    ),
    "zip_bomb": (
        "압축을 풀면 지나치게 커지는 파일입니다 ({why})",
        "the file would unpack to an absurd size ({why})",
    ),
    "xml_entities": (
        "XML 엔티티가 들어 있는 파일은 받지 않습니다",
        "a workbook that declares XML entities is not accepted",
    ),
    "sheet_too_large": (
        "시트가 너무 큽니다 (열 {columns}, 행 {rows})",
        "the sheet is too large (columns {columns}, rows {rows})",
    ),
    "encoding_unknown": (
        "글자를 읽을 수 없습니다. UTF-8 또는 CP949로 저장하십시오",
        "the text is neither UTF-8 nor CP949",
    ),
    "password_needed": (
        "암호가 걸린 파일입니다. --password로 암호를 주십시오",
        "the file is locked; give its password with --password",
    ),
    "password_wrong": ("암호가 맞지 않습니다", "the password is wrong"),
    "channel_unknown": (
        "처음 열 줄에서 아는 판매처의 제목 행을 찾지 못했습니다",
        "no known channel's header names in the first ten rows of any sheet",
    ),
    "orders_on_two_sheets": (
        "두 시트에 주문이 있습니다: {one}, {other}. 시트마다 따로 저장해 가져오십시오",
        "orders stand on two sheets: {one}, {other}; save each sheet as a file of its own",
    ),
    "no_rows": ("내용이 없는 시트입니다", "no sheet of the file holds anything"),
    "column_missing": (
        "필요한 열이 없습니다: {column} ({channel})",
        "a needed column is missing: {column} ({channel})",
    ),
}
#: Why a row was bad, ignored or suspect.
REASONS: Mapping[str, tuple[str, str]] = {
    "missing": ("값이 없습니다", "empty"),
    "not_a_number": ("숫자가 아닙니다", "not a number"),
    "not_whole": ("정수가 아닙니다", "not a whole number"),
    "negative": ("음수입니다", "negative"),
    "too_large": ("값이 너무 큽니다", "too large"),
    "too_long": ("너무 깁니다", "too long"),
    "not_a_date": ("날짜가 아닙니다", "not a date"),
    "undecodable": ("읽을 수 없는 글자가 있습니다", "holds characters that cannot be decoded"),
    "cell_too_long": ("칸 하나의 내용이 너무 깁니다", "a cell holds too much"),
    "quotes_unbalanced": ("따옴표가 맞지 않습니다", "quotation marks do not match"),
    "too_many_cells": (
        "제목 행보다 칸이 많습니다",
        "more cells than the header: a separator inside a value is not quoted",
    ),
    "blank": ("빈 행", "blank row"),
    "notice": ("안내문", "notice"),
    "helper": ("입력 안내 행", "row that explains the columns"),
    "total": ("합계 행", "total row"),
    "header_again": ("되풀이된 제목 행", "header row again"),
    "duplicate": ("{other}행과 똑같은 행", "exact duplicate of row {other}"),
    "superseded": (
        "같은 주문상품번호의 {other}행이 더 새롭습니다",
        "row {other} holds a later state of the same line",
    ),
    "scientific_notation": (
        "지수 표기: 자릿수가 사라져 번호로 쓸 수 없습니다",
        "scientific notation: digits are lost, do not import as a number",
    ),
    "digits_lost": (
        "숫자 칸이어서 자릿수가 사라졌습니다",
        "a number cell: digits are lost, do not import as a number",
    ),
    "last_digit_may_be_lost": (
        "16자리 숫자 칸: 마지막 자리가 0으로 바뀌었을 수 있습니다",
        "16 digits in a number cell: the last one may have become 0",
    ),
    "not_a_whole_number": ("번호가 아닙니다", "not a number of an order or parcel"),
    "became_a_date": ("스프레드시트가 날짜로 바꾸었습니다", "a spreadsheet made a date of it"),
    "not_a_phone_number": ("전화번호가 아닙니다", "not a phone number"),
    "not_a_postcode": ("우편번호가 아닙니다", "not a postcode"),
}


def refusal(error: EtsError) -> str:
    """Why the file was refused; a code without words shows itself."""
    if error.code not in REFUSALS:
        return str(error)
    return say(*REFUSALS[error.code]).format_map(_Known(error.details))


def reason(code: str, other: int | None = None) -> str:
    """Why a row was bad, ignored or suspect."""
    return say(*REASONS[code]).format_map(_Known({"other": other})) if code in REASONS else code


class _Known(dict[str, object]):
    """Details that an error left out show as …"""

    def __missing__(self, key: str) -> str:
        return "…"
