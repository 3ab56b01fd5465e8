"""Whom a database's address may trust: this machine, and others that prove who they are."""

import pytest

from ets_desktop.db.address import require_address
from ets_desktop.settings import SettingsError


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://kim@127.0.0.1:5432/ets",
        "postgresql://kim@localhost,127.0.0.2/ets",
        "postgresql:///ets?host=/run/postgresql",
        "postgresql:///ets",
        "postgresql://kim@[::1]/ets",
        "postgresql://kim@db.example/ets?sslmode=verify-full&sslrootcert=/etc/ca.crt",
        "postgresql://kim@a.example,b.example/ets?sslmode=verify-full",
    ],
)
def test_this_machine_and_verified_others_are_reached(url: str) -> None:
    require_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://kim@db.example/ets",
        "postgresql://kim@db.example/ets?sslmode=require",
        "postgresql://kim@localhost,db.example/ets?sslmode=verify-ca",
        "postgresql://kim@localhost/ets?hostaddr=10.0.0.5",
    ],
)
def test_another_machine_must_prove_who_it_is(url: str) -> None:
    with pytest.raises(SettingsError) as refused:
        require_address(url)
    assert refused.value.details["reason"] == "sslmode=verify-full expected"


def test_what_libpq_does_not_understand_is_refused() -> None:
    with pytest.raises(SettingsError) as refused:
        require_address("postgresql://kim@localhost:port/ets?nonsense=1")
    assert refused.value.details["reason"] == "not understood"
