"""Queues of an Asterisk leave alone whoever is not 준비 at the desk."""

from collections.abc import Iterator

import pytest

from ets_desktop.domain.agent_states import AgentState
from ets_desktop.pbx.vendors.asterisk import pausing
from ets_desktop.pbx.vendors.asterisk.client import AmiAddress
from ets_desktop.pbx.vendors.asterisk.vendor import AsteriskVendor
from tests.pbx.ami_server import USER, AmiServer, Fields
from tests.pbx.test_asterisk import Listener, listening, ringing, server

__all__ = ["server"]

MEMBERS: list[Fields] = [
    {"Queue": "shop", "Location": "PJSIP/101"},
    {"Queue": "late", "Location": "PJSIP/101"},
    {"Queue": "freepbx", "Location": "Local/102@from-queue/n", "StateInterface": "PJSIP/102"},
    {"Queue": "agents", "Location": "Agent/7", "StateInterface": "PJSIP/103"},
    {"Queue": "odd", "Location": "Custom/door"},
]


@pytest.fixture
def link(server: AmiServer) -> Iterator[Listener]:
    server.members = MEMBERS
    with listening(server) as listener:
        listener.heard_all()
        yield listener


def paused(server: AmiServer, times: int) -> list[tuple[str, str, str]]:
    asked = server.was_asked("QueuePause", times)
    return [(one["Interface"], one["Paused"], one["Reason"]) for one in asked]


def test_a_break_pauses_the_phone_and_ready_brings_it_back(
    link: Listener, server: AmiServer
) -> None:
    link.vendor.set_state("101", AgentState.REST)
    assert paused(server, 1) == [("PJSIP/101", "true", "rest")]
    # A break after a break is one, whoever talks is spared anyway, who left may have the phone.
    for state in (AgentState.MEAL, AgentState.ON_CALL, AgentState.LOGGED_OUT):
        link.vendor.set_state("101", state)
    link.vendor.set_state("102", AgentState.WRAP_UP)
    link.vendor.set_state("103", AgentState.PROTECTED_REST)
    assert sorted(paused(server, 3)[1:]) == [
        ("Agent/7", "true", "protected_rest"),
        ("Local/102@from-queue/n", "true", "wrap_up"),
    ]
    link.vendor.set_state("101", AgentState.READY)
    assert paused(server, 4)[3:] == [("PJSIP/101", "false", "ready")]
    assert len(server.was_asked("QueueStatus")) == 1


def test_a_phone_in_no_queue_is_left_alone(link: Listener, server: AmiServer) -> None:
    link.vendor.set_state("104", AgentState.REST)
    link.vendor.set_state("101", AgentState.REST)
    assert len(paused(server, 1)) == 1


def test_after_a_cut_everybody_is_paused_anew(link: Listener, server: AmiServer) -> None:
    link.vendor.set_state("101", AgentState.REST)
    paused(server, 1)
    server.cut()
    assert paused(server, 2)[1:] == [("PJSIP/101", "true", "rest")]


def test_what_was_chosen_while_the_link_was_down_holds_once_it_is_up(server: AmiServer) -> None:
    server.members = MEMBERS
    listener = Listener(server)
    listener.vendor.set_state("101", AgentState.TRAINING)
    listener.worker.start()
    try:
        assert paused(server, 1) == [("PJSIP/101", "true", "training")]
    finally:
        listener.worker.stop()


def test_members_are_looked_for_again_after_a_while(
    link: Listener, server: AmiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pausing, "KNOWN_FOR_S", -1.0)
    link.vendor.set_state("101", AgentState.REST)
    paused(server, 1)
    server.members = [{"Queue": "new", "Location": "PJSIP/104"}]
    link.vendor.set_state("104", AgentState.REST)
    assert paused(server, 2)[1:] == [("PJSIP/104", "true", "rest")]


@pytest.mark.parametrize("action", ["QueueStatus", "QueuePause"])
def test_a_login_that_may_not_pause_loses_no_call(
    link: Listener, server: AmiServer, action: str
) -> None:
    server.refused[action] = "Permission denied"
    link.vendor.set_state("101", AgentState.REST)
    server.was_asked(action)
    server.send(*ringing("105", "next"))
    assert link.next().extension == "105"
    link.vendor.set_state("101", AgentState.MEAL)
    link.vendor.set_state("102", AgentState.NOT_READY)
    server.was_asked(action, 2)


def test_a_house_that_wants_no_pauses_has_none(server: AmiServer) -> None:
    vendor = AsteriskVendor("pbx", AmiAddress("127.0.0.1", 1, USER, ""), queue_pause=False)
    vendor.set_state("101", AgentState.REST)
    assert vendor._pausing._waiting == {}
