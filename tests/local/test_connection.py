"""URLs that libpq reads back as they were meant."""

import pytest
from psycopg.conninfo import conninfo_to_dict

from ets_desktop.local.connection import ConnectionTarget

TARGET = ConnectionTarget("127.0.0.1", 5433, "ets_owner", "p/w:@?#%& 비", "ets 시험")


def test_the_owners_url_is_read_back() -> None:
    assert conninfo_to_dict(TARGET.url()) == {
        "host": "127.0.0.1",
        "port": "5433",
        "user": "ets_owner",
        "password": "p/w:@?#%& 비",
        "dbname": "ets 시험",
    }


@pytest.mark.parametrize(("password", "read"), [(None, None), ("", None), ("x@y", "x@y")])
def test_another_login_never_gets_the_owners_password(
    password: str | None, read: str | None
) -> None:
    parts = conninfo_to_dict(TARGET.url("agent101", password))
    assert parts["user"] == "agent101"
    assert parts.get("password") == read


def test_the_password_is_not_shown() -> None:
    assert TARGET.password not in repr(TARGET)
