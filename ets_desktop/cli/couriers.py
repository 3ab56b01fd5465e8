"""`ets couriers`: pickups booked, called off and tracked, over the wire or by sheets."""

import json
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import click

from ets_desktop.cli.connection import open_database
from ets_desktop.cli.courier_rounds import Tally, push_due, track_due
from ets_desktop.cli.courier_sheets import result_rows, sheet_writer
from ets_desktop.cli.language import say
from ets_desktop.cli.stopping import asked_to_stop
from ets_desktop.cli.texts import WORDS
from ets_desktop.cli.wording import reason_of_link
from ets_desktop.couriers import ONLINE, Courier, CourierTables, open_courier
from ets_desktop.couriers.options import centre_of
from ets_desktop.couriers.sheets import sheet_courier
from ets_desktop.couriers.sheets.results import ResultRow, results_of
from ets_desktop.db.engine import Database
from ets_desktop.domain.couriers import courier_named, pickup_of
from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.domain.pickups import COURIERS, REFINING_COURIER
from ets_desktop.logs import configure_logging, tell_on_stderr
from ets_desktop.services.courier_news import TakeResult, take_result
from ets_desktop.services.couriers import send_wishes_anew
from ets_desktop.settings import load_settings
from ets_desktop.ui.courier_labels import REFINE_WARNINGS, WAYBILL_DOUBTS

#: Seconds between two looks with --follow.
_PUSH_PAUSE_S = 5.0
_TRACK_PAUSE_S = 300.0
#: A sheet holds all that is due; more than this go into the next one.
_MOST_OF_A_SHEET = 5_000


class _Courier(click.types.StringParamType):
    """A courier by our code or by any name it goes by."""

    name = "courier"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        code = str(value) if value in COURIERS else courier_named(str(value))
        if not code:
            raise EtsError("courier_unknown", name=value)
        return code


@click.group(name="couriers")
def command() -> None:
    """The couriers: pickups go out, waybills and scans come in."""


@command.command()
@click.option("--follow", is_flag=True, help="Go on until told to stop (SIGTERM, Ctrl-C).")
def push(follow: bool) -> None:
    """Book and call off what waits, at the couriers of the settings that answer by themselves.

    Exit code 1 when something did not arrive; it is tried again by the next push.
    """
    with (
        _logged(),
        asked_to_stop() as stopping,
        _online() as couriers,
        open_database("ets couriers push") as database,
    ):
        while True:
            tally = Tally()
            for code, courier in couriers.items():
                push_due(database, code, courier, stopping, tally)
            _tell(tally, say("{:,}건 전송, {:,}건 실패", "{:,} told, {:,} missed"))
            if not follow or stopping.wait(_PUSH_PAUSE_S):
                break
    raise SystemExit(1 if tally.missed else 0)


@command.command()
@click.option("--follow", is_flag=True, help="Go on until told to stop (SIGTERM, Ctrl-C).")
def track(follow: bool) -> None:
    """Ask where the booked pickups are: each courier every three hours, for ten days.

    Exit code 1 when something could not be asked.
    """
    with (
        _logged(),
        asked_to_stop() as stopping,
        _online() as couriers,
        open_database("ets couriers track") as database,
    ):
        while True:
            tally = Tally()
            for code, courier in couriers.items():
                track_due(database, code, courier, tally)
            _tell(tally, say("새 소식 {:,}건, {:,}건 실패", "{:,} new scans, {:,} missed"))
            if not follow or stopping.wait(_TRACK_PAUSE_S):
                break
    raise SystemExit(1 if tally.missed else 0)


@command.command()
@click.argument("code", metavar="COURIER", type=_Courier())
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def sheet(code: str, file: Path) -> None:
    """Write what waits for COURIER (epost, hanjin, lotte, logen) to a new FILE (.xlsx or .csv).

    Exit code 1 when something of it is not in the sheet.
    """
    centre = centre_of(_tables().get("centre", {}))
    courier = sheet_courier(code, centre, sheet_writer(file))
    with (
        _logged(),
        asked_to_stop() as stopping,
        open_database("ets couriers sheet") as database,
    ):
        tally = Tally()
        push_due(database, code, courier, stopping, tally, most=_MOST_OF_A_SHEET, rounds=1)
    if tally == Tally():
        click.echo(say("보낼 회수 요청이 없습니다.", "nothing to be sent"))
    _tell(tally, say("{:,}건을 파일에 썼습니다. {:,}건 실패", "{:,} in the sheet, {:,} missed"))
    raise SystemExit(1 if tally.missed else 0)


@command.command()
@click.argument("code", metavar="COURIER", type=_Courier())
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def results(code: str, file: Path) -> None:
    """Read the waybills that COURIER gave back; bad rows are told and stop no other.

    Exit code 1 when a row could not be used.
    """
    rows = list(results_of(code, result_rows(file)))
    taken = unchanged = faults = 0
    with open_database("ets couriers results") as database:
        for row in rows:
            fault, is_new = (row.fault, False) if row.fault else _take(database, code, row)
            faults += bool(fault)
            taken += is_new
            unchanged += not fault and not is_new
            told = fault or (str(row.doubt) if row.doubt else "")
            if told:
                line = say("{number}행: {reason}", "row {number}: {reason}")
                click.echo(line.format(number=row.number, reason=_words(told)), err=True)
    told = say(
        "{:,}건 반영, {:,}건 변경 없음, {:,}건 오류", "{:,} taken, {:,} unchanged, {:,} at fault"
    )
    click.echo(told.format(taken, unchanged, faults))
    raise SystemExit(1 if faults else 0)


@command.command()
@click.argument("address", type=WORDS)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def refine(address: str, as_json: bool) -> None:
    """주소 정제: how CJ대한통운 routes ADDRESS; the address itself stays as it is."""
    with open_courier(REFINING_COURIER, _tables()) as courier:
        found = courier.refine(address)
    if as_json:
        click.echo(json.dumps(found.facts(), ensure_ascii=False))
        return
    codes = (found.code, found.sub_code, found.short_address, found.branch, found.driver_code)
    click.echo(" ".join(code for code in codes if code))
    for warning in found.warnings:
        click.echo(_words(warning))


@command.command()
@click.argument("pickups", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="Every pickup that failed.")
def retry(pickups: tuple[int, ...], everything: bool) -> None:
    """Let pickups that could not be sent wait again: those of PICKUPS, or --all."""
    if bool(pickups) == everything:
        raise click.UsageError(say("PICKUPS 또는 --all 하나만 쓰십시오.", "give PICKUPS or --all"))
    with open_database("ets couriers retry") as database:
        count = database.call(send_wishes_anew, None if everything else pickups)
    click.echo(say(f"{count:,}건을 다시 보냅니다.", f"{count:,} will be sent again"))


def _tell(tally: Tally, sentence: str) -> None:
    """Nothing to tell is told to nobody: --follow looks often."""
    if tally != Tally():
        click.echo(sentence.format(tally.done, tally.missed))


@contextmanager
def _logged() -> Iterator[None]:
    """What goes wrong is told on the terminal, too."""
    configure_logging("couriers")
    logger = logging.getLogger("ets_desktop")
    told = tell_on_stderr(logger, logging.WARNING)
    try:
        yield
    finally:
        logger.removeHandler(told)


def _tables() -> CourierTables:
    tables = load_settings().couriers
    for name in tables:
        if name not in (*ONLINE, "centre"):
            raise EtsError("courier_unknown", name=name)
    return tables


@contextmanager
def _online() -> Iterator[dict[str, Courier]]:
    """The couriers of the settings that answer by themselves; each keeps its token."""
    tables = _tables()
    found = [code for code in ONLINE if code in tables]
    if not found:
        raise EtsError("courier_not_set", courier=next(iter(ONLINE)))
    with ExitStack() as opened:
        yield {code: opened.enter_context(open_courier(code, tables)) for code in found}


def _take(database: Database, courier: str, row: ResultRow) -> tuple[str, bool]:
    """The fault of a row, "" for one that is in; and whether it was not in before."""
    pickup_id = pickup_of(row.key)
    if pickup_id is None:
        return "result_foreign_key", False
    try:
        return "", database.call(take_result, TakeResult(courier, pickup_id, row.waybill))
    except RuleViolation as error:
        return error.code, False


def _words(code: str) -> str:
    told = REFINE_WARNINGS.get(code) or WAYBILL_DOUBTS.get(code)
    return say(told, code) if told else reason_of_link(code)
