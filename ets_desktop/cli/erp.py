"""`ets erp`: orders in from the ERP, logistics instructions out to it, and how they stand."""

import json
import logging
from contextlib import AbstractContextManager
from threading import Event

import click

from ets_desktop.cli.connection import open_database
from ets_desktop.cli.erp_pull import pull
from ets_desktop.cli.language import say
from ets_desktop.cli.stopping import asked_to_stop
from ets_desktop.cli.wording import reason_of_delivery
from ets_desktop.db.engine import Database
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.erp.delivery import DELIVERIES, Delivery
from ets_desktop.erp.options import Options
from ets_desktop.logs import configure_logging, tell_on_stderr
from ets_desktop.queries.outbox import OutboxCounts, outbox_counts
from ets_desktop.services.outbox import (
    TakeInstructions,
    note_delivery,
    send_anew,
    take_instructions,
)
from ets_desktop.settings import load_settings

log = logging.getLogger(__name__)

#: Seconds between two looks at the outbox with --follow.
_PAUSE_S = 5.0


@click.group(name="erp")
def command() -> None:
    """The shop's ERP: orders come in, instructions go out."""


command.add_command(pull)


@command.command()
@click.option("--follow", is_flag=True, help="Go on until told to stop (SIGTERM, Ctrl-C).")
def push(follow: bool) -> None:
    """Bring what waits in the outbox to the ERP of the settings, each instruction at least once.

    Exit code 1 when something did not arrive; it is tried again by the next push.
    """
    configure_logging("erp")
    tell_on_stderr(log)
    missed = 0
    with (
        asked_to_stop() as stopping,
        open_database("ets erp push") as database,
        _delivery() as delivery,
    ):
        while True:
            missed = _push_due(database, delivery, stopping)
            if not follow or stopping.wait(_PAUSE_S):
                break
    raise SystemExit(1 if missed else 0)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(as_json: bool) -> None:
    """How many instructions wait, are sent, have failed; exit code 1 when one has failed."""
    with open_database("ets erp status") as database:
        counts = database.call(outbox_counts)
    if as_json:
        click.echo(json.dumps(_counts_json(counts), ensure_ascii=False))
    else:
        told = say(
            "전송대기 {:,} · 전송완료 {:,} · 실패 {:,}", "{:,} waiting, {:,} sent, {:,} failed"
        )
        click.echo(told.format(counts.waiting, counts.sent, counts.failed))
        for error, count in counts.errors:
            click.echo(f"  {count:,}  {reason_of_delivery(error)}")
    raise SystemExit(1 if counts.failed else 0)


@command.command()
@click.argument("keys", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every instruction that failed.")
def retry(keys: tuple[str, ...], everything: bool) -> None:
    """Let failed instructions wait again: those of KEYS, or --all."""
    if bool(keys) == everything:
        raise click.UsageError(say("KEYS 또는 --all 하나만 쓰십시오.", "give KEYS or --all"))
    with open_database("ets erp retry") as database:
        count = database.call(send_anew, None if everything else keys)
    click.echo(say(f"{count:,}건을 다시 보냅니다.", f"{count:,} will be sent again"))


def _delivery() -> AbstractContextManager[Delivery]:
    way = load_settings().erp.push
    if way is None:
        raise EtsError("erp_not_set")
    make = DELIVERIES.get(way.kind)
    if make is None:
        raise EtsError("erp_option", name="push", option="to", expected="/".join(DELIVERIES))
    return make(Options("push", way.options))


def _push_due(database: Database, delivery: Delivery, stopping: Event) -> int:
    """Everything that is due; the number of those that did not arrive."""
    sent = missed = 0
    try:
        while not stopping.is_set():
            batch = database.call(take_instructions, TakeInstructions())
            if not batch:
                break
            for instruction, miss in delivery.deliver(batch):
                given_up = database.call(note_delivery, instruction, miss)
                if miss is None:
                    sent += 1
                    continue
                missed += 1
                log.warning(
                    "instruction %s: %s%s",
                    instruction.instruction_id,
                    miss,
                    ", given up" if given_up else "",
                )
    except Unavailable as error:
        # What was delivered without being noted is delivered again, under its key.
        log.warning("the database is away: %s", error.code)
        missed += 1
    if sent or missed:
        log.info("%d sent, %d missed", sent, missed)
    return missed


def _counts_json(counts: OutboxCounts) -> dict[str, object]:
    errors = [{"error": error, "count": count} for error, count in counts.errors]
    return {
        "waiting": counts.waiting,
        "sent": counts.sent,
        "failed": counts.failed,
        "errors": errors,
    }
