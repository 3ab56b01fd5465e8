"""Forwarding, texts and hanging up of a Centrex line: asked once, in turn, and read tolerantly."""

import time
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from ets_desktop.domain.errors import RuleViolation, Unavailable
from ets_desktop.pbx.vendors.lgu_centrex import turns
from ets_desktop.pbx.vendors.lgu_centrex.answers import CentrexRefused
from ets_desktop.pbx.vendors.lgu_centrex.client import Account, Courier, Question
from ets_desktop.pbx.vendors.lgu_centrex.line import (
    CentrexLine,
    Delivery,
    Forwarding,
    ForwardWhen,
    ReceivedText,
    check_text,
)
from ets_desktop.pbx.vendors.lgu_centrex.turns import turn, turn_file
from tests.pbx.centrex_server import LINE, SECRET, CentrexServer, done
from tests.pbx.test_centrex import quick, server

__all__ = ["quick", "server"]


@pytest.fixture
def line(server: CentrexServer) -> CentrexLine:
    return CentrexLine(Account(server.url, LINE, SECRET))


@pytest.mark.parametrize("when", ForwardWhen)
def test_calls_are_forwarded_until_they_are_not(
    line: CentrexLine, server: CentrexServer, when: ForwardWhen
) -> None:
    assert line.forwarding() == Forwarding()
    line.forward("010-0000-1234", when)
    assert server.forwarded == ("01000001234", str(list(ForwardWhen).index(when)))
    assert line.forwarding() == Forwarding("01000001234", when)
    line.stop_forwarding()
    assert line.forwarding() == Forwarding()


def test_a_forwarding_that_we_do_not_know_is_shown_as_far_as_we_do(
    line: CentrexLine, server: CentrexServer
) -> None:
    server.results["getforwardtype"] = done({"FORWARD_USE": "V"})
    assert line.forwarding() == Forwarding(voice_mail=True)
    server.results["getforwardtype"] = done([{"FORWARD_USE": "f", "FORWARD_DATA": 1000001234}])
    assert line.forwarding() == Forwarding("1000001234", None)
    server.results["getforwardtype"] = "4002"
    assert line.forwarding() == Forwarding()


def test_a_text_goes_out_whole_and_once(line: CentrexLine, server: CentrexServer) -> None:
    server.unreachable.add("01000004321")
    sent = line.send_text(["010-0000-1234", "01000004321", "+82 10 0000 1234"], "A&B=1+1 안녕")
    assert sent.deliveries == {"01000001234": Delivery.SENT, "01000004321": Delivery.REFUSED}
    assert (sent.left, server.texts) == (97, ["A&B=1+1 안녕"])
    assert len(server.was_asked("smssend")) == 1


def test_a_text_without_an_answer_is_unsure_and_never_sent_again(
    line: CentrexLine, server: CentrexServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.results["smssend"] = b"<html>"
    sent = line.send_text(["01000001234"], "안녕")
    assert (dict(sent.deliveries), sent.left) == ({"01000001234": Delivery.UNSURE}, None)
    assert len(server.was_asked("smssend")) == 1
    server.results["smssend"] = done({"STATUS": "OK", "DEBUG": None, "RESTCOUNT": "many"})
    assert line.send_text(["01000001234"], "안녕").deliveries["01000001234"] is Delivery.SENT
    away = CentrexLine(Account("http://127.0.0.1:1/RestApi", LINE, SECRET))
    with pytest.raises(Unavailable, match="centrex_unreachable"):
        away.send_text(["01000001234"], "안녕")


@pytest.mark.parametrize(
    ("numbers", "text", "code"),
    [
        (["nobody"], "안녕", "not_a_number"),
        ([], "안녕", "sms_recipients"),
        ([f"0100000{n:04}" for n in range(11)], "안녕", "sms_recipients"),
        (["01000001234"], " ", "sms_empty"),
        (["01000001234"], "가" * 361, "sms_too_long"),
        (["01000001234"], "웃음 😀", "sms_unsendable"),
    ],
)
def test_what_cannot_be_sent_is_not_even_asked(
    line: CentrexLine, server: CentrexServer, numbers: list[str], text: str, code: str
) -> None:
    with pytest.raises(RuleViolation, match=code):
        line.send_text(numbers, text)
    assert server.asked == []


def test_hangul_counts_two_bytes() -> None:
    assert (check_text("안녕 a"), check_text("가" * 360)) == (6, 720)


def test_a_refusal_is_told_as_it_is(line: CentrexLine, server: CentrexServer) -> None:
    server.results["smssend"] = "3004"
    with pytest.raises(CentrexRefused, match="centrex_texts_used_up"):
        line.send_text(["01000001234"], "안녕")


def test_received_texts_are_read_though_their_field_is_misspelt(
    line: CentrexLine, server: CentrexServer
) -> None:
    assert line.received_texts() == ()
    server.received += [
        {"SRC": 1000001234, "MNESSAGE": "언제 오나요"},
        {"SRC": "1w234567", "MESSAGE": "고쳐졌다", "TIME": "?"},
        {},
    ]
    at = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    assert line.received_texts() == (
        ReceivedText("1000001234", "언제 오나요", at),
        ReceivedText("1w234567", "고쳐졌다", None),
        ReceivedText("", "", at),
    )


def test_nothing_to_hang_up_is_fine(line: CentrexLine, server: CentrexServer) -> None:
    line.hang_up()
    assert len(server.was_asked("hangup")) == 1


def test_whoever_asks_waits_for_the_accounts_turn(
    line: CentrexLine, server: CentrexServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "SPACING_S", 0.08)
    heard = Event()
    courier = Courier("office", lambda question, outcome: heard.set())
    courier.start()
    account = Account(server.url, LINE, SECRET)
    threads = [Thread(target=line.received_texts) for _ in range(3)]
    for thread in threads:
        thread.start()
    courier.send(account, Question("getinboundcall"))
    for thread in threads:
        thread.join()
    assert heard.wait(5)
    courier.close()
    assert not server.hasty
    assert min(server.gaps[1:]) > 0.07
    assert LINE not in str(turn_file(LINE))


def test_a_turn_is_not_waited_for_when_the_line_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "SPACING_S", 60.0)
    closing = Event()
    with turn(LINE, closing) as is_ours:
        assert is_ours
    closing.set()
    began = time.monotonic()
    with turn(LINE, closing) as is_ours:
        assert not is_ours
    assert time.monotonic() - began < 5


def test_a_disk_that_refuses_costs_no_call(
    line: CentrexLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ETS_HOME", str(tmp_path / "file"))
    line.hang_up()


def test_a_clock_that_was_set_back_does_not_hold_up_the_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "SPACING_S", 0.01)
    with turn(LINE):
        pass
    monkeypatch.setattr(time, "time", lambda: 0.0)
    with turn(LINE) as is_ours:
        assert is_ours
