"""`ets agents`: who may log in, as what, and who no more."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace

import click

from ets_desktop.cli.connection import located_server
from ets_desktop.cli.language import say
from ets_desktop.cli.passwords import typed_password
from ets_desktop.cli.texts import WORDS
from ets_desktop.db.engine import Database
from ets_desktop.db.server import require_current_schema
from ets_desktop.domain.logins import PERSONS, SERVICES
from ets_desktop.queries.logins import LoginRow, agent_id_of, logins
from ets_desktop.services.agents import (
    AddLogin,
    ChangeExtension,
    ChangePassword,
    ChangeRole,
    ChangeTeam,
    EnableLogin,
    add_first_admin,
    add_login,
    add_team,
    change_extension,
    change_own_password,
    change_password,
    change_role,
    change_team,
    enable_login,
    end_sessions,
)
from ets_desktop.services.hand_over import HandedOver, RetireAgent, retire_agent

#: 이관사유, which the receivers read in the house's language.
_HOP_REASON = "담당자 사용중지"
_ROLES = {
    "agent": "상담원",
    "supervisor": "관리자",
    "admin": "시스템 관리자",
    "technician": "기사",
    "warehouse": "물류",
    "gateway": "전화 게이트웨이",
    "erp": "ERP 연동",
}
reason_option = click.option(
    "--reason", type=WORDS, default="", help="Why; kept in the log of rights."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(name="agents")
@click.option("--as", "actor", metavar="ADMIN", help="Log in as this admin; asks for the password.")
@click.pass_context
def command(ctx: click.Context, actor: str | None) -> None:
    """People and services that may log in, each with a PostgreSQL login of their own.

    Passwords are asked for unseen, or read line by line from a pipe: the admin's of --as first.
    """
    ctx.obj = actor


@contextmanager
def _database(ctx: click.Context) -> Iterator[Database]:
    """The database as the admin of --as, else as the login of the settings."""
    with located_server(migrate=False) as server:
        if ctx.obj is not None:
            password = typed_password(f"{ctx.obj}의 비밀번호", f"password of {ctx.obj}")
            person = server.url_as(ctx.obj, password)
            server = replace(server, owner_url=person, is_embedded=False)
        require_current_schema(server)
        database = Database(server.owner_url, application_name="ets agents", pool_size=1)
        try:
            yield database
        finally:
            database.close()


@command.command(name="list")
@json_option
@click.pass_context
def list_command(ctx: click.Context, as_json: bool) -> None:
    """List the logins; exit code 1 when one may do more or less than it should."""
    with _database(ctx) as database:
        found = database.call(logins)
    if as_json:
        told = [asdict(row) | {"ok": row.is_as_it_should_be} for row in found]
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        for row in found:
            click.echo(_line(row))
    raise SystemExit(0 if all(row.is_as_it_should_be for row in found) else 1)


def _line(row: LoginRow) -> str:
    parts = [
        row.login,
        row.name,
        _role(row.role),
        say(f"내선 {row.extension}", f"extension {row.extension}") if row.extension else "",
        row.team,
        _state(row),
        say(f"접속 {row.sessions}", f"sessions {row.sessions}") if row.sessions else "",
    ]
    return " · ".join(part for part in parts if part)


def _role(role: str) -> str:
    return say(_ROLES.get(role, role), role)


def _state(row: LoginRow) -> str:
    if not row.group:
        return say("PostgreSQL 로그인 없음", "no PostgreSQL login")
    if not row.is_as_it_should_be:
        return say(f"권한이 다름: {row.group}", f"rights differ: {row.group}")
    return "" if row.active else say("중지", "disabled")


@command.command()
@click.argument("login")
@click.argument("name", type=WORDS, required=False, default="")
@click.option(
    "--role", type=click.Choice([*PERSONS, *SERVICES]), default="agent", show_default=True
)
@click.option("--extension", default="", help="The telephone on the desk.")
@click.option("--team", type=WORDS, default="", help="Name of a team.")
@reason_option
@json_option
@click.pass_context
def add(
    ctx: click.Context,
    login: str,
    name: str,
    role: str,
    extension: str,
    team: str,
    reason: str,
    as_json: bool,
) -> None:
    """Add a person: `ets agents add kim 김상담 --extension 101`; or a service, without a NAME."""
    with _database(ctx) as database:
        password = _new_password(login)
        wish = AddLogin(login, name, role, password, extension, team, reason)
        agent_id = database.call(add_login, wish).value
    facts = {"login": login, "agent_id": agent_id, "role": role}
    _told(as_json, facts, f"{login}: {_role(role)} 추가", f"{login}: {role} added")


@command.command(name="first-admin")
@click.argument("login")
@click.argument("name", type=WORDS)
@json_option
@click.pass_context
def first_admin(ctx: click.Context, login: str, name: str, as_json: bool) -> None:
    """Add the first admin of a new database, as its owner; refused once there is one."""
    with _database(ctx) as database:
        wish = AddLogin(login, name, "admin", _new_password(login))
        agent_id = database.call(add_first_admin, wish).value
    facts = {"login": login, "agent_id": agent_id, "role": "admin"}
    _told(as_json, facts, f"{login}: {_role('admin')} 추가", f"{login}: admin added")


@command.command()
@click.argument("login")
@click.argument("role", type=click.Choice(PERSONS))
@reason_option
@json_option
@click.pass_context
def role(ctx: click.Context, login: str, role: str, reason: str, as_json: bool) -> None:
    """Give somebody another role; open desks have its rights at once, its screens with a login."""
    with _database(ctx) as database:
        database.call(change_role, ChangeRole(login, role, reason))
    facts = {"login": login, "role": role}
    _told(
        as_json,
        facts,
        f"{login}: {_role(role)}. 열려 있는 화면은 다시 로그인하면 바뀝니다.",
        f"{login}: {role}; an open desk shows it after the next login",
    )


@command.command()
@click.argument("login")
@click.argument("extension", required=False, default="")
@reason_option
@json_option
@click.pass_context
def extension(ctx: click.Context, login: str, extension: str, reason: str, as_json: bool) -> None:
    """Give somebody another telephone; without EXTENSION take it away."""
    with _database(ctx) as database:
        database.call(change_extension, ChangeExtension(login, extension, reason))
    facts = {"login": login, "extension": extension or None}
    _told(
        as_json,
        facts,
        f"{login}: 내선 {extension or '없음'}. 열려 있는 화면은 다시 로그인하면 바뀝니다.",
        f"{login}: extension {extension or 'none'}; an open desk has it after the next login",
    )


@command.command()
@click.argument("login")
@click.argument("team", type=WORDS, required=False, default="")
@reason_option
@json_option
@click.pass_context
def team(ctx: click.Context, login: str, team: str, reason: str, as_json: bool) -> None:
    """Put somebody into another team; without TEAM into none."""
    with _database(ctx) as database:
        database.call(change_team, ChangeTeam(login, team, reason))
    facts = {"login": login, "team": team or None}
    _told(as_json, facts, f"{login}: {team or '팀 없음'}", f"{login}: {team or 'no team'}")


@command.command(name="add-team")
@click.argument("name", type=WORDS)
@json_option
@click.pass_context
def add_team_command(ctx: click.Context, name: str, as_json: bool) -> None:
    """Add a team; one that is there already is left."""
    with _database(ctx) as database:
        new = database.call(add_team, name).value
    words = (f"팀 추가: {name}", f"team added: {name}")
    known = (f"이미 있는 팀입니다: {name}", f"there already: {name}")
    _told(as_json, {"team": name, "new": new}, *(words if new else known))


@command.command()
@click.argument("login")
@reason_option
@json_option
@click.pass_context
def password(ctx: click.Context, login: str, reason: str, as_json: bool) -> None:
    """Set a new password, with --as LOGIN one's own; makes a login anew that a restore left out."""
    change = change_own_password if login == ctx.obj else change_password
    with _database(ctx) as database:
        database.call(change, ChangePassword(login, _new_password(login), reason))
    facts = {"login": login, "password": "changed"}
    _told(as_json, facts, f"{login}: 비밀번호를 바꿨습니다.", f"{login}: password changed")


@command.command()
@click.argument("login")
@click.option("--hand-over-to", metavar="LOGIN", help="Who gets what is still open.")
@click.option("--spread", is_flag=True, help="Spread it evenly over who is there.")
@reason_option
@json_option
@click.pass_context
def disable(
    ctx: click.Context,
    login: str,
    hand_over_to: str | None,
    spread: bool,
    reason: str,
    as_json: bool,
) -> None:
    """Let somebody in no more, and end what they have open, at once.

    Refused while they have open tickets, callbacks or missed callers, unless these are handed over
    with it. Drafts stay theirs.
    """
    if hand_over_to is not None and spread:
        raise click.UsageError("--hand-over-to and --spread exclude each other.")
    with _database(ctx) as database:
        handed = HandedOver(0, 0, 0)
        if hand_over_to is None and not spread:
            database.call(enable_login, EnableLogin(login, False, reason))
        else:
            to = None if hand_over_to is None else database.call(agent_id_of, hand_over_to)
            wish = RetireAgent(login, to, _HOP_REASON, reason)
            handed = database.call(retire_agent, wish).value
        ended = database.call(end_sessions, login).value
    facts = {"login": login, "active": False, "sessions_ended": ended, **asdict(handed)}
    _told(
        as_json,
        facts,
        f"{login}: 중지, 접속 {ended}개 종료. 넘긴 접수 {handed.tickets}건,"
        f" 콜백 {handed.callbacks}건, 부재 고객 {handed.callers}건",
        f"{login}: disabled, {ended} sessions ended; handed over {handed.tickets} tickets,"
        f" {handed.callbacks} callbacks, {handed.callers} missed callers",
    )


@command.command()
@click.argument("login")
@reason_option
@json_option
@click.pass_context
def enable(ctx: click.Context, login: str, reason: str, as_json: bool) -> None:
    """Let somebody in again, with the password they had."""
    with _database(ctx) as database:
        database.call(enable_login, EnableLogin(login, True, reason))
    _told(as_json, {"login": login, "active": True}, f"{login}: 다시 사용", f"{login}: enabled")


def _new_password(login: str) -> str:
    return typed_password(f"{login}의 새 비밀번호", f"new password of {login}", twice=True)


def _told(as_json: bool, facts: Mapping[str, object], ko: str, en: str) -> None:
    click.echo(json.dumps(dict(facts), ensure_ascii=False) if as_json else say(ko, en))
