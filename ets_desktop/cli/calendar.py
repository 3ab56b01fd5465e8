"""`ets calendar`: the days the house has off, or on which it works all the same."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

import click
from sqlalchemy.orm import Session

from ets_desktop.cli.connection import open_database
from ets_desktop.cli.language import say
from ets_desktop.cli.texts import WORDS
from ets_desktop.domain.calendar import Week, seoul_date
from ets_desktop.domain.house import WEEKDAYS, HouseSettings
from ets_desktop.queries.health import server_health
from ets_desktop.queries.house_settings import HouseDayRow, house_days, house_settings
from ets_desktop.services.holidays import MarkDay, mark_day, unmark_day

DAY: Final = click.DateTime(["%Y-%m-%d"])
_KINDS = {
    "public": ("공휴일", "public holiday"),
    "off": ("휴무", "day off"),
    "works": ("근무", "worked"),
}


@click.group(name="calendar")
def command() -> None:
    """The calendar of the house: what due dates and callbacks go by."""


@command.command(name="list")
@click.option("--year", type=click.IntRange(2000, 2100), help="The year; this one by default.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_command(year: int | None, as_json: bool) -> None:
    """List public holidays, the house's own days and the business hours."""
    with open_database("ets calendar") as database:
        settings, own, year = database.call(_calendar_of, year)
    days = _days(settings.public_holidays.of_year(year), own)
    if as_json:
        hours = dict(zip(WEEKDAYS, _hours(settings.week), strict=True))
        told = {"year": year, "business_hours": hours, "days": days}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for name, span in zip(WEEKDAYS, _hours(settings.week), strict=True):
        click.echo(f"{name} {'–'.join(span) if span else say('휴무', 'closed')}")
    for day in days:
        click.echo(f"{day['day']} {say(*_KINDS[day['kind']])}: {day['name']}")


@command.command()
@click.argument("day", type=DAY)
@click.argument("name", type=WORDS)
@click.option("--works", is_flag=True, help="The house works on that holiday.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def add(day: datetime, name: str, works: bool, as_json: bool) -> None:
    """Add a day off, or change it: `ets calendar add 2026-12-31 창립기념일`."""
    with open_database("ets calendar") as database:
        done = database.call(mark_day, MarkDay(day.date(), name, works))
    kind = "works" if works else "off"
    if as_json:
        told = {"day": f"{day:%Y-%m-%d}", "name": name, "kind": kind, "new": done.value}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        click.echo(f"{day:%Y-%m-%d} {say(*_KINDS[kind])}: {name}")


@command.command()
@click.argument("day", type=DAY)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def remove(day: datetime, as_json: bool) -> None:
    """Take a day of the house away; exit code 1 when there is none."""
    with open_database("ets calendar") as database:
        removed = database.call(unmark_day, day.date()).value
    if as_json:
        click.echo(json.dumps({"day": f"{day:%Y-%m-%d}", "removed": removed}))
    elif removed:
        click.echo(say(f"{day:%Y-%m-%d} 삭제", f"{day:%Y-%m-%d} removed"))
    else:
        told = say(f"등록되지 않은 날입니다: {day:%Y-%m-%d}", f"no such day: {day:%Y-%m-%d}")
        click.echo(told, err=True)
    raise SystemExit(0 if removed else 1)


def _calendar_of(
    session: Session, year: int | None
) -> tuple[HouseSettings, tuple[HouseDayRow, ...], int]:
    year = year or seoul_date(server_health(session).now).year
    own = house_days(session, date(year, 1, 1), date(year, 12, 31))
    return house_settings(session), own, year


def _days(public: Mapping[date, str], own: tuple[HouseDayRow, ...]) -> list[dict[str, str]]:
    """Each day once; the house's own word takes the place of the country's."""
    days = {day: {"name": name, "kind": "public"} for day, name in public.items()}
    for row in own:
        days[row.day] = {"name": row.name, "kind": "works" if row.works else "off"}
    return [{"day": day.isoformat(), **days[day]} for day in sorted(days)]


def _hours(week: Week) -> list[list[str] | None]:
    return [
        None if hours is None else [f"{hours.opens:%H:%M}", f"{hours.closes:%H:%M}"]
        for hours in week
    ]
