"""Whatever comes over the wires: no parser crashes, no call is invented, none rings for ever.

Cut, mangled, dropped, repeated and reordered; what is told may be less, never more.
"""

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ets_desktop.domain.calendar import SEOUL
from ets_desktop.domain.calls import LegEvent, LegState, Phase, fold
from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.vendors.asterisk.following import Following
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage, AmiParser
from ets_desktop.pbx.vendors.asterisk.recording import read_recording
from ets_desktop.pbx.vendors.lgu_centrex.answers import read_answer
from ets_desktop.pbx.vendors.lgu_centrex.history import inbound_row, outbound_row
from ets_desktop.pbx.vendors.lgu_centrex.ledger import GIVEN_UP_AFTER, Ledger
from ets_desktop.pbx.vendors.lgu_centrex.receiver import read_ring
from ets_desktop.pbx.vendors.lgu_ippbx.ledger import UNANSWERED_GIVEN_UP_AFTER
from ets_desktop.pbx.vendors.lgu_ippbx.ledger import Ledger as IppbxLedger
from ets_desktop.pbx.vendors.lgu_ippbx.messages import read_message
from ets_desktop.pbx.vendors.lgu_ippbx.packets import Generation, read_packet
from ets_desktop.pbx.vendors.lgu_ippbx.switchboard import Switchboard
from ets_desktop.pbx.wire.playback import play
from tests.pbx.stories import recording

BEGAN = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
TAPES = ("queue_answer", "attended_transfer_refer", "call_waiting", "c2c_answered", "ring_group")
LINES = {"07000000101": "101", "07000000102": "102"}

few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def states(events: Iterable[LegEvent]) -> dict[str, LegState]:
    """The legs as the database would have them, each step told once."""
    found: dict[str, LegState] = {}
    told: set[str] = set()
    for event in events:
        assert (event.end is not None) == (event.phase is Phase.ENDED)
        if event.event_key not in told:
            found[event.leg_key] = fold(found.get(event.leg_key), event)
        told.add(event.event_key)
    return found


def nothing_rings(events: Iterable[LegEvent]) -> bool:
    return all(state.phase is Phase.ENDED for state in states(events).values())


def heard(name: str) -> list[AmiMessage]:
    parser, recorded = AmiParser(), recording(name)
    wires = (piece.wire for piece in recorded.pieces if piece.kind == "T" and piece.text == "<")
    return [message for wire in wires for message in parser.feed(wire)]


def follow(messages: Sequence[AmiMessage]) -> list[LegEvent]:
    """A link that hears `messages`, one a second, and is told at the end that all is over."""
    following, told = Following("fuzz"), list[LegEvent]()
    told += following.surveyed(AmiMessage((), {}), (), BEGAN)
    for second, message in enumerate(messages):
        told += following.feed(message, BEGAN + timedelta(seconds=second))
    told += following.surveyed(AmiMessage((), {}), (), BEGAN + timedelta(days=1))
    assert following.legs_under_way() == frozenset()
    return told


def ids_in(messages: Iterable[AmiMessage]) -> set[str]:
    return {value for message in messages for _, value in message.pairs}


@pytest.mark.parametrize("name", TAPES)
@given(seed=st.integers(0, 2**32))
@few
def test_ami_messages_dropped_repeated_and_shuffled_invent_nobody(name: str, seed: int) -> None:
    dice, messages = random.Random(seed), heard(name)
    mixed = [message for message in messages if dice.random() > 0.1]
    mixed += dice.choices(messages, k=10)
    dice.shuffle(mixed)
    for stream in (mixed, [message for message in messages if dice.random() > 0.2]):
        told = follow(stream)
        assert nothing_rings(told)
        assert {event.leg_key for event in told} <= ids_in(messages)
        numbers = {event.number for event in told if event.number} - {"anonymous"}
        assert all(any(n in value for value in ids_in(messages)) for n in numbers)


@pytest.mark.parametrize("name", TAPES)
def test_each_ami_message_twice_tells_nothing_twice(name: str) -> None:
    messages = heard(name)
    once, twice = follow(messages), follow([one for one in messages for _ in range(2)])
    assert set(states(twice)) == set(states(once))
    for key, state in states(twice).items():
        assert (state.end, state.direction) == (states(once)[key].end, states(once)[key].direction)


@pytest.mark.parametrize("name", TAPES)
@given(seed=st.integers(0, 2**32))
@few
def test_mangled_ami_bytes_are_messages_or_nothing(name: str, seed: int) -> None:
    dice, recorded = random.Random(seed), recording(name)
    wire = bytearray(b"".join(piece.wire for piece in recorded.pieces if piece.text == "<"))
    for _ in range(dice.randrange(40)):
        place = dice.randrange(len(wire))
        wire[place : place + dice.randrange(3)] = dice.randbytes(dice.randrange(3))
    parser, messages = AmiParser(), list[AmiMessage]()
    while wire:
        cut = dice.randrange(1, 4_000)
        messages += parser.feed(bytes(wire[:cut]))
        del wire[:cut]
    told = follow(messages)
    assert nothing_rings(told)
    assert {event.leg_key for event in told} <= ids_in(messages)


@given(seed=st.integers(0, 2**32))
@few
def test_a_mangled_recording_is_played_or_refused(seed: int) -> None:
    dice = random.Random(seed)
    stamp = "2026-11-22T10:00:00+09:00"
    rows = '{"answer":"getinboundcall","rows":[{"TIME":"2026-11-22 10:00:00","SRC":"01000000001"}]}'
    text = bytearray(
        f'#S {stamp} +0 wire log of lgu_centrex\n{{"lines":{{"07000000101":"101"}},"own":"101"}}\n'
        f'#T {stamp} +1 <\n{{"ring":["01000000001","07000000101",""]}}\n'
        f'#T {stamp} +2 >\n{{"dial":"01000000002","key":"a"}}\n#T {stamp} +3 <\n{rows}\n'.encode()
    )
    for _ in range(dice.randrange(6)):
        place = dice.randrange(len(text))
        text[place : place + dice.randrange(3)] = dice.randbytes(dice.randrange(3))
    try:
        told = [event for _, some in play(read_recording(bytes(text)), "fuzz") for event in some]
    except EtsError:
        return
    assert len(states(told)) <= 3


number = st.sampled_from(["01000001234", "01000004321", "anonymous", "", "0", "300", "07000000102"])
line = st.sampled_from(["07000000101", "07000000102", "0510000000", "", "10231234"])
status = st.sampled_from(["ANSWERED", "NO ANSWER", "CANCEL", "BUSY", "FAILED", "?", "OK", "FAIL"])
second = st.integers(-300, 4_000)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("ring"), number, line, st.sampled_from(["", "101", "302"])),
        st.tuples(st.just("dial"), number),
        st.tuples(st.just("lifted")),
        st.tuples(st.just("refused")),
        st.tuples(st.just("unsure")),
        st.tuples(st.just("in"), number, line, status, second, st.integers(0, 600)),
        st.tuples(st.just("out"), number, line, status, second, st.integers(0, 600)),
        st.tuples(st.just("wait"), st.integers(0, 1_000)),
    ),
    max_size=25,
)


def row(number: str, line: str, status: str, began: int, lasted: int) -> dict[str, str]:
    at = (BEGAN + timedelta(seconds=began)).astimezone(SEOUL).strftime("%Y-%m-%d %H:%M:%S")
    told = {"TIME": at, "SRC": number, "DST": line, "STATUS": status, "DURATION": str(lasted)}
    return told if status not in ("OK", "FAIL") else told | {"SRC": line, "DST": number}


@given(steps)
@few
def test_a_centrex_line_tells_no_more_calls_than_it_heard_of(
    steps: list[tuple[object, ...]],
) -> None:
    ledger, told, now = Ledger("fuzz", LINES, "101", BEGAN), list[LegEvent](), BEGAN
    dialled: list[str] = []
    for step in [*steps, *(one for one in steps if one[0] == "in")]:
        match step:
            case ("ring", str(sender), str(receiver), str(inner)):
                ring = read_ring(
                    urlencode(
                        {"sender": sender, "receiver": receiver, "kind": 1, "inner_num": inner}
                    )
                )
                assert ring is not None
                told += ledger.ring(ring, now)
            case ("dial", str(wanted)):
                dialled.append(f"dial-{len(dialled)}")
                told.append(ledger.dial(dialled[-1], wanted, now))
            case ("lifted",) if dialled:
                told += ledger.lifted(dialled[-1], now)
            case ("refused",) if dialled:
                told += ledger.refused(dialled[-1], now)
            case ("unsure",) if dialled:
                ledger.unsure(dialled[-1], now)
            case ("in" | "out" as kind, str(who), str(where), str(how), int(began), int(lasted)):
                read = inbound_row if kind == "in" else outbound_row
                past = read(row(who, where, how, began, lasted))
                assert past is not None
                told += ledger.reconcile((past, past), now)
            case ("wait", int(seconds)):
                now += timedelta(seconds=seconds)
                told += ledger.grow_old(now)
    told += ledger.grow_old(now + GIVEN_UP_AFTER)
    assert nothing_rings(told)
    assert ledger.legs_under_way() == frozenset()
    heard_of = sum(step[0] in ("ring", "dial") for step in steps)
    past_calls = {step[1:] for step in steps if step[0] == "in"}
    assert len(states(told)) <= heard_of + len(past_calls)
    assert {event.extension for event in told} <= {"101", "102"}
    keys = [event.event_key for event in told if ":dial-" not in event.event_key]
    assert len(keys) == len(set(keys))


@given(st.text(max_size=200) | st.binary(max_size=100).map(lambda raw: raw.decode("latin-1")))
@few
def test_any_query_is_a_ring_or_none(query: str) -> None:
    ring = read_ring(query)
    assert ring is None or "kind=1" in query.replace("%31", "1") or "%" in query or "+" in query


@given(st.binary(max_size=120), st.integers(0, 60), st.binary(max_size=4))
@few
def test_any_answer_is_rows_or_a_known_error(raw: bytes, place: int, hit: bytes) -> None:
    whole = b'{"SVC_RT":"0000","DATAS":[{"SRC":"01000001234","TIME":"x"}]}'
    for body in (raw, whole[:place] + hit + whole[place + 1 :], whole[:place]):
        try:
            read_answer("getinboundcall", body)
        except EtsError:
            continue


kinds = st.sampled_from(["IR", "ID", "OR", "OD", "PICKUP", "I", "O", "", "null", "XX"])
calls = st.sampled_from(["1763772000.1", "1763772000.2", "1763772900.9", "", "7", "1.2.3"])
parties = st.sampled_from(["01000001234", "4491", "null", "", "07000003900", "302"])
messages = st.lists(
    st.tuples(
        st.sampled_from(["CALLEVENT", "HANGUPEVENT"]),
        kinds,
        parties,
        parties,
        calls,
        calls,
        st.integers(0, 200),
    ),
    max_size=25,
)


@given(messages, st.booleans())
@few
def test_an_ippbx_extension_tells_no_more_calls_than_it_heard_of(
    messages: list[tuple[str, str, str, str, str, str, int]], recovering: bool
) -> None:
    ledger, told, now = IppbxLedger("fuzz", "4491", Switchboard()), list[LegEvent](), BEGAN
    for name, kind, one, other, first, last, passed in messages:
        text = f"{name}|KIND:{kind}|DATA1:{one}|DATA2:{other}|DATA3:|DATA7:{first}|DATA8:{last}"
        message = read_message(text)
        assert message is not None
        now += timedelta(seconds=passed)
        for _ in range(2):
            if name == "CALLEVENT":
                told += ledger.call(message, now, recovering=recovering)
            else:
                told += ledger.hang_up(message, now)
        told += ledger.grow_old(now)
    told += ledger.grow_old(now + UNANSWERED_GIVEN_UP_AFTER)
    ids = {key for *_, first, last, _ in messages for key in (first, last)}
    assert {event.leg_key for event in told} <= ids
    assert {event.extension for event in told} <= {"4491"}
    # Whoever talks is not given up by time; nobody rings or dials any more.
    assert {state.phase for state in states(told).values()} <= {Phase.TALKING, Phase.ENDED}
    told += ledger.give_up(now)
    assert nothing_rings(told)


@given(st.text(max_size=120), st.sampled_from(list(Generation)))
@few
def test_any_frame_and_any_text_is_read_or_left(text: str, generation: Generation) -> None:
    for frame in (text, f"42{text}", f'42["svcmsg",{text}]', f"5:::{text}"):
        read_packet(generation, frame)
    read_message(text)
