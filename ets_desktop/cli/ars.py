"""`ets ars`: the sessions of the ARS, from the file that its vendor gives away."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from ets_desktop.cli.connection import open_database
from ets_desktop.cli.language import say
from ets_desktop.cli.order_progress import RowsTold
from ets_desktop.cli.order_words import refusal
from ets_desktop.db.engine import Database
from ets_desktop.domain.ars import ArsEvent, BadArsEvent
from ets_desktop.erp.ars_file import read_ars_file
from ets_desktop.erp.exports.sniff import Refused
from ets_desktop.services.ars import RecordedSessions, record_ars_events

#: Sessions in one transaction.
_AT_ONCE = 500
#: How many faulty rows are listed on a terminal; `--json` lists them all.
_MOST_TOLD = 20
#: Why a row is no session.
REASONS: Mapping[str, tuple[str, str]] = {
    "missing": ("비어 있습니다", "is empty"),
    "wrong_type": ("알아볼 수 없습니다", "is not understood"),
    "too_long": ("너무 깁니다", "is too long"),
    "no_moment": ("날짜와 시각이 아닙니다", "is no date and time"),
    "no_amount": ("금액이 아닙니다", "is no amount"),
    "no_kind": (
        "취소, 반품, 교환, 배송문의, 상담예약이 아닙니다",
        "is none of cancel, return, exchange, delivery, consultation",
    ),
    "ended_before": ("답변일시보다 앞섭니다", "is before answered_at"),
    "damaged": ("엑셀이 줄인 숫자라 알 수 없습니다", "was shortened by a spreadsheet"),
    "shifted": ("칸이 어긋났습니다", "the cells have shifted"),
}
Bad = tuple[int, BadArsEvent]


@click.group(name="ars")
def command() -> None:
    """The sessions of the ARS."""


@command.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def import_command(file: Path, as_json: bool) -> None:
    """Import sessions from FILE (CSV, XLSX).

    Columns: session_id (세션번호), answered_at (답변일시), and where they are known 주문번호,
    고객명, 전화번호, 구분, 카테고리, 금액, 포장비, 메뉴 (steps with > between), 최종안내 (Y/N),
    종료일시. The same session again changes nothing; bad rows are listed and the others go in. Exit
    code 2 when the file was refused.
    """
    try:
        with RowsTold(file) as told:
            rows = read_ars_file(file, datetime.now(UTC))
            with open_database("ets ars") as database:
                recorded, bad = _import(database, rows, told)
    except Refused as error:
        why = refusal(error)
        click.echo(say(f"{file.name}: 받지 않음 — {why}", f"{file.name}: refused: {why}"), err=True)
        raise SystemExit(2) from None
    if as_json:
        click.echo(json.dumps(_record(recorded, bad), ensure_ascii=False))
    else:
        _tell(file, recorded, bad)


def _import(
    database: Database, rows: Iterable[tuple[int, ArsEvent | BadArsEvent]], told: RowsTold
) -> tuple[RecordedSessions, list[Bad]]:
    recorded = RecordedSessions()
    bad: list[Bad] = []
    events: list[ArsEvent] = []
    for done, (number, row) in enumerate(rows, start=1):
        if isinstance(row, BadArsEvent):
            bad.append((number, row))
            continue
        events.append(row)
        if len(events) == _AT_ONCE:
            recorded += database.call(record_ars_events, events).value
            events = []
            told.rows(done, None)
    return recorded + database.call(record_ars_events, events).value, bad


def _tell(file: Path, recorded: RecordedSessions, bad: list[Bad]) -> None:
    counts = (recorded.created, recorded.updated, recorded.unchanged, len(bad))
    click.echo(
        say(
            "{}: 새로 {:,}, 바뀜 {:,}, 그대로 {:,}, 받지 않은 행 {:,}",
            "{}: {:,} new, {:,} changed, {:,} as before, {:,} rows refused",
        ).format(file.name, *counts)
    )
    for number, error in bad[:_MOST_TOLD]:
        why = say(*REASONS[error.reason])
        click.echo(
            say(f"  {number}행 {error.field}: {why}", f"  row {number} {error.field}: {why}")
        )
    if len(bad) > _MOST_TOLD:
        rest = len(bad) - _MOST_TOLD
        click.echo(say(f"  … 그 밖에 {rest:,}건 (--json)", f"  … and {rest:,} more (--json)"))


def _record(recorded: RecordedSessions, bad: list[Bad]) -> dict[str, object]:
    return {
        "created": recorded.created,
        "updated": recorded.updated,
        "unchanged": recorded.unchanged,
        "bad_rows": [
            {"row": number, "column": error.field, "reason": say(*REASONS[error.reason])}
            for number, error in bad
        ],
    }
