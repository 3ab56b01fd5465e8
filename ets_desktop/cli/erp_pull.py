"""`ets erp pull`: orders from the sources of the settings, from where the last pull ended."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass

import click

from ets_desktop.cli.connection import open_database
from ets_desktop.cli.language import say
from ets_desktop.cli.order_words import reason, refusal
from ets_desktop.cli.stopping import asked_to_stop
from ets_desktop.cli.texts import WORDS, readable
from ets_desktop.cli.wording import sentence
from ets_desktop.db.engine import Database
from ets_desktop.domain.errors import EtsError
from ets_desktop.erp.exports.parsed import BadRow
from ets_desktop.erp.exports.sniff import Refused
from ets_desktop.erp.options import Options
from ets_desktop.erp.sources.folder import DONE, REFUSED, FolderSource
from ets_desktop.erp.sources.sql import SqlSource, restored, stored
from ets_desktop.logs import configure_logging, tell_on_stderr
from ets_desktop.services.erp_pull import PullPart, kept_watermark, pull_part
from ets_desktop.services.order_import import (
    ImportedOrders,
    ImportOrders,
    NoteRefusal,
    import_orders,
    note_refusal,
)
from ets_desktop.settings import ErpWay, load_settings

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Pulled:
    """What a pull of one source came to; lines are counted, `error` is "" when it went through."""

    source: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    bad_rows: int = 0
    refused_files: int = 0
    error: str = ""

    def add(self, imported: ImportedOrders, bad_rows: int) -> None:
        self.created += imported.created
        self.updated += imported.updated
        self.unchanged += imported.unchanged
        self.bad_rows += bad_rows

    @property
    def is_whole(self) -> bool:
        return not (self.bad_rows or self.refused_files or self.error)


@click.command()
@click.argument("names", nargs=-1, type=WORDS)
@click.option("--every", type=click.IntRange(1), help="Pull again every so many seconds.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a source.")
def pull(names: tuple[str, ...], every: int | None, as_json: bool) -> None:
    """Take orders in from the sources NAMES, all of them without.

    What was taken in stays in, and the next pull goes on behind it. Exit code 1 when a source
    failed, a file was refused or a row could not be read.
    """
    configure_logging("erp")
    tell_on_stderr(log)
    ways = _chosen(names)
    with asked_to_stop() as stopping, open_database("ets erp pull") as database:
        while True:
            pulls = [_pull(database, way, stopping.is_set) for way in ways]
            for pulled in pulls:
                _tell(pulled, as_json)
            whole = all(pulled.is_whole for pulled in pulls)
            if every is None or stopping.wait(every):
                break
    raise SystemExit(0 if whole else 1)


def _chosen(names: Sequence[str]) -> Sequence[ErpWay]:
    ways = load_settings().erp.pull
    known = {way.name: way for way in ways}
    for name in names:
        if name not in known:
            raise EtsError("erp_source_unknown", name=name)
    if not ways:
        raise EtsError("erp_source_not_set")
    return [known[name] for name in names] or ways


def _pull(database: Database, way: ErpWay, is_stopping: Callable[[], bool]) -> Pulled:
    """What fails is told and stops no other source; settings that are wrong stop the command."""
    pulled = Pulled(way.name)
    kinds: Mapping[str, Callable[[], None]] = {
        "sql": lambda: _pull_sql(database, way, is_stopping, pulled),
        "folder": lambda: _pull_folder(database, way, is_stopping, pulled),
    }
    if way.kind not in kinds:
        raise EtsError("erp_option", name=way.name, option="source", expected="/".join(kinds))
    try:
        kinds[way.kind]()
    except Refused as error:
        pulled.error = refusal(error)
    except EtsError as error:
        if error.code in ("erp_option", "erp_secret_file", "erp_secret_mode"):
            raise
        pulled.error = sentence(error)
    return pulled


def _pull_sql(
    database: Database, way: ErpWay, is_stopping: Callable[[], bool], pulled: Pulled
) -> None:
    with closing(SqlSource(Options(way.name, way.options))) as source:
        kept = database.call(kept_watermark, way.name)
        for part in source.parts(None if kept is None else restored(kept)):
            command = PullPart(way.name, part.export, stored(part.watermark))
            done = database.call(pull_part, command)
            bad_rows = part.export.outcome().bad_rows
            _tell_bad_rows(way.name, bad_rows)
            pulled.add(done.value, len(bad_rows))
            if is_stopping():
                break


def _pull_folder(
    database: Database, way: ErpWay, is_stopping: Callable[[], bool], pulled: Pulled
) -> None:
    source = FolderSource(Options(way.name, way.options))
    for file in source.files():
        try:
            export = source.export(file)
            done = database.call(import_orders, ImportOrders(readable(file.name), export))
        except Refused as error:
            pulled.refused_files += 1
            database.call(note_refusal, NoteRefusal(readable(file.name), error))
            told = source.put_aside(file, REFUSED)
            log.warning("%s: %s", told, refusal(error))
        else:
            bad_rows = export.outcome().bad_rows
            _tell_bad_rows(readable(file.name), bad_rows)
            pulled.add(done.value, len(bad_rows))
            source.put_aside(file, DONE)
        if is_stopping():
            break


def _tell_bad_rows(where: str, bad_rows: Sequence[BadRow]) -> None:
    """Each with its number and reason (spec 30), never with what stands in it."""
    for bad in bad_rows:
        log.warning("%s: %d %s: %s", where, bad.row, bad.column, reason(bad.reason))


def _tell(pulled: Pulled, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(pulled), ensure_ascii=False))
        return
    told = say(
        "{}: 새로 {:,} · 바뀜 {:,} · 그대로 {:,} · 읽지 못한 행 {:,} · 받지 않은 파일 {:,}",
        "{}: {:,} new, {:,} changed, {:,} as before, {:,} bad rows, {:,} files refused",
    )
    counts = (pulled.created, pulled.updated, pulled.unchanged)
    click.echo(told.format(pulled.source, *counts, pulled.bad_rows, pulled.refused_files))
    if pulled.error:
        click.echo(f"  {pulled.error}", err=True)
