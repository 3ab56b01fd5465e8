"""`ets doctor`: what it finds wrong, and that it says what to do."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from ets_desktop.cli import doctor_database, doctor_findings, main
from ets_desktop.cli.doctor_database import links
from ets_desktop.cli.doctor_findings import FONTS, SIGNS, Finding, has_signs
from ets_desktop.db.migrate import downgrade
from ets_desktop.db.server import Server
from ets_desktop.gateway.health_file import NAME, write_health
from ets_desktop.paths import resource
from ets_desktop.queries.health import LinkHealth, ServerHealth
from ets_desktop.queries.soundness import Soundness

NOW = datetime.now(UTC)
SOUND = Soundness(150_000, "UTF8", True, True, (), (), (), (), (), (), NOW)
CENTRAL = Server("postgresql://x@db.shop.example:5432/ets", is_embedded=False)
LINK = LinkHealth("본사", "asterisk", NOW, NOW, "")


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("ETS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    return tmp_path / "home"


@pytest.fixture
def url(clean_database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    return clean_database


def doctor(*words: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *words])


def found() -> dict[str, dict[str, str]]:
    return {finding["code"]: finding for finding in json.loads(doctor("--json").stdout)}


def states(findings: Iterator[Finding]) -> dict[str, str]:
    told = list(findings)
    assert [one for one in told if (one.state == "ok") != (one.advice == "")] == []
    return {finding.code: finding.state for finding in told}


def test_everything_that_is_to_be_looked_at_is_looked_at(url: str) -> None:
    assert {
        *("program", "settings", "fonts", "disk", "key_store", "schema", "connection"),
        *("postgresql", "clock", "hangul", "roles", "rights", "guards", "logins", "backup", "link"),
    } <= found().keys()
    told = doctor()
    assert told.exit_code == 0, told.stdout
    assert "✓ 글꼴: Pretendard, 한글 있음" in told.stdout
    assert "    → ets backup 폴더 를 날마다 돌리십시오." in told.stdout


def test_whatever_is_not_well_says_what_to_do(url: str) -> None:
    for finding in found().values():
        assert (finding["state"] == "ok") == (finding["advice"] == ""), finding


def test_an_older_schema_is_wrong_and_names_the_command(url: str) -> None:
    downgrade(url, "-1")
    schema = found()["schema"]
    assert schema["state"] == "wrong"
    assert "ets db upgrade" in schema["advice"]
    assert doctor().exit_code == 1


def test_a_newer_schema_asks_for_a_newer_program(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'n001'")
    assert found()["schema"]["state"] == "wrong"
    with psycopg.connect(url) as connection:
        connection.execute("COMMENT ON TABLE alembic_version IS 'n001 serves programs from 0001'")
    assert found()["schema"]["state"] == "warning"
    assert "업데이트" in found()["schema"]["advice"]


def test_without_a_database_the_gateways_own_file_tells_of_the_links(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ETS_DATABASE_URL", "postgresql://x@127.0.0.1:1/ets")
    write_health(home / "state" / "gateway" / NAME, [LINK])
    told = found()
    assert (told["database"]["state"], told["link"]["name"]) == ("wrong", "전화 본사")
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text("[", encoding="utf-8")
    assert found()["settings"]["state"] == "wrong"


def test_links_that_are_down_silent_or_missing_are_told(home: Path) -> None:
    assert states(links([LINK])) == {"link": "ok"}
    assert states(links([replace(LINK, reason="ami_lost")])) == {"link": "warning"}
    assert states(links([replace(LINK, silent_s=100)])) == {"link": "warning"}
    (alone,) = links([replace(LINK, last_event_at=None, alone=True)])
    assert alone.text.endswith(("받아 두는 중, 마지막 이벤트 -", "no database, last event -"))
    assert states(links([])) == {"link": "ok"}
    (home / "config").mkdir(parents=True)
    (home / "config" / "settings.toml").write_text(
        "[[gateway.links]]\nname = 'a'\nvendor = 'simulator'\n", encoding="utf-8"
    )
    assert states(links([])) == {"link": "warning"}


@pytest.mark.parametrize(
    ("fault", "code", "state"),
    [
        ({"version": 140_000}, "version", "wrong"),
        ({"finds_hangul": False}, "hangul", "wrong"),
        ({"encoding": "SQL_ASCII"}, "hangul", "wrong"),
        ({"is_encrypted": False}, "encryption", "warning"),
        ({"missing_roles": ("ets_erp",)}, "roles", "wrong"),
        ({"disabled_triggers": ("ticket.ticket_guard",)}, "triggers", "wrong"),
        ({"invalid_indexes": ("ix_a",)}, "indexes", "warning"),
        ({"in_wrong_role": ("agent101",)}, "logins", "wrong"),
        ({"without_login": tuple("abcdefg")}, "logins", "warning"),
        ({"left_with_login": ("agent101",)}, "logins", "warning"),
        ({"last_backup_at": None}, "backup", "warning"),
        ({"last_backup_at": NOW - timedelta(days=8)}, "backup", "warning"),
        ({"version": 990_000}, "backup", "warning"),
    ],
)
def test_each_fault_of_a_database_is_a_finding(
    fault: dict[str, object], code: str, state: str
) -> None:
    assert set(states(doctor_database._soundness(SOUND, CENTRAL)).values()) == {"ok"}
    told = states(doctor_database._soundness(replace(SOUND, **fault), CENTRAL))  # type: ignore[arg-type]
    assert told[code] == state


def test_a_clock_that_is_wrong_and_a_server_that_is_full_are_told() -> None:
    health = ServerHealth("15.18", datetime.now(UTC), 4, (), 100, 10)
    assert set(states(doctor_database._server(health)).values()) == {"ok"}
    wrong = replace(health, now=NOW - timedelta(hours=3), connections=90)
    assert set(states(doctor_database._server(wrong)).values()) == {"warning"}


def test_a_disk_without_room_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_findings, "LEAST_FREE_BYTES", 1 << 60)
    assert states(doctor_findings._disk()) == {"disk": "wrong"}


def test_fonts_hold_hangul_or_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for font in FONTS:
        assert has_signs(resource("fonts", font), SIGNS)
        assert not has_signs(resource("fonts", font), "\U0001f600")
    whole = resource("fonts", FONTS[0]).read_bytes()
    broken = tmp_path / "broken.ttf"
    for content in (b"", b"no font", whole[:200], whole[:5000].replace(b"cmap", b"cnap")):
        broken.write_bytes(content)
        assert not has_signs(broken, SIGNS)
    monkeypatch.setattr(doctor_findings, "resource", lambda *_: tmp_path / "none.ttf")
    assert states(doctor_findings._fonts()) == {"fonts": "wrong"}
