"""`ets retention`: forgets persons whose records the law no longer asks to keep."""

import json
from dataclasses import asdict

import click
from sqlalchemy.orm import Session

from ets_desktop.cli.connection import open_database
from ets_desktop.cli.language import say
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.services.retention import Erased, erase_old

_WORDS = {
    "orders": ("주문", "orders"),
    "tickets": ("접수", "tickets"),
    "calls": ("통화", "calls"),
    "ars": ("ARS 이력", "ARS sessions"),
    "customers": ("고객", "customers"),
    "parcels": ("미확인 반품", "unexpected parcels"),
    "drafts": ("임시저장", "drafts"),
    "looks": ("접속기록", "access log"),
    "rights": ("권한 변경 기록", "rights log"),
}


@click.group(name="retention")
def command() -> None:
    """Records are kept as long as the law asks: contracts and withdrawals 5 years, disputes 3,
    the access log 2, changes of rights 3."""


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def run(as_json: bool) -> None:
    """Anonymise what is older, in small steps while desks work; for a timer, once a day."""
    erased = Erased()
    with open_database("ets retention") as database:
        while (step := database.call(erase_old).value).is_any:
            erased += step
        if erased.is_any:
            database.call(_log, erased)
    if as_json:
        click.echo(json.dumps(asdict(erased)))
        return
    for name, count in asdict(erased).items():
        click.echo(f"{say(*_WORDS[name])}: {count:,}")


def _log(session: Session, erased: Erased) -> None:
    log_access(session, LogAccess("retention", condition=asdict(erased)))
