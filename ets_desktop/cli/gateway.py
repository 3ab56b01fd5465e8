"""`ets gateway`: the service between the telephone systems and the database, and its state."""

import json
import logging
from contextlib import ExitStack, closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any

import click

from ets_desktop.cli.connection import open_database
from ets_desktop.cli.gateway_line import forward, hangup, sms, texts
from ets_desktop.cli.gateway_secret import config_option, secret
from ets_desktop.cli.language import say
from ets_desktop.cli.stopping import asked_to_stop
from ets_desktop.cli.wording import reason_of_link
from ets_desktop.db.engine import Database
from ets_desktop.db.server import located_server, require_current_schema
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.gateway.ars import ARS_SPOOL, hearing_ars
from ets_desktop.gateway.health_file import NAME, read_health
from ets_desktop.gateway.logbook import Logbook
from ets_desktop.gateway.service import Gateway
from ets_desktop.gateway.spool import Spool
from ets_desktop.logs import configure_logging, tell_on_stderr
from ets_desktop.paths import paths
from ets_desktop.queries.health import LinkHealth, link_health
from ets_desktop.settings import Settings, load_settings

log = logging.getLogger(__name__)

#: A gateway tells of itself every five seconds; after this it is taken for dead.
SILENT_S = 30.0
_LOOK_S = 1.0
#: How long the database may take to say how the links stand.
PATIENCE_S = 10.0


@click.group(name="gateway", invoke_without_command=True)
@config_option
@click.pass_context
def command(context: click.Context, config: Path | None) -> None:
    """Run the links of the settings until told to stop (SIGTERM, Ctrl-C)."""
    if context.invoked_subcommand is not None:
        return
    settings = load_settings(config)
    configure_logging("gateway")
    tell_on_stderr(log)
    with asked_to_stop() as stopping:
        _serve(settings, stopping)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(as_json: bool) -> None:
    """Each link as its gateway last told it; exit code 1 when one is down or silent."""
    try:
        links = _asked_in_time()
    except Unavailable:
        links = read_health(_health_file())
        if not links:
            raise
        told = say(
            "데이터베이스가 없어 이 PC의 게이트웨이에게 물었습니다.", "no database: as told here"
        )
        click.echo(told, err=True)
    if as_json:
        click.echo(json.dumps([_record(link) for link in links], ensure_ascii=False))
    else:
        for link in links:
            click.echo(_line(link))
        if not links:
            click.echo(say("아직 알려진 연결이 없습니다.", "no link has been heard of yet"))
    raise SystemExit(0 if links and all(map(_is_up, links)) else 1)


for part in (secret, forward, hangup, sms, texts):
    command.add_command(part)


def _serve(settings: Settings, stopping: Event) -> None:
    """Raises EtsError for settings, a spool or a schema that cannot be worked with."""
    folder = paths().state_dir / "gateway"
    with (
        located_server(settings, is_desk=False) as server,
        closing(Spool(folder / "spool.sqlite")) as spool,
        closing(Logbook(folder / "last_run.sqlite", server.place)) as logbook,
        closing(Database(server.owner_url, application_name="ets gateway")) as database,
        ExitStack() as stack,
    ):
        gateway = Gateway(
            database,
            settings.gateway.links,
            store=spool,
            # Of an embedded database the port is another each time, and it starts with us.
            logbook=None if server.is_embedded else logbook,
            require_schema=lambda: require_current_schema(server),
            wire_log_mb=settings.gateway.wire_log_mb,
            health_file=_health_file(),
        )
        if settings.gateway.ars is not None:
            stack.enter_context(
                hearing_ars(
                    database,
                    settings.gateway.ars,
                    folder / ARS_SPOOL,
                    lambda: require_current_schema(server),
                )
            )
        click.echo(say("게이트웨이가 시작되었습니다.", "the gateway runs"))
        gateway.start()
        while gateway.is_running and not stopping.wait(_LOOK_S):
            continue
        if not stopping.is_set():
            # For whoever restarts services: one that hears nothing any more is worse than none.
            raise gateway.refusal or EtsError("gateway_broken")
        gateway.stop()
        click.echo(say("게이트웨이가 멈췄습니다.", "the gateway has stopped"))


def _asked_in_time() -> tuple[LinkHealth, ...]:
    """What the database knows. Raises EtsError, Unavailable also when it says nothing."""
    outcomes: SimpleQueue[tuple[LinkHealth, ...] | EtsError] = SimpleQueue()

    def ask() -> None:
        try:
            with open_database("ets gateway status") as database:
                outcomes.put(database.call(link_health))
        except EtsError as error:
            outcomes.put(error)

    Thread(target=ask, name="status", daemon=True).start()
    try:
        outcome = outcomes.get(timeout=PATIENCE_S)
    except Empty as error:
        raise Unavailable("database_away") from error
    if isinstance(outcome, EtsError):
        raise outcome
    return outcome


def _health_file() -> Path:
    return paths().state_dir / "gateway" / NAME


def _is_up(link: LinkHealth) -> bool:
    return link.up_since is not None and link.silent_s < SILENT_S


def _record(link: LinkHealth) -> dict[str, Any]:
    moments = {name: _iso(getattr(link, name)) for name in ("up_since", "last_event_at")}
    return asdict(link) | moments | {"up": _is_up(link)}


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _line(link: LinkHealth) -> str:
    mark = "✓" if _is_up(link) else "✗"
    since = " ".join(filter(None, (_iso(link.up_since), reason_of_link(link.reason))))
    last = _iso(link.last_event_at) or "-"
    alone = say(" (데이터베이스 없이 받아 두는 중)", " (kept here: no database)")
    return (
        f"{mark} {link.name} ({link.vendor}){alone if link.alone else ''}: {since}, "
        + say("마지막 이벤트", "last event")
        + f" {last}, "
        + say("대기", "waiting")
        + f" {link.waiting} ({link.lag_s:.1f} s)"
    )
