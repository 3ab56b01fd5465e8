"""`ets db`: which database is in use, and its schema."""

import json

import click

from ets_desktop.cli.connection import located_server
from ets_desktop.cli.language import say
from ets_desktop.db.migrate import desks_at_work, upgrade
from ets_desktop.db.schema_version import schema_status
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.local.embedded import EmbeddedPostgres


@click.group(name="db")
def command() -> None:
    """Database address and schema."""


@command.command()
def url() -> None:
    """Print the connection string in use (libpq form; holds the password, keep it to yourself).

    An embedded server stays up for whoever connects, until the last desk closes or `ets db stop`.
    """
    with located_server(linger=True) as server:
        click.echo(server.owner_url)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(as_json: bool) -> None:
    """Say where the schema stands; exit code 1 when it is not the program's."""
    with located_server(migrate=False) as server:
        found = schema_status(server.owner_url)
    if as_json:
        facts = {
            "current": found.current,
            "head": found.head,
            "is_current": found.is_current,
            "is_served": found.is_current or found.is_served,
        }
        click.echo(json.dumps(facts))
    else:
        click.echo(
            say(
                f"스키마 {found.current or '없음'}, 프로그램 {found.head}",
                f"schema {found.current or 'none'}, program {found.head}",
            )
        )
    raise SystemExit(0 if found.is_current else 1)


@command.command()
def stop() -> None:
    """Stop the embedded server, unless a desk or another command works with it (exit code 1)."""
    if not EmbeddedPostgres().stop_idle():
        click.echo(
            say("다른 프로그램이 쓰고 있습니다.", "Another program works with it."), err=True
        )
        raise SystemExit(1)


@command.command(name="upgrade")
@click.option("--now", is_flag=True, help="Also under desks whose program it ends.")
def upgrade_command(now: bool) -> None:
    """Bring the database to the program's schema, while desks work.

    An upgrade that takes something away from the programs of now waits until nobody is logged in.
    """
    with located_server(migrate=False) as server:
        status = schema_status(server.owner_url)
        if status.is_unknown:
            raise RuleViolation("schema_newer", current=status.current, program=status.head)
        if status.takes_away and not now:
            desks = desks_at_work(server.owner_url)
            if desks:
                raise RuleViolation("desks_at_work", count=desks)
        upgrade(server.owner_url)
    click.echo(say("스키마가 최신입니다.", "The schema is up to date."))
