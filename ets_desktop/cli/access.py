"""`ets access`: the monthly report of who looked at whose data (spec 80)."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from ets_desktop.cli.connection import open_database
from ets_desktop.cli.language import say
from ets_desktop.domain.access_review import remarks
from ets_desktop.queries.access_report import AccessMonth
from ets_desktop.reports.access_report import access_sheets, as_text
from ets_desktop.reports.files import PendingFile, path_of, told_beside_the_field
from ets_desktop.reports.workbook import write_sheets
from ets_desktop.services.access_review import report_access
from ets_desktop.ui.access_labels import ACCESS_ACTIONS


@click.group(name="access")
def command() -> None:
    """The access log: who looked at whose data, when, from where, doing what."""


@command.command()
@click.option(
    "--month",
    type=click.DateTime(["%Y-%m"]),
    help="The month; the one before this by default.",
)
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a workbook (XLSX) instead of text.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def report(month: datetime | None, file: Path | None, as_json: bool) -> None:
    """Counts, out-of-hours work, exports with their reasons, what stands out: for the reviewer.

    Reading it is written into the access log.
    """
    wanted = month.date() if month is not None else None
    with open_database("ets access") as database:
        read = database.call(report_access, wanted)
    if as_json:
        click.echo(json.dumps(_told(read), ensure_ascii=False))
        return
    sheets = access_sheets(read, ACCESS_ACTIONS)
    if file is None:
        click.echo(as_text(sheets))
        return
    place = path_of(str(file), Path.cwd())
    with told_beside_the_field(), PendingFile(place) as pending:
        write_sheets(pending.path, sheets)
        pending.place()
    click.echo(say(f"저장했습니다: {place}", f"written: {place}"))


def _told(month: AccessMonth) -> dict[str, object]:
    return {
        "month": f"{month.first:%Y-%m}",
        "actions": [asdict(one) for one in month.actions],
        "people": [asdict(one) for one in month.people],
        "exports": len(month.exports),
        "unusual": [asdict(one) for one in remarks(month.people, month.many_persons)],
    }
