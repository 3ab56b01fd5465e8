"""The ARS endpoint on a real socket: what is answered 200 is kept, whatever the database does."""

import json
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from ets_desktop.db.engine import Database
from ets_desktop.domain.errors import EtsError, RuleViolation, Unavailable
from ets_desktop.gateway import ars as module
from ets_desktop.gateway.ars import MOST_BYTES, ArsSpool, hearing_ars
from ets_desktop.settings import ArsDoor
from tests.cli.test_gateway import serving
from tests.domain.test_ars import BARE, WHOLE
from tests.gateway.test_gateway import until
from tests.pbx.centrex_server import free_port, raw
from tests.people import database, desk_database

__all__ = ["database", "desk_database"]

PATH = "/5c1f0e7a9b3d4c62a5b4/ars"
#: Nobody listens there.
AWAY = "postgresql://ets@127.0.0.1:9/ets"


def post(port: int, body: bytes, path: str = PATH, head: str = "") -> tuple[int, Any]:
    """The status, and what was said to it."""
    request = f"POST {path} HTTP/1.1\r\nContent-Length: {len(body)}\r\n{head}\r\n".encode() + body
    answer = raw(port, request)
    if answer.startswith(b"HTTP/1.1 100"):
        answer = answer.partition(b"\r\n\r\n")[2]
    said = answer.partition(b"\r\n\r\n")[2]
    return int(answer.split()[1]), json.loads(said) if said else None


def told(number: int) -> bytes:
    return json.dumps(WHOLE | {"session_id": f"s-{number}"}, ensure_ascii=False).encode()


def sessions(database: Database) -> int:
    with database.driver_connection() as connection:
        row = connection.execute("SELECT count(*) FROM ars_session").fetchone()
    assert row is not None
    return int(str(row[0]))


@contextmanager
def heard(database: Database, folder: Path) -> Iterator[int]:
    """The port of a door, of an intake that writes to `database`."""
    port = free_port()
    with hearing_ars(database, ArsDoor("127.0.0.1", port, PATH), folder / "ars.sqlite"):
        yield port


@pytest.fixture
def away() -> Iterator[Database]:
    database = Database(AWAY, application_name="test")
    yield database
    database.close()


@pytest.fixture
def port(away: Database, tmp_path: Path) -> Iterator[int]:
    with heard(away, tmp_path) as number:
        yield number


def test_what_is_told_is_in_the_database_at_once(database: Database, tmp_path: Path) -> None:
    with heard(database, tmp_path) as port:
        assert post(port, told(1)) == (200, {"accepted": 1})
        assert post(port, b"[" + told(1) + b"," + told(2) + b"]") == (200, {"accepted": 2})
        until(lambda: sessions(database) == 2)


def test_the_service_hears_it_with_nothing_but_the_gateways_rights(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And in time with its own stop: SIGTERM ends both."""
    port, config = free_port(), tmp_path / "gateway.toml"
    config.write_text(f'[gateway.ars]\nlisten = "127.0.0.1:{port}"\npath = "{PATH}"\n')
    monkeypatch.setenv("ETS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ETS_DATABASE_URL", gateways_url(database))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with serving("--config", str(config)) as process:
        assert post(port, told(1)) == (200, {"accepted": 1})
        assert post(port, told(1)) == (200, {"accepted": 1})
        until(lambda: sessions(database) == 1)
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=30)[0] == "the gateway has stopped\n"


def gateways_url(database: Database) -> str:
    """Of a login that is in ets_gateway and in nothing else."""
    with database.driver_connection() as connection:
        connection.execute(
            "DO $$ BEGIN CREATE ROLE ars_gateway LOGIN PASSWORD 'secret' IN ROLE ets_gateway;"
            " EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        )
    url = make_url(database.url).set(username="ars_gateway", password="secret")
    return url.render_as_string(hide_password=False)


def test_it_waits_on_disk_for_a_database_that_is_away(
    database: Database, away: Database, tmp_path: Path
) -> None:
    with heard(away, tmp_path) as port:
        for number in range(3):
            assert post(port, told(number)) == (200, {"accepted": 1})
    with heard(database, tmp_path):
        until(lambda: sessions(database) == 3)


@pytest.mark.parametrize("host", ["", "Host: anything.invalid:1\r\n", "Expect: 100-continue\r\n"])
def test_any_host_is_heard(port: int, host: str) -> None:
    assert post(port, told(1), head=host) == (200, {"accepted": 1})


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", {"error": "not_json"}),
        (b"[]", {"error": "not_events"}),
        (json.dumps(BARE | {"kind": "<b>"}).encode(), {"error": "no_kind", "field": "kind"}),
        (b"[" * 200_000, {"error": "not_json"}),
        (b"\xff\xfe\xfd", {"error": "not_text"}),
    ],
)
def test_what_is_refused_is_refused_in_words_of_ours(
    port: int, body: bytes, said: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    status, answer = post(port, body)
    assert status == 400
    assert said.items() <= answer.items()
    assert "message" in answer
    assert "<b>" not in f"{answer}{caplog.text}"


def test_other_ways_are_refused(port: int) -> None:
    assert post(port, told(1), path="/ars") == (404, None)
    assert post(port, told(1), path=f"{PATH}/") == (404, None)
    assert b" 405 " in raw(port, f"GET {PATH} HTTP/1.1\r\n\r\n".encode())
    assert b" 411 " in raw(port, f"POST {PATH} HTTP/1.1\r\n\r\n".encode())
    assert b" 411 " in raw(port, f"POST {PATH} HTTP/1.1\r\nContent-Length: -1\r\n\r\n".encode())
    assert post(port, b"x" * (MOST_BYTES + 1)) == (413, None)
    assert post(port, b"x" * (MOST_BYTES + 1), path="/other") == (404, None)


def test_who_breaks_off_told_nothing(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(f"POST {PATH} HTTP/1.1\r\nContent-Length: 500\r\n\r\n".encode() + told(1)[:9])
        line.shutdown(socket.SHUT_WR)
        assert line.recv(100) == b""
    assert post(port, told(1)) == (200, {"accepted": 1})


def test_who_comes_to_a_full_disk_is_asked_to_come_again(
    port: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise EtsError("spool_unusable", file="ars.sqlite", reason="OperationalError")

    with monkeypatch.context() as full:
        full.setattr(ArsSpool, "append", refuse)
        assert post(port, told(1))[0] == 503
    monkeypatch.setattr(module, "ROOM", 0)
    assert post(port, told(1))[0] == 503
    assert "홍길동" not in caplog.text


def test_what_the_database_refuses_holds_up_nothing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = module.record_ars_events

    def refuse_the_first(session: Any, events: Any) -> Any:
        if events[0].session_id == "s-1":
            raise RuleViolation("not_allowed")
        return write(session, events)

    monkeypatch.setattr(module, "record_ars_events", refuse_the_first)
    with heard(database, tmp_path) as port:
        post(port, told(1))
        post(port, told(2))
        until(lambda: sessions(database) == 1)


def test_a_torn_request_on_the_disk_holds_up_nothing(database: Database, tmp_path: Path) -> None:
    with ExitStack() as stack:
        spool = ArsSpool(tmp_path / "ars.sqlite")
        stack.callback(spool.close)
        for torn in ("{", '[{"session_id": 3}]', "[3]"):
            spool._disk.ask("INSERT INTO told (events) VALUES (?)", (torn,))
    with heard(database, tmp_path) as port:
        post(port, told(1))
        until(lambda: sessions(database) == 1)


def test_a_schema_that_is_not_ours_is_left_alone(database: Database, tmp_path: Path) -> None:
    port = free_port()
    refusals = iter([EtsError("schema_newer"), Unavailable("database_away")])

    def require() -> None:
        refused = next(refusals, None)
        if refused is not None:
            assert sessions(database) == 0
            raise refused

    door = ArsDoor("127.0.0.1", port, PATH)
    with hearing_ars(database, door, tmp_path / "ars.sqlite", require):
        post(port, told(1))
        until(lambda: sessions(database) == 1)


def test_a_taken_port_and_a_taken_file_are_told(away: Database, port: int, tmp_path: Path) -> None:
    with (
        pytest.raises(Unavailable, match="door_port"),
        hearing_ars(away, ArsDoor("127.0.0.1", port, PATH), tmp_path / "other.sqlite"),
    ):
        pass
    with (
        pytest.raises(EtsError, match="spool_unusable"),
        hearing_ars(away, ArsDoor("127.0.0.1", port, "/x"), tmp_path / "ars.sqlite"),
    ):
        pass


@pytest.fixture(scope="module")
def shared_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """For the examples of the fuzz, which are many."""
    database = Database(AWAY, application_name="test")
    with heard(database, tmp_path_factory.mktemp("ars")) as port:
        yield port
    database.close()


@given(sent=st.binary(max_size=200), start=st.sampled_from([b"", b"POST ", b"{", b"[{"]))
@settings(max_examples=40, deadline=None)
def test_any_bytes_leave_the_door_open(shared_port: int, sent: bytes, start: bytes) -> None:
    if start in (b"{", b"[{"):
        assert post(shared_port, start + sent)[0] in (200, 400)
    else:
        with suppress(OSError):  # hung up on in the middle
            raw(shared_port, start + sent + b"\r\n\r\n")
    assert post(shared_port, told(1)) == (200, {"accepted": 1})
