"""`ets refunds`: a key that is made once, and an account that is read with it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ets_desktop.cli import main
from ets_desktop.db.engine import Database
from ets_desktop.domain.refund_accounts import RefundAccount
from tests.claims import requested, shipped_line, wish
from tests.factories import an_agent, make

ACCOUNT = RefundAccount("국민은행", "000000-00-000000", "김정민")


@pytest.fixture
def url(clean_database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return clean_database


def refunds(*arguments: str | Path, exits: int = 0) -> Result:
    result = CliRunner().invoke(main, ["refunds", *map(str, arguments)])
    assert result.exit_code == exits, result.output
    return result


def test_a_key_opens_what_desks_sealed_for_it(url: str, tmp_path: Path) -> None:
    key, other = tmp_path / "refunds.key", tmp_path / "other.key"
    assert "The key is made" in refunds("new-key", key).stdout
    assert key.stat().st_mode & 0o077 == 0
    database = Database(url, application_name="test")
    actor = make(database, an_agent)
    made = requested(database, actor, wish(shipped_line(database), refund_account=ACCOUNT))
    database.close()
    number = made.claim.claim_no
    assert refunds("show", number, "--key", key).stdout == "국민은행 000000-00-000000 김정민\n"
    told = json.loads(refunds("show", number, "--key", key, "--json").stdout)
    assert told == {"bank": "국민은행", "number": "000000-00-000000", "holder": "김정민"}
    refunds("new-key", other)
    refunds("show", number, "--key", other, exits=2)
    other.write_text("!", encoding="ascii")
    refunds("show", number, "--key", other, exits=2)


def test_files_that_cannot_be_made_or_read_are_told(url: str, tmp_path: Path) -> None:
    key = tmp_path / "refunds.key"
    refunds("new-key", key)
    refunds("new-key", key, exits=2)
    refunds("new-key", tmp_path / "none" / "refunds.key", exits=2)
    refunds("show", "R000000001", "--key", tmp_path / "none", exits=2)
