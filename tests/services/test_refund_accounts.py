"""환불계좌: sealed on the desk, opened by the holder of the key and by nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import EtsError, NotFound, RuleViolation
from ets_desktop.domain.refund_accounts import RefundAccount
from ets_desktop.local.refund_box import CannotOpen, new_key, public_half, seal, unseal
from ets_desktop.services.claim_requests import request_claim
from ets_desktop.services.refund_accounts import open_account, set_refund_key
from tests.claims import command, shipped_line, wish

Login = Callable[[Agent], Database]
ACCOUNT = RefundAccount("국민은행", "000000-00-000000", "김정민")


def rows(database: Database, sql: str) -> list[Any]:
    return database.call(lambda session: list(session.execute(text(sql)).all()))


def test_a_desk_seals_what_only_the_key_opens(database: Database, login: Login, kim: Agent) -> None:
    old, key = new_key(), new_key()
    database.call(set_refund_key, public_half(old))
    database.call(set_refund_key, public_half(key))
    press = command(kim, wish(shipped_line(database), refund_account=ACCOUNT))
    made = login(kim).call(request_claim, press).value
    ((sealed, by),) = rows(database, "SELECT sealed, created_by FROM refund_account")
    assert by == kim.id
    assert b"000000" not in bytes(sealed)
    assert "김정민" not in bytes(sealed).decode("latin-1")
    number = made.claim.claim_no
    assert database.call(open_account, number, key) == ACCOUNT
    with pytest.raises(EtsError) as refusal:
        database.call(open_account, number, old)
    assert refusal.value.code == "refund_account_sealed"
    with pytest.raises(NotFound):
        database.call(open_account, "R000000000", key)
    with pytest.raises(RuleViolation):
        login(kim).call(set_refund_key, public_half(old))


@pytest.mark.parametrize("stored", [None, '"x"', '{"public": 1}'])
def test_without_a_key_nothing_is_written_down(
    database: Database, kim: Agent, stored: str | None
) -> None:
    if stored is not None:
        rows(
            database,
            f"INSERT INTO setting (key, value) VALUES ('refund_key', '{stored}') RETURNING key",
        )
    press = command(kim, wish(shipped_line(database), refund_account=ACCOUNT))
    with pytest.raises(RuleViolation) as refusal:
        database.call(request_claim, press)
    assert refusal.value.code == "refund_key_missing"
    assert rows(database, "SELECT id FROM claim") == []


def test_an_account_that_is_none_is_refused(database: Database, kim: Agent) -> None:
    wrong = RefundAccount("국민은행", "없음", "김정민")
    with pytest.raises(RuleViolation) as refusal:
        database.call(
            request_claim, command(kim, wish(shipped_line(database), refund_account=wrong))
        )
    assert refusal.value.code == "no_account_number"


def test_what_was_moved_torn_or_changed_does_not_open() -> None:
    key = new_key()
    sealed = seal(public_half(key), b"account", b"here")
    assert unseal(key, sealed, b"here") == b"account"
    for torn in (sealed[:20], sealed[:-1], b"x" + sealed[1:], sealed[:-1] + b"\x00\x01"):
        with pytest.raises(CannotOpen):
            unseal(key, torn, b"here")
    with pytest.raises(CannotOpen):
        unseal(key, sealed, b"elsewhere")
    with pytest.raises(CannotOpen):
        unseal(b"short", sealed, b"here")
