"""`ets doctor`: looks at everything the desk stands on and says what is wrong in plain words."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import click

from ets_desktop import __version__
from ets_desktop.cli.connection import located_server
from ets_desktop.cli.language import say
from ets_desktop.cli.wording import reason_of_link, sentence
from ets_desktop.db.engine import Database
from ets_desktop.db.schema_version import schema_status
from ets_desktop.domain.errors import EtsError
from ets_desktop.local.journal import FOLDER
from ets_desktop.local.key_store import usable_store
from ets_desktop.paths import paths, resource
from ets_desktop.queries.health import link_health, server_health
from ets_desktop.settings import load_settings

FONTS = ("Pretendard-Regular.ttf", "Pretendard-SemiBold.ttf")
GROUP_ROLES = 7
LEAST_FREE_BYTES = 1 << 30
MOST_CLOCK_DRIFT_S = 5.0
LINK_SILENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Finding:
    """`state` is ok, warning (the desk works on) or wrong (it does not, or not rightly)."""

    name: str
    state: str
    text: str


@click.command(name="doctor")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """Check this installation; exit code 1 when something is wrong."""
    findings = list(_findings())
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        marks = {"ok": "✓", "warning": "!", "wrong": "✗"}
        for finding in findings:
            click.echo(f"{marks[finding.state]} {finding.name}: {finding.text}")
    raise SystemExit(1 if any(finding.state == "wrong" for finding in findings) else 0)


def _findings() -> Iterator[Finding]:
    yield Finding(
        say("프로그램", "program"), "ok", f"{__version__}, Python {sys.version.split()[0]}"
    )
    for check in (_settings, _fonts, _disk, _key_store):
        yield from _guarded(check)
    yield from _guarded(_database)


def _guarded(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """A known failure of a check is its finding."""
    try:
        yield from check()
    except EtsError as error:
        name = {"_settings": say("설정", "settings")}.get(
            check.__name__, say("데이터베이스", "database")
        )
        yield Finding(name, "wrong", sentence(error))


def _settings() -> Iterator[Finding]:
    load_settings()
    yield Finding(say("설정", "settings"), "ok", str(paths().config_dir))


def _fonts() -> Iterator[Finding]:
    missing = [name for name in FONTS if not resource("fonts", name).is_file()]
    yield Finding(
        say("글꼴", "fonts"), "wrong" if missing else "ok", ", ".join(missing) or "Pretendard"
    )


def _disk() -> Iterator[Finding]:
    place = paths().data_dir
    # Not Path.exists(), which raises for a name that no file system could hold.
    while not os.path.exists(place):
        place = place.parent
    free = shutil.disk_usage(place).free
    state = "ok" if free >= LEAST_FREE_BYTES else "wrong"
    yield Finding(say("디스크", "disk"), state, f"{free / (1 << 30):.1f} GiB {place}")


def _key_store() -> Iterator[Finding]:
    name = say("키 저장소", "key store")
    store = usable_store()
    if store is not None:
        yield Finding(name, "ok", store)
        return
    place = paths().state_dir / FOLDER
    told = say(
        f"쓸 수 없어 저널의 키를 파일(0600)에 둡니다: {place}",
        f"unusable, the journal's key is kept in a file (0600): {place}",
    )
    yield Finding(name, "warning", told)


def _database() -> Iterator[Finding]:
    with located_server(migrate=False) as server:
        status = schema_status(server.owner_url)
        yield Finding(
            say("스키마", "schema"),
            "ok" if status.is_current else "wrong",
            f"{status.current or '-'} / {status.head} ({server.place})",
        )
        if status.current is None:
            return
        database = Database(server.owner_url, application_name="ets doctor", pool_size=1)
        try:
            yield from _server(database)
            if status.is_current:
                yield from _links(database)
        finally:
            database.close()


def _server(database: Database) -> Iterator[Finding]:
    health = database.call(server_health)
    yield Finding(
        "PostgreSQL",
        "ok",
        f"{health.version}, {health.connections}/{health.max_connections}",
    )
    yield Finding(
        say("한글 검색(pg_trgm)", "Hangul search (pg_trgm)"),
        "ok" if health.hangul_trigrams == 4 else "wrong",
        str(health.hangul_trigrams),
    )
    roles_ok = len([role for role in health.roles if role.startswith("ets_")]) >= GROUP_ROLES
    yield Finding(say("역할", "roles"), "ok" if roles_ok else "wrong", ", ".join(health.roles))
    drift = abs((datetime.now(UTC) - health.now).total_seconds())
    yield Finding(
        say("시계", "clock"),
        "ok" if drift <= MOST_CLOCK_DRIFT_S else "warning",
        say(f"서버와 {drift:.1f}초 차이", f"{drift:.1f} s off the server's"),
    )


def _links(database: Database) -> Iterator[Finding]:
    for link in database.call(link_health):
        alive = link.up_since is not None and link.silent_s <= LINK_SILENCE_S
        yield Finding(
            say(f"전화 {link.name}", f"telephone {link.name}"),
            "ok" if alive and not link.reason else "warning",
            f"{link.vendor} {reason_of_link(link.reason)}".strip(),
        )
