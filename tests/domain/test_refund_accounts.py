"""환불계좌: what could be paid to, and that no log shows it."""

import pytest

from ets_desktop.domain.refund_accounts import RefundAccount, account_fault, from_bytes, to_bytes

ACCOUNT = RefundAccount("국민은행", "000000-00-000000", "김정민")


@pytest.mark.parametrize(
    ("account", "fault"),
    [
        (ACCOUNT, ""),
        (RefundAccount(" ", ACCOUNT.number, ACCOUNT.holder), "needs_refund_account"),
        (RefundAccount(ACCOUNT.bank, ACCOUNT.number, ""), "needs_refund_account"),
        (RefundAccount("은" * 61, ACCOUNT.number, ACCOUNT.holder), "needs_refund_account"),
        (RefundAccount(ACCOUNT.bank, "12-34", ACCOUNT.holder), "no_account_number"),
        (RefundAccount(ACCOUNT.bank, "국민 1234567", ACCOUNT.holder), "no_account_number"),
    ],
)
def test_an_account_is_looked_at(account: RefundAccount, fault: str) -> None:
    assert account_fault(account) == fault


def test_it_comes_back_as_it_was_and_shows_itself_to_no_log() -> None:
    assert from_bytes(to_bytes(ACCOUNT)) == ACCOUNT
    assert "000000" not in repr(ACCOUNT)
