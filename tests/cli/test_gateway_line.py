"""`ets gateway forward|hangup|sms|texts`: a Centrex line in a person's hand."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ets_desktop.cli import main
from tests.pbx.centrex_server import LINE, PATH, SECRET, CentrexServer, done, free_port
from tests.pbx.test_centrex import quick

__all__ = ["quick"]

Run = Callable[..., Result]


@pytest.fixture
def server() -> Iterator[CentrexServer]:
    with CentrexServer().running() as running:
        yield running


@pytest.fixture
def run(server: CentrexServer, tmp_path: Path) -> Run:
    secret = tmp_path / "sha512"
    secret.touch(mode=0o600)
    secret.write_text(SECRET)
    config = tmp_path / "gateway.toml"
    config.write_text(
        f'[[gateway.links]]\nname = "office"\nvendor = "lgu_centrex"\nbase_url = "{server.url}"\n'
        f'id = "{LINE}"\npassword_sha512_file = "{secret}"\ncallback_host = "127.0.0.1"\n'
        f'callback_listen = "127.0.0.1:{free_port()}"\ncallback_path = "{PATH}"\n'
        f'lines = {{"{LINE}" = "101"}}\n[[gateway.links]]\nname = "pbx"\nvendor = "asterisk"\n'
    )

    def run(*words: str, typed: str | None = None) -> Result:
        words = ("gateway", *words, "--config", str(config))
        return CliRunner().invoke(main, words, input=typed)

    return run


def test_calls_are_forwarded_and_it_is_said_where_to(run: Run, server: CentrexServer) -> None:
    assert run("forward", "office").stdout == "not forwarded\n"
    told = run("forward", "office", "01000001234", "--when", "busy-or-no-answer")
    assert told.stdout == "forwarded to 010-0000-1234 (while busy or unanswered)\n"
    assert run("forward", "office", "--stop").stdout == "not forwarded\n"
    assert run("forward", "office", "01000001234", "--stop").exit_code == 2
    server.results["getforwardtype"] = done({"FORWARD_USE": "F", "FORWARD_DATA": "1w2"})
    assert run("forward", "office").stdout == "forwarded to 1w2 (unknown)\n"
    server.results["getforwardtype"] = done({"FORWARD_USE": "V"})
    assert run("forward", "office").stdout == "forwarded to voice mail\n"


def test_a_text_is_sent_and_its_fate_told(run: Run, server: CentrexServer) -> None:
    sent = run("sms", "office", "01000001234", "--text", "안녕")
    assert (sent.exit_code, sent.stdout) == (0, "010-0000-1234: sent\n97 texts left\n")
    server.unreachable.add("01000004321")
    half = run("sms", "office", "01000001234", "01000004321", typed="안녕\n")
    assert half.exit_code == 1
    assert "010-0000-4321: refused" in half.stdout
    assert server.texts == ["안녕", "안녕"]
    server.results["smssend"] = b"?"
    assert "unsure" in run("sms", "office", "01000001234", "--text", "안녕").stdout


def test_texts_that_came_are_shown_masked(run: Run, server: CentrexServer) -> None:
    assert run("texts", "office").stdout == "no texts\n"
    server.received.append({"SRC": "01000001234", "MNESSAGE": "언제 오나요"})
    shown = run("texts", "office").stdout
    assert shown == "2026-11-22T10:00:00+09:00 010-****-1234 언제 오나요\n"
    (record,) = json.loads(run("texts", "office", "--json").stdout)
    assert record["sender"] == "010-****-1234"


def test_a_call_is_hung_up(run: Run, server: CentrexServer) -> None:
    assert run("hangup", "office").stdout == "hung up\n"


def test_a_link_that_can_not_says_so(run: Run) -> None:
    assert "link cannot" in run("hangup", "pbx").stderr
    assert run("hangup", "nowhere").exit_code == 2
