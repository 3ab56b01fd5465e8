"""`ets orders`: import the channels' own exports, and show one order as it is stored."""

import json
from contextlib import ExitStack
from pathlib import Path

import click
from sqlalchemy.orm import Session

from ets_desktop.cli.connection import open_database
from ets_desktop.cli.language import say
from ets_desktop.cli.order_progress import RowsTold
from ets_desktop.cli.order_record import record_of
from ets_desktop.cli.order_words import reason, refusal
from ets_desktop.cli.texts import WORDS, readable
from ets_desktop.db.engine import Database
from ets_desktop.erp.exports.channels import Preset, channel_named
from ets_desktop.erp.exports.parse import open_export
from ets_desktop.erp.exports.parsed import Outcome, Suspect
from ets_desktop.erp.exports.sniff import Refused
from ets_desktop.queries.order_record import LineRecord, OrderRecord, line_records, order_records
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.services.order_import import ImportedOrders, ImportOrders, import_orders

#: How many faulty rows are listed on a terminal; `--json` lists them all.
_MOST_TOLD = 20


@click.group(name="orders")
def command() -> None:
    """Orders: import the channels' exports, show one order."""


@command.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--password",
    type=WORDS,
    envvar="ETS_EXPORT_PASSWORD",
    help="Password of locked files; better in ETS_EXPORT_PASSWORD, where nobody reads it.",
)
@click.option("--channel", "channel_name", type=WORDS, help="Read only as this channel's export.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a file.")
def import_command(
    files: tuple[Path, ...], password: str | None, channel_name: str | None, as_json: bool
) -> None:
    """Import order exports: CSV, XLSX (locked too), old XLS, HTML named .xls.

    Kind and channel are judged by content. The same file twice changes nothing; bad rows are
    listed and the others go in. Exit code 2 when a file was refused; nothing of it is in then.
    """
    channel = _channel(channel_name) if channel_name else None
    refused = False
    with ExitStack() as stack:
        database: Database | None = None
        for file in files:
            try:
                with RowsTold(file) as told:
                    export = open_export(file, password, channel)
                    database = database or stack.enter_context(open_database("ets orders"))
                    done = database.call(
                        import_orders, ImportOrders(readable(file.name), export), told.rows
                    )
            except Refused as error:
                refused = True
                _tell_refusal(file, error, as_json)
            else:
                _tell_import(file, export.channel, done.value, export.outcome(), as_json)
    raise SystemExit(2 if refused else 0)


@command.command()
@click.argument("number", type=WORDS)
@click.option(
    "--channel", "channel_name", type=WORDS, help="The channel, if the number stands in several."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(number: str, channel_name: str | None, as_json: bool) -> None:
    """Show an order by our number or the channel's. The look is logged.

    Exit code 1 when there is none; 2 when the number stands in several channels, which are listed.
    """
    with open_database("ets orders") as database:
        found = database.call(_looked_up, number.strip(), channel_name)
    if not found:
        click.echo(say(f"주문이 없습니다: {number}", f"no such order: {number}"), err=True)
        raise SystemExit(1)
    if len(found) > 1:
        _tell_choices([order for order, _ in found], as_json)
        raise SystemExit(2)
    record = record_of(*found[0])
    click.echo(json.dumps(record, ensure_ascii=False) if as_json else _shown(record))


def _looked_up(
    session: Session, number: str, channel_name: str | None
) -> list[tuple[OrderRecord, list[LineRecord]]]:
    """The orders of that number; one that is alone comes with its lines, and is logged."""
    channels = None
    if channel_name:
        known = channel_named(channel_name)
        channels = [channel_name, *([known.code] if known else [])]
    found = order_records(session, number, channels)
    if found and found[0].order_no == number:
        found = found[:1]
    if len(found) != 1:
        return [(order, []) for order in found]
    log_access(session, LogAccess("show_order", subject=f"order/{found[0].id}"))
    return [(found[0], line_records(session, found[0].id))]


def _channel(name: str) -> Preset:
    found = channel_named(name)
    if found is None:
        raise click.BadParameter(say(f"모르는 판매처: {name}", f"unknown channel: {name}"))
    return found


def _tell_refusal(file: Path, error: Refused, as_json: bool) -> None:
    why = refusal(error)
    if as_json:
        click.echo(json.dumps({"file": str(file), "refused": why}, ensure_ascii=False))
    else:
        click.echo(say(f"{file.name}: 받지 않음 — {why}", f"{file.name}: refused: {why}"), err=True)


def _tell_import(
    file: Path, channel: str, imported: ImportedOrders, outcome: Outcome, as_json: bool
) -> None:
    if as_json:
        click.echo(json.dumps(_import_json(file, channel, imported, outcome), ensure_ascii=False))
        return
    counts = (outcome.orders, outcome.lines, imported.created, imported.updated)
    click.echo(
        say(
            "{}: {} · 주문 {:,} · 상품 {:,} (새로 {:,}, 바뀜 {:,}, 그대로 {:,})",
            "{}: {}, {:,} orders, {:,} lines ({:,} new, {:,} changed, {:,} as before)",
        ).format(file.name, channel, *counts, imported.unchanged)
    )
    rows = [f"{bad.row} {bad.column}: {reason(bad.reason)}" for bad in outcome.bad_rows]
    rows += [f"{found.row} {found.column}: {reason(found.reason)}" for found in outcome.suspect]
    for row in rows[:_MOST_TOLD]:
        click.echo(say(f"  {row.replace(' ', '행 ', 1)}", f"  row {row}"))
    if len(rows) > _MOST_TOLD:
        rest = len(rows) - _MOST_TOLD
        click.echo(say(f"  … 그 밖에 {rest:,}건 (--json)", f"  … and {rest:,} more (--json)"))


def _import_json(
    file: Path, channel: str, imported: ImportedOrders, outcome: Outcome
) -> dict[str, object]:
    """The report of one file; `created`, `updated` and `unchanged` count lines."""
    return {
        "file": str(file),
        "channel": channel,
        "orders": outcome.orders,
        "lines": outcome.lines,
        "created": imported.created,
        "updated": imported.updated,
        "unchanged": imported.unchanged,
        "ignored_rows": [
            {"row": row.row, "reason": reason(row.reason, row.other)}
            for row in outcome.ignored_rows
        ],
        "bad_rows": [
            {"row": bad.row, "column": bad.column, "reason": reason(bad.reason)}
            for bad in outcome.bad_rows
        ],
        "suspect": [_suspect(found) for found in outcome.suspect],
        "doubtful": [_suspect(found) for found in outcome.doubtful],
    }


def _suspect(found: Suspect) -> dict[str, object]:
    why = reason(found.reason)
    return {"row": found.row, "column": found.column, "raw": found.raw, "reason": why}


def _tell_choices(orders: list[OrderRecord], as_json: bool) -> None:
    choices = [
        {
            "ets_order_no": order.order_no,
            "order_no": order.channel_order_no,
            "channel": order.channel,
        }
        for order in orders
    ]
    if as_json:
        click.echo(json.dumps(choices, ensure_ascii=False))
        return
    click.echo(say("여러 판매처에 있는 번호입니다:", "the number stands in several channels:"))
    for choice in choices:
        click.echo(f"  {choice['ets_order_no']}  {choice['channel']}")


def _shown(record: dict[str, object]) -> str:
    """The record as indented text, for reading at a terminal."""
    return json.dumps(record, ensure_ascii=False, indent=2)
