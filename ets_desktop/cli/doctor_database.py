"""What `ets doctor` finds in the database, and of the telephone links that report there."""

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median

from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.cli.connection import located_server
from ets_desktop.cli.doctor_findings import Finding
from ets_desktop.cli.language import say
from ets_desktop.cli.wording import reason_of_link
from ets_desktop.db.engine import Database
from ets_desktop.db.schema_version import SchemaStatus, schema_status
from ets_desktop.db.server import Server
from ets_desktop.domain.errors import EtsError
from ets_desktop.local.client_programs import client_programs
from ets_desktop.queries.guards import guard_faults
from ets_desktop.queries.health import LinkHealth, ServerHealth, link_health, server_health
from ets_desktop.queries.permissions import permission_faults
from ets_desktop.queries.soundness import Soundness, soundness
from ets_desktop.settings import load_settings

LEAST_VERSION = 150_000
MOST_CLOCK_DRIFT_S = 5.0
MOST_LATENCY_MS = 50.0
MOST_CONNECTIONS_USED = 0.8
LINK_SILENCE_S = 60.0
BACKUP_AGE = timedelta(days=7)
MOST_NAMES = 5


def look_at_the_database() -> Iterator[Finding]:
    """Reach, schema, server, roles, people, backups, links. Raises EtsError."""
    with located_server(migrate=False) as server:
        status = schema_status(server.owner_url)
        yield _schema(status, server)
        if status.current is None:
            return
        database = Database(server.owner_url, application_name="ets doctor", pool_size=1)
        try:
            yield from _connection(database, server)
            if status.is_current or status.is_served:
                yield from _soundness(database.call(soundness), server)
            if status.is_current:
                yield _rights(database.call(permission_faults))
                yield _guards(database.call(guard_faults))
            if status.is_current or status.is_served:
                yield from links(database.call(link_health))
        finally:
            database.close()


def _schema(status: SchemaStatus, server: Server) -> Finding:
    name, told = say("스키마", "schema"), f"{status.current or '-'} / {status.head}"
    told = f"{told} ({server.place})"
    if status.is_current:
        return Finding("schema", name, "ok", told)
    if status.is_unknown:
        advice = say("이 프로그램을 업데이트하십시오.", "update this program.")
        return Finding("schema", name, "warning" if status.is_served else "wrong", told, advice)
    advice = say("관리자가 ets db upgrade를 실행하십시오.", "have it upgraded: ets db upgrade.")
    if server.is_embedded:
        # The next start brings it up.
        return Finding("schema", name, "warning", told, advice)
    return Finding("schema", name, "wrong", told, advice)


def _connection(database: Database, server: Server) -> Iterator[Finding]:
    health = database.call(server_health)
    name = say("연결", "connection")
    answered_ms = _latency_ms(database)
    told = f"{server.place}, {answered_ms:.1f} ms"
    if answered_ms <= MOST_LATENCY_MS:
        yield Finding("connection", name, "ok", told)
    else:
        advice = say("네트워크와 서버의 부하를 보십시오.", "look at the network and the server.")
        yield Finding("connection", name, "warning", told, advice)
    yield from _server(health)


def _latency_ms(database: Database) -> float:
    """Of a statement alone; the median of five."""

    def ask(session: Session) -> float:
        took = []
        for _ in range(5):
            began = time.perf_counter()
            session.execute(text("SELECT 1"))
            took.append((time.perf_counter() - began) * 1000)
        return median(took)

    return database.call(ask)


def _server(health: ServerHealth) -> Iterator[Finding]:
    used = health.connections / health.max_connections
    told = f"{health.version}, {health.connections}/{health.max_connections}"
    advice = say("max_connections를 늘리거나 PgBouncer를 두십시오.", "raise max_connections.")
    full = used > MOST_CONNECTIONS_USED
    state = "warning" if full else "ok"
    yield Finding("postgresql", "PostgreSQL", state, told, advice if full else "")
    drift = abs((datetime.now(UTC) - health.now).total_seconds())
    off = drift > MOST_CLOCK_DRIFT_S
    yield Finding(
        "clock",
        say("시계", "clock"),
        "warning" if off else "ok",
        say(f"서버와 {drift:.1f}초 차이", f"{drift:.1f} s off the server's"),
        say(
            "이 PC의 시각 동기화를 켜십시오. 기록되는 시각은 서버의 것이라 틀리지 않습니다.",
            "turn on time synchronisation here. What is recorded has the server's time.",
        )
        if off
        else "",
    )


def _soundness(found: Soundness, server: Server) -> Iterator[Finding]:
    if found.version < LEAST_VERSION:
        advice = say("PostgreSQL 15 이상이 필요합니다.", "PostgreSQL 15 or newer is needed.")
        yield Finding("version", "PostgreSQL", "wrong", str(found.version), advice)
    hangul = say("한글 검색(pg_trgm)", "Hangul search (pg_trgm)")
    if found.finds_hangul and found.encoding == "UTF8":
        yield Finding("hangul", hangul, "ok", f"{found.encoding}, 홍길동")
    else:
        advice = say(
            "UTF8, LC_CTYPE C.UTF-8(또는 ko_KR.UTF-8)인 새 데이터베이스에 복원하십시오.",
            "restore into a new database with UTF8 and LC_CTYPE C.UTF-8 (or ko_KR.UTF-8).",
        )
        yield Finding("hangul", hangul, "wrong", found.encoding, advice)
    if not (server.is_embedded or found.is_encrypted or _is_local(server)):
        advice = say("주소에 sslmode=verify-full을 쓰십시오.", "use sslmode=verify-full.")
        told = say("암호화되지 않습니다.", "not encrypted.")
        yield Finding("encryption", say("암호화", "encryption"), "warning", told, advice)
    yield from _guard(found)
    yield from _people(found)
    yield from _backup(found)


def _is_local(server: Server) -> bool:
    return server.place.startswith(("127.", "localhost", "[::1]", "/"))


def _guard(found: Soundness) -> Iterator[Finding]:
    roles = say("역할", "roles")
    if found.missing_roles:
        advice = say("ets db upgrade를 소유자로 실행하십시오.", "run ets db upgrade as the owner.")
        yield Finding("roles", roles, "wrong", _some(found.missing_roles), advice)
    else:
        yield Finding("roles", roles, "ok", say("그룹 역할이 모두 있습니다.", "all there."))
    if found.disabled_triggers:
        advice = say(
            "꺼진 트리거는 기록을 지키지 못합니다: ALTER TABLE … ENABLE TRIGGER",
            "what they guard is not guarded: ALTER TABLE … ENABLE TRIGGER",
        )
        told = _some(found.disabled_triggers)
        yield Finding("triggers", say("트리거", "triggers"), "wrong", told, advice)
    if found.invalid_indexes:
        advice = say("REINDEX INDEX CONCURRENTLY로 다시 만드십시오.", "REINDEX them.")
        told = _some(found.invalid_indexes)
        yield Finding("indexes", say("색인", "indexes"), "warning", told, advice)


def _rights(faults: Sequence[str]) -> Finding:
    """Whether the roles may do what the table of permissions says, no more and no less."""
    name = say("권한", "rights")
    if not faults:
        told = say("권한표와 같습니다.", "as the table of permissions has them.")
        return Finding("rights", name, "ok", told)
    advice = say(
        "docs/permissions.md와 다르게 준 권한을 거두십시오(GRANT, REVOKE).",
        "put them right as docs/permissions.md has them (GRANT, REVOKE).",
    )
    return Finding("rights", name, "wrong", _some(faults), advice)


def _guards(faults: Sequence[str]) -> Finding:
    """Whether triggers, their functions and row rules are as the migrations make them."""
    name = say("보호 장치", "guards")
    if not faults:
        told = say("마이그레이션이 만든 그대로입니다.", "as the migrations make them.")
        return Finding("guards", name, "ok", told)
    advice = say(
        "없거나 바뀐 트리거·함수·행 정책입니다. 백업에서 복원하거나 개발자에게 알리십시오.",
        "triggers, functions or row rules that are gone or changed: restore them.",
    )
    return Finding("guards", name, "wrong", _some(faults), advice)


def _people(found: Soundness) -> Iterator[Finding]:
    name = say("로그인", "logins")
    anew = say(
        "ets agents role(권한), ets agents password(로그인)로 바로잡으십시오.",
        "put right by ets agents role (rights) or ets agents password (login).",
    )
    kinds = (
        (found.in_wrong_role, "wrong", say("권한이 다릅니다", "in another role"), anew),
        (found.without_login, "warning", say("로그인이 없습니다", "without a login"), anew),
        (
            found.left_with_login,
            "warning",
            say("사용 중지인데 로그인할 수 있습니다", "inactive, and can log in"),
            say("ets agents disable로 막으십시오.", "shut out by ets agents disable."),
        ),
    )
    for logins, state, told, advice in kinds:
        if logins:
            yield Finding("logins", name, state, f"{told}: {_some(logins)}", advice)
    if not any(logins for logins, *_ in kinds):
        yield Finding("logins", name, "ok", say("담당자와 같습니다.", "as the agents are."))


def _backup(found: Soundness) -> Iterator[Finding]:
    name = say("백업", "backup")
    advice = say("ets backup 폴더 를 날마다 돌리십시오.", "run ets backup FOLDER daily.")
    if found.last_backup_at is None:
        yield Finding("backup", name, "warning", say("없습니다.", "none."), advice)
    else:
        old = datetime.now(UTC) - found.last_backup_at > BACKUP_AGE
        told = found.last_backup_at.astimezone().isoformat(sep=" ", timespec="minutes")
        yield Finding("backup", name, "warning" if old else "ok", told, advice if old else "")
    try:
        client_programs(("pg_dump",), found.version // 10_000)
    except EtsError as error:
        missing = f"{error.details['program']} {error.details['version']}"
        advice = say("PostgreSQL 클라이언트를 설치하십시오.", "install PostgreSQL's client.")
        yield Finding("backup", name, "warning", missing, advice)


def links(told: Sequence[LinkHealth]) -> Iterator[Finding]:
    """The telephone: each link of a gateway, as the database or the gateway's own file has it."""
    if not told:
        yield _no_links()
    for link in told:
        heard = link.silent_s <= LINK_SILENCE_S
        name = say(f"전화 {link.name}", f"telephone {link.name}")
        text = f"{link.vendor}: {_last_told(link)}"
        if not heard:
            advice = say(
                f"게이트웨이가 {link.silent_s:.0f}초째 조용합니다. ets gateway를 켜십시오.",
                f"the gateway is silent for {link.silent_s:.0f} s: start ets gateway.",
            )
            yield Finding("link", name, "warning", text, advice)
        elif link.up_since is None or link.reason:
            advice = say(
                "ets gateway status와 gateway.log를 보십시오.",
                "see ets gateway status and gateway.log.",
            )
            yield Finding("link", name, "warning", text, advice)
        else:
            yield Finding("link", name, "ok", text)


def _last_told(link: LinkHealth) -> str:
    """Its reason and its last event, and whether what it hears waits for the database."""
    at = "-" if link.last_event_at is None else link.last_event_at.astimezone().isoformat()
    kept = say("데이터베이스 없이 받아 두는 중", "kept here: no database") if link.alone else ""
    last = say(f"마지막 이벤트 {at}", f"last event {at}")
    return ", ".join(filter(None, (reason_of_link(link.reason), kept, last)))


def _no_links() -> Finding:
    name, told = say("전화", "telephone"), say("연결이 없습니다.", "no link.")
    if not load_settings().gateway.links:
        return Finding("link", name, "ok", told)
    advice = say("ets gateway를 서비스로 켜십시오.", "start ets gateway, as a service.")
    return Finding("link", name, "warning", told, advice)


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return f"{shown} … +{more}" if more > 0 else shown
