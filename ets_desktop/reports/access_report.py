"""The monthly report of access as sheets of texts (spec 80): Korean, for the house's reviewer."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ets_desktop.domain.access_review import PersonMonth, Remark, remarks
from ets_desktop.domain.calendar import SEOUL
from ets_desktop.queries.access_log import AccessRow
from ets_desktop.queries.access_report import AccessMonth, RightsRow
from ets_desktop.reports.workbook import SheetColumn, SheetOf

#: Unusual → what it says.
REMARKS = {
    "many_looks": "다른 담당자보다 조회가 지나치게 많음",
    "outside_hours": "근무시간 외 접속",
    "many_exports": "한 시간에 여러 번 엑셀 저장",
    "many_persons": "많은 사람의 정보를 한 번에 저장",
    "many_addresses": "여러 접속지에서 로그인",
}

#: rights_change.change → what was changed.
CHANGES = {
    "added": "추가",
    "role": "역할",
    "extension": "내선",
    "team": "팀",
    "name": "이름",
    "login": "아이디",
    "password": "비밀번호",
    "disabled": "중지",
    "enabled": "다시 사용",
    "sessions_ended": "접속 종료",
}


def access_sheets(month: AccessMonth, words: Mapping[str, str]) -> tuple[SheetOf, ...]:
    """요약, 특이사항, 담당자별, 엑셀 저장, 근무시간 외, 권한 변경.

    `words` are those of the actions.

    Conditions are left out: a report goes from hand to hand, what was searched for stays in
    접속기록.
    """
    noted = remarks(month.people, month.many_persons)
    return (
        SheetOf("요약", _columns("항목", "건수", numbers=(1,)), _summary(month, noted, words)),
        SheetOf(
            "특이사항",
            _columns("담당자", "아이디", "내용", "건수", numbers=(3,)),
            [(one.name, one.login, REMARKS[one.why], f"{one.count:,}") for one in noted],
        ),
        _people(month),
        SheetOf("엑셀 저장", _look_columns(), [_look(row, words) for row in month.exports]),
        SheetOf("근무시간 외", _look_columns(), [_look(row, words) for row in month.outside]),
        SheetOf(
            "권한 변경",
            _columns("일시", "변경한 아이디", "대상 아이디", "변경", "이전", "이후", "사유"),
            [
                (
                    _moment(row.at),
                    row.login,
                    row.subject,
                    _changed(row),
                    row.old,
                    row.new,
                    row.reason,
                )
                for row in month.rights
            ],
        ),
    )


def as_text(sheets: Sequence[SheetOf]) -> str:
    """The same for a terminal: each sheet under its title, values apart by tabs."""
    lines: list[str] = []
    for sheet in sheets:
        lines += [f"[{sheet.title}]", "\t".join(column.title for column in sheet.columns)]
        lines += ["\t".join(row) for row in sheet.rows] + [""]
    return "\n".join(lines)


def _columns(*titles: str, numbers: Sequence[int] = ()) -> tuple[SheetColumn, ...]:
    return tuple(
        SheetColumn(title, 24 if place == 0 else 16, place in numbers)
        for place, title in enumerate(titles)
    )


def _summary(
    month: AccessMonth, noted: Sequence[Remark], words: Mapping[str, str]
) -> list[tuple[str, str]]:
    exported = [row for row in month.exports if (row.persons or 0) >= month.many_persons]
    rows = [
        ("대상 월", f"{month.first:%Y-%m}"),
        ("접속한 담당자", f"{len(month.people):,}"),
        ("처리 건수", f"{sum(person.looks for person in month.people):,}"),
        ("근무시간 외 처리", f"{sum(person.outside for person in month.people):,}"),
        ("엑셀 저장", f"{len(month.exports):,}"),
        (f"{month.many_persons:,}명 이상 엑셀 저장", f"{len(exported):,}"),
        ("사유 없는 엑셀 저장", f"{sum(not _reason(row) for row in month.exports):,}"),
        ("특이사항", f"{len(noted):,}"),
        ("권한 변경", f"{len(month.rights):,}"),
    ]
    return rows + [(words.get(one.action, one.action), f"{one.times:,}") for one in month.actions]


def _people(month: AccessMonth) -> SheetOf:
    titles = (
        *("담당자", "아이디", "접속일수", "처리", "조회", "가린 정보 보기", "근무시간 외"),
        *("엑셀 저장", "저장 인원", "한 번 최다 인원", "접속지 수"),
    )
    return SheetOf(
        "담당자별",
        _columns(*titles, numbers=range(2, len(titles))),
        [(one.name, one.login, *(f"{count:,}" for count in _counts(one))) for one in month.people],
    )


def _counts(one: PersonMonth) -> tuple[int, ...]:
    looked = (one.days, one.looks, one.searches, one.reveals, one.outside)
    return (*looked, one.exports, one.exported, one.most_exported, one.addresses)


def _look_columns() -> tuple[SheetColumn, ...]:
    titles = (
        "일시",
        "담당자",
        "아이디",
        "접속지",
        "작업",
        "대상",
        "사유",
        "건수",
        "인원",
        "근무시간",
    )
    return _columns(*titles, numbers=(7, 8))


def _changed(row: RightsRow) -> str:
    return CHANGES.get(row.change, row.change)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(SEOUL):%Y-%m-%d %H:%M:%S}"


def _look(row: AccessRow, words: Mapping[str, str]) -> tuple[str, ...]:
    return (
        _moment(row.at),
        row.name,
        row.login,
        " · ".join(part for part in (row.address, row.host) if part),
        words.get(row.action, row.action),
        row.subject,
        _reason(row),
        "" if row.row_count is None else f"{row.row_count:,}",
        "" if row.persons is None else f"{row.persons:,}",
        "시간 외" if row.outside_hours else "",
    )


def _reason(row: AccessRow) -> str:
    return str(row.condition.get("reason", ""))
