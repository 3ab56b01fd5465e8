"""`ets ring`: let an extension ring without a telephone, for trying out and for tests."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import click

from ets_desktop.cli.connection import open_database
from ets_desktop.cli.language import say
from ets_desktop.cli.stopping import asked_to_stop
from ets_desktop.cli.texts import SECONDS, WORDS
from ets_desktop.db.engine import Database
from ets_desktop.domain.calls import Direction, End, LegEvent, Phase
from ets_desktop.domain.errors import NotFound
from ets_desktop.queries.calls import is_extension
from ets_desktop.services.calls import record_leg_event

LINK = "ring"


@click.command()
@click.argument("extension", type=WORDS)
@click.argument("number", type=WORDS)
@click.option("--answer-after", type=SECONDS, help="Answer the call S seconds after the ring.")
@click.option(
    "--end-after",
    type=SECONDS,
    help="End it S seconds after the answer, or after the ring if nobody answers (missed).",
)
@click.option("--name", type=WORDS, default="", help="The caller's name as the PBX shows it.")
def command(
    extension: str,
    number: str,
    answer_after: float | None,
    end_after: float | None,
    name: str,
) -> None:
    """Let EXTENSION ring with a call from NUMBER (or `anonymous`) and print the call's id.

    Without --end-after the call is left as it is. Ctrl-C ends it.
    """
    with open_database("ets ring") as database:
        if not database.call(is_extension, extension):
            raise NotFound("extension_unknown", extension=extension)
        _play(database, _ring(extension, number, name), answer_after, end_after)


def _ring(extension: str, number: str, name: str) -> LegEvent:
    now = datetime.now(UTC)
    key = uuid.uuid4().hex
    return LegEvent(
        link=LINK,
        vendor_call_id=key,
        leg_key=key,
        extension=extension,
        direction=Direction.IN,
        phase=Phase.RINGING,
        at=now,
        heard_at=now,
        event_key=f"{LINK}:{key}:{Phase.RINGING}",
        number=number,
        caller_name=name or None,
    )


def _play(
    database: Database, ring: LegEvent, answer_after: float | None, end_after: float | None
) -> None:
    is_answered = False
    call_id = database.call(record_leg_event, ring).value
    with asked_to_stop() as asked:
        click.echo(say(f"통화 {call_id}", f"call {call_id}"))
        if answer_after is not None and not asked.wait(answer_after):
            _step(database, ring, Phase.TALKING)
            is_answered = True
        if end_after is not None:
            asked.wait(end_after)
        is_over = end_after is not None or asked.is_set()
    if is_over:
        end = End.COMPLETED if is_answered else End.ABANDONED
        _step(database, ring, Phase.ENDED, end)


def _step(database: Database, ring: LegEvent, phase: Phase, end: End | None = None) -> None:
    step = replace(
        ring,
        phase=phase,
        end=end,
        at=datetime.now(UTC),
        event_key=f"{LINK}:{ring.leg_key}:{phase}",
    )
    database.call(record_leg_event, step)
