"""`ets demo`: fills the database in use with the invented shop."""

import json
import sys
from dataclasses import asdict

import click

from ets_desktop.cli.connection import open_database
from ets_desktop.cli.language import say
from ets_desktop.demo.shop import DemoSummary, fill
from ets_desktop.settings import load_settings


@click.command(name="demo")
@click.option(
    "--orders", type=click.IntRange(1, 20_000_000), default=2_000, show_default=True, help="Orders."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(orders: int, as_json: bool) -> None:
    """Fill in a Korean shop with its desk, seeded; refused when a demo is there already.

    From 100,000 orders on it has a year of tickets and calls behind it.

    The logins agent101 … agent140, supervisor and admin get ETS_DEMO_PASSWORD, or a password
    that is printed.
    """
    with open_database("ets demo") as database:
        summary = fill(
            database, orders=orders, password=load_settings().demo_password, progress=_tell
        )
    _end_line()
    if as_json:
        click.echo(json.dumps(asdict(summary), ensure_ascii=False))
    else:
        click.echo(_told(summary))


def _told(summary: DemoSummary) -> str:
    counts = say(
        "주문 {0.orders:,} · 고객 {0.customers:,} · 접수 {0.tickets:,} · 통화 {0.calls:,}"
        " ({0.seconds:.0f}초)",
        "{0.orders:,} orders, {0.customers:,} customers, {0.tickets:,} tickets, {0.calls:,} calls"
        " ({0.seconds:.0f} s)",
    ).format(summary)
    logins = say("로그인", "logins") + f": {summary.logins[0]} … admin, supervisor"
    return f"{counts}\n{logins}\n" + say("비밀번호", "password") + f": {summary.password}"


def _tell(stage: str, done: int, total: int) -> None:
    words = {
        "customers": say("고객", "customers"),
        "orders": say("주문", "orders"),
        "indexes": say("색인", "indexes"),
        "year": say("지난 1년", "the last year"),
        "desk": say("접수", "desk"),
        "days": say("통계", "statistics"),
    }
    if sys.stderr.isatty():
        click.echo(f"\r{words[stage]} {done:,}/{total:,}   ", nl=False, err=True)
    elif done == total:
        click.echo(f"{words[stage]} {done:,}/{total:,}", err=True)


def _end_line() -> None:
    if sys.stderr.isatty():
        click.echo("", err=True)
