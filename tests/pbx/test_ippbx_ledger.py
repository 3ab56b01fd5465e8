"""What becomes of a 클콜 extension's calls, whatever order their messages come in."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from ets_desktop.domain.calls import (
    UNANSWERED_BY,
    Direction,
    End,
    LegEvent,
    Phase,
    next_phase_allowed,
)
from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.protocol import KnownLeg
from ets_desktop.pbx.vendors.lgu_ippbx.ledger import UNANSWERED_GIVEN_UP_AFTER, Ledger
from ets_desktop.pbx.vendors.lgu_ippbx.messages import read_message
from ets_desktop.pbx.vendors.lgu_ippbx.options import Connector, IppbxOptions, Password
from ets_desktop.pbx.vendors.lgu_ippbx.packets import Generation, Kind, read_packet
from ets_desktop.pbx.vendors.lgu_ippbx.session import Session
from ets_desktop.pbx.vendors.lgu_ippbx.states import AgentCode
from ets_desktop.pbx.vendors.lgu_ippbx.switchboard import Switchboard, is_sibling, switchboard_of
from ets_desktop.pbx.vendors.lgu_ippbx.tape import Tape
from ets_desktop.settings import GatewayLink
from tests.pbx.ippbx_server import EXTENSION, LINE, PEER, call_id, dialled, hung_up, ring

CALLER = "01000001234"
NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
BEGAN = NOW.timestamp()


class Phone:
    """One extension's calls; `says` gives what a message tells."""

    def __init__(self, extension: str = EXTENSION, board: Switchboard | None = None) -> None:
        self.ledger = Ledger("office", extension, board or Switchboard())
        self.at = NOW
        self.recovering = self.busy = False

    def says(self, *texts: str) -> list[tuple[Phase, End | None]]:
        return [(event.phase, event.end) for text in texts for event in self.hear(text)]

    def hear(self, text: str) -> Iterator[LegEvent]:
        message = read_message(text)
        assert message is not None
        if message.name == "CALLEVENT":
            yield from self.ledger.call(
                message, self.at, recovering=self.recovering, busy=self.busy
            )
        else:
            yield from self.ledger.hang_up(message, self.at)

    def later(self, span: timedelta) -> list[tuple[Phase, End | None]]:
        self.at += span
        return [(event.phase, event.end) for event in self.ledger.grow_old(self.at)]


RINGING = (Phase.RINGING, None)
DIALLING = (Phase.DIALLING, None)
TALKING = (Phase.TALKING, None)


def ended(end: End) -> tuple[Phase, End | None]:
    return Phase.ENDED, end


@pytest.fixture
def phone() -> Phone:
    return Phone()


def test_what_comes_late_brings_no_call_back(phone: Phone) -> None:
    call = call_id(BEGAN)
    assert phone.says(ring(call, CALLER, "ID"), ring(call, CALLER)) == [TALKING]
    assert phone.says(hung_up(call, CALLER), hung_up(call, CALLER)) == [ended(End.COMPLETED)]
    assert phone.says(ring(call, CALLER), ring(call, CALLER, "ID")) == []


def test_a_call_picked_up_from_a_colleague_is_talked_at_once(phone: Phone) -> None:
    call = call_id(BEGAN)
    assert phone.says(ring(call, CALLER, "PICKUP")) == [TALKING]


@pytest.mark.parametrize(
    ("data", "number"),
    [
        ({"DATA1": EXTENSION, "DATA2": CALLER, "DATA3": LINE}, CALLER),
        ({"DATA1": LINE, "DATA2": EXTENSION, "DATA3": CALLER}, CALLER),
        ({"DATA1": CALLER, "DATA2": EXTENSION, "DATA3": PEER}, CALLER),
        ({"DATA1": EXTENSION, "DATA2": EXTENSION, "DATA3": "null"}, None),
    ],
)
def test_whom_a_call_from_here_is_to(
    data: dict[str, str], number: str | None, phone: Phone
) -> None:
    phone.ledger.peer = PEER
    (event,) = phone.hear(ring(call_id(BEGAN), "", "OR", **data))
    assert (event.direction, event.number, event.dialled) == (Direction.OUT, number, None)


@pytest.mark.parametrize("sender", ["", "null", "anonymous", "발신번호표시제한", "00000000"])
def test_a_withheld_caller_rings_without_a_number(sender: str, phone: Phone) -> None:
    (event,) = phone.hear(ring(call_id(BEGAN), sender))
    assert (event.phase, event.number) == (Phase.RINGING, None)


@pytest.mark.parametrize(
    ("cause", "end"),
    [("BUSY", End.BUSY), ("noanswer", End.NO_ANSWER), ("2", End.ABANDONED), ("", End.ABANDONED)],
)
def test_a_cause_says_why_nobody_answered(cause: str, end: End, phone: Phone) -> None:
    call = call_id(BEGAN)
    assert phone.says(ring(call, CALLER), hung_up(call, CALLER, DATA8=cause)) == [
        RINGING,
        ended(end),
    ]


def test_a_ring_of_which_no_end_is_heard_is_given_up_and_a_talk_is_not(phone: Phone) -> None:
    call, talk = call_id(BEGAN), call_id(BEGAN)
    phone.says(ring(call, CALLER), ring(talk, CALLER, "ID"))
    assert phone.later(UNANSWERED_GIVEN_UP_AFTER - timedelta(seconds=1)) == []
    assert phone.later(timedelta(seconds=1)) == [ended(End.LOST)]
    assert phone.later(timedelta(hours=30)) == []
    assert phone.ledger.legs_under_way() == {talk}
    # What the PBX says at last is believed for as long as the call is remembered.
    other = call_id(BEGAN)
    phone.says(ring(other, CALLER))
    assert phone.later(UNANSWERED_GIVEN_UP_AFTER) == [ended(End.LOST)]
    assert phone.says(hung_up(other, CALLER)) == [ended(End.ABANDONED)]


def test_the_end_of_a_sibling_is_the_end_of_the_call(phone: Phone) -> None:
    call = f"{BEGAN:.0f}.70"
    phone.says(ring(call, CALLER))
    assert phone.says(hung_up(f"{BEGAN:.0f}.71", CALLER)) == [ended(End.ABANDONED)]
    assert phone.says(hung_up(f"{BEGAN:.0f}.69", CALLER)) == []
    assert not is_sibling("wish-1", call)


def test_a_call_of_which_only_the_end_is_heard_did_happen(phone: Phone) -> None:
    assert phone.says(hung_up(f"{BEGAN:.0f}.10", CALLER)) == [ended(End.ABANDONED)]
    recorded = hung_up(f"{BEGAN:.0f}.20", CALLER, DATA13="a.MP3")
    assert phone.says(recorded) == [TALKING, ended(End.COMPLETED)]
    (event,) = phone.hear(hung_up(f"{BEGAN:.0f}.30", CALLER, "O"))
    assert (event.end, dict(event.details)) == (End.NO_ANSWER, {UNANSWERED_BY: "customer"})
    assert phone.says(hung_up(f"{BEGAN:.0f}.40", CALLER, "X")) == []


def test_what_is_told_again_after_a_cut_may_be_history(phone: Phone) -> None:
    phone.recovering = True
    assert phone.says(ring(call_id(BEGAN - 170), CALLER)) == [RINGING]
    assert phone.says(ring(call_id(BEGAN - 190), CALLER)) == []
    assert phone.says(ring(call_id(BEGAN - 60), CALLER, "ID")) == []
    phone.busy = True
    assert phone.says(ring(call_id(BEGAN - 3 * 3600), CALLER, "ID")) == [TALKING]
    assert phone.says(ring(call_id(BEGAN - 5 * 3600), CALLER, "ID")) == []


def test_a_talk_that_only_a_recovery_told_ends_when_the_agent_is_free(phone: Phone) -> None:
    kept, over, rings = call_id(BEGAN), call_id(BEGAN), call_id(BEGAN)
    phone.says(ring(kept, CALLER, "ID"), ring(over, CALLER, "ID"))
    phone.recovering = True
    assert phone.says(ring(over, CALLER, "ID"), ring(rings, CALLER)) == [RINGING]
    told = [(event.leg_key, event.end) for event in phone.ledger.idle(NOW)]
    assert told == [(over, End.LOST)]
    assert phone.ledger.legs_under_way() == {kept, rings}


@pytest.mark.parametrize("answered_first", [True, False])
def test_a_call_that_a_colleague_took_was_not_missed(answered_first: bool) -> None:
    board = Switchboard()
    mine, theirs = Phone(board=board), Phone("102", board)
    call = call_id(BEGAN)
    assert mine.says(ring(call, CALLER)) == theirs.says(ring(call, CALLER)) == [RINGING]
    if answered_first:
        theirs.says(ring(call, CALLER, "ID"))
        assert mine.says(hung_up(call, CALLER)) == [ended(End.ANSWERED_ELSEWHERE)]
    else:
        assert mine.says(hung_up(call, CALLER)) == [ended(End.ABANDONED)]
        theirs.says(ring(call, CALLER, "ID"))
        assert mine.later(timedelta(seconds=1)) == [ended(End.ANSWERED_ELSEWHERE)]
    assert mine.later(timedelta(seconds=1)) == []
    assert theirs.says(hung_up(call, CALLER)) == [ended(End.COMPLETED)]
    # Long over, it is forgotten.
    mine.later(timedelta(days=2))
    assert not board.is_taken(call, EXTENSION)


def test_what_an_earlier_run_told_is_known(phone: Phone) -> None:
    talks, over = call_id(BEGAN), call_id(BEGAN)
    known = KnownLeg(talks, talks, EXTENSION, Direction.IN, Phase.TALKING, None, CALLER, LINE, NOW)
    told = (f"office:{over}:talking", f"office:{over}:ended:lost")
    lost = replace(known, leg_key=over, phase=Phase.ENDED, end=End.LOST, event_keys=told)
    phone.ledger.remember([replace(known, event_keys=(f"office:{talks}:talking",)), lost])
    assert phone.ledger.legs_under_way() == {talks}
    assert phone.says(ring(talks, CALLER, "ID"), ring(over, CALLER)) == []
    assert phone.says(hung_up(talks, CALLER), hung_up(over, CALLER)) == [ended(End.COMPLETED)] * 2


def test_the_links_of_one_pbx_share_what_they_hear() -> None:
    assert switchboard_of("host", "shop") is switchboard_of("host", "shop")
    assert switchboard_of("host", "shop") is not switchboard_of("host", "other")


def test_a_call_that_was_long_over_is_forgotten(phone: Phone) -> None:
    call = call_id(BEGAN)
    phone.says(ring(call, CALLER), hung_up(call, CALLER))
    phone.later(timedelta(days=2))
    assert phone.says(ring(call, CALLER)) == [RINGING]


def framed(generation: Generation, text: str) -> str:
    if generation is Generation.FIRST:
        return f"5:::{json.dumps({'name': 'svcmsg', 'args': [text]})}"
    return f"42{json.dumps(['svcmsg', text], ensure_ascii=False)}"


def stories(dice: random.Random) -> dict[str, list[str]]:
    """The messages of some calls, by their id."""
    calls = [f"{BEGAN:.0f}.{number}" for number in dice.sample(range(100, 900, 10), 4)]
    return {
        calls[0]: [ring(calls[0], CALLER), ring(calls[0], CALLER, "ID"), hung_up(calls[0], CALLER)],
        calls[1]: [ring(calls[1], "anonymous"), hung_up(calls[1], "anonymous")],
        calls[2]: [
            dialled(calls[2], "01000005678"),
            dialled(calls[2], "01000005678", "OD"),
            hung_up(calls[2], "01000005678", "O"),
        ],
        calls[3]: [ring(calls[3], CALLER)],
    }


def spoilt(frames: list[str], dice: random.Random) -> list[str]:
    """Cut, repeated, lost, in another order; now and then what was never one."""
    spoilt = [frame for frame in frames if dice.random() > 0.1]
    spoilt += [frame for frame in frames if dice.random() < 0.2]
    spoilt += [frame[: dice.randrange(len(frame))] for frame in frames if dice.random() < 0.3]
    spoilt += [frame[dice.randrange(1, len(frame)) :] for frame in frames if dice.random() < 0.3]
    spoilt += ["".join(chr(dice.randrange(1, 256)) for _ in range(dice.randrange(40)))]
    if dice.random() < 0.7:
        dice.shuffle(spoilt)
    return spoilt


def garbled(frame: str, dice: random.Random) -> str:
    """With some of its letters changed."""
    letters = list(frame)
    for _ in range(dice.randrange(4)):
        letters[dice.randrange(len(letters))] = chr(dice.choice([0, 10, 34, 58, 91, 124, 0xAC00]))
    return "".join(letters)


class Listening:
    """A session that is fed frames, and what it told."""

    def __init__(self, generation: Generation, secret: Path) -> None:
        link = GatewayLink("office", "lgu_ippbx", {"password_sha512_file": str(secret)})
        connector = Connector("127.0.0.1", 1, tls=False)
        options = IppbxOptions(link, connector, "shop", "agent101", EXTENSION, "", 0)
        self.generation = generation
        self.ledger = Ledger("office", EXTENSION, Switchboard())
        self.events: list[LegEvent] = []
        self.session = Session(
            options, Password("", None), self.ledger, AgentCode(), self.events.extend, Tape()
        )

    def hear(self, frame: str) -> None:
        packet = read_packet(self.generation, frame)
        if packet.kind is Kind.EVENT:
            try:
                self.session.hear(packet.name, packet.args)
            except EtsError:
                return  # a garbled goodbye is one all the same


@pytest.mark.parametrize("generation", Generation)
@pytest.mark.parametrize("seed", range(40))
def test_nothing_that_comes_over_the_wire_invents_a_call_or_leaves_one_ringing(
    generation: Generation, seed: int, tmp_path: Path
) -> None:
    dice = random.Random(f"{generation}-{seed}")
    listening = Listening(generation, tmp_path)
    told = stories(dice)
    frames = [framed(generation, text) for texts in told.values() for text in texts]
    for frame in spoilt(frames, dice):
        listening.hear(frame)
    keys = {event.leg_key for event in listening.events}
    assert keys <= set(told)
    listening.events += listening.ledger.grow_old(datetime.now(UTC) + UNANSWERED_GIVEN_UP_AFTER)
    assert len({event.event_key for event in listening.events}) == len(listening.events)
    for key in keys:
        events = [event for event in listening.events if event.leg_key == key]
        steps = [event.phase for event in events]
        assert all(one is two or next_phase_allowed(one, two) for one, two in pairwise(steps))
        assert events[-1].phase in (Phase.TALKING, Phase.ENDED)


@pytest.mark.parametrize("generation", Generation)
@pytest.mark.parametrize("seed", range(40))
def test_nothing_that_is_garbled_breaks_anything(
    generation: Generation, seed: int, tmp_path: Path
) -> None:
    dice = random.Random(f"{generation}-{seed}")
    listening = Listening(generation, tmp_path)
    frames = [framed(generation, text) for texts in stories(dice).values() for text in texts]
    for frame in spoilt(frames, dice) * 2:
        listening.hear(garbled(frame, dice) if frame else frame)
    listening.events += listening.ledger.grow_old(datetime.now(UTC) + UNANSWERED_GIVEN_UP_AFTER)
    last = {event.leg_key: event.phase for event in listening.events}
    assert set(last.values()) <= {Phase.TALKING, Phase.ENDED}
