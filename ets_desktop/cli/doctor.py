"""`ets doctor`: looks at everything the desk stands on, says what is wrong and what to do."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict

import click

from ets_desktop.cli.doctor_database import links, look_at_the_database
from ets_desktop.cli.doctor_findings import Finding, look_at_this_pc, program, settings
from ets_desktop.cli.language import say
from ets_desktop.cli.wording import sentence
from ets_desktop.domain.errors import EtsError
from ets_desktop.gateway.health_file import NAME, read_health
from ets_desktop.paths import paths

MARKS = {"ok": "✓", "warning": "!", "wrong": "✗"}


@click.command(name="doctor")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """Check this installation; exit code 1 when something is wrong."""
    findings = list(_findings())
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(f"{MARKS[finding.state]} {finding.name}: {finding.text}")
            if finding.advice:
                click.echo(f"    → {finding.advice}")
    raise SystemExit(1 if any(finding.state == "wrong" for finding in findings) else 0)


def _findings() -> Iterator[Finding]:
    yield program()
    yield from _guarded("settings", say("설정", "settings"), lambda: iter([settings()]))
    yield from look_at_this_pc()
    found = list(_guarded("database", say("데이터베이스", "database"), look_at_the_database))
    yield from found
    if found[-1].code == "database":
        # The gateway of this PC, if there is one, still tells how its links are.
        file = paths().state_dir / "gateway" / NAME
        yield from _guarded("link", say("전화", "telephone"), lambda: links(read_health(file)))


def _guarded(code: str, name: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What `look` finds; a known failure of it is its last finding."""
    try:
        yield from look()
    except EtsError as error:
        yield Finding(code, name, "wrong", sentence(error), _advice(error))


def _advice(error: EtsError) -> str:
    if error.code.startswith("settings"):
        return say(f"고치십시오: {paths().config_dir}", f"mend it: {paths().config_dir}")
    if error.code == "login_refused":
        return say(
            "database.url(또는 ETS_DATABASE_URL)의 아이디와 비밀번호를 확인하십시오.",
            "check the login and password of database.url (or ETS_DATABASE_URL).",
        )
    return say(
        "서버가 켜져 있는지, 주소와 방화벽이 맞는지 보십시오. 내장 데이터베이스는 로그 폴더를 "
        f"보십시오: {paths().log_dir}",
        "see whether the server runs, its address and the firewall; of the embedded one, the "
        f"log folder: {paths().log_dir}",
    )
