"""Every recorded stream tells its story, in whatever pieces and order it arrives."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from ets_desktop.domain.calls import LegEvent, tell
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage, AmiParser
from ets_desktop.pbx.vendors.asterisk.recording import Piece, Recording
from ets_desktop.pbx.vendors.asterisk.tracker import Tracker
from tests.pbx.stories import ending, events_of, expected, recording, silent_party, stories_of

EXPECTED = expected()
EXTRA = expected("ami_extra")


@pytest.mark.parametrize("name", EXPECTED)
def test_a_recorded_stream_tells_its_story(name: str) -> None:
    assert stories_of(recording(name)) == EXPECTED[name]


@pytest.mark.parametrize("name", EXTRA)
def test_our_own_recordings_tell_what_was_done(name: str) -> None:
    assert stories_of(recording(name, "ami_extra")) == EXTRA[name]


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("c2c_agent_decline", "agent"),
        ("c2c_agent_noanswer", "agent"),
        ("c2c_customer_busy", "customer"),
        ("c2c_customer_noanswer", "customer"),
    ],
)
def test_a_click_to_call_says_which_side_did_not_answer(name: str, who: str) -> None:
    assert silent_party(recording(name)) == [who]


@pytest.mark.parametrize(
    ("name", "caller"),
    [("cid_korean_name", "김정민 (서울)"), ("cid_cp949_name", "김정민"), ("cid_plus82", None)],
)
def test_the_callers_name_is_readable(name: str, caller: str | None) -> None:
    assert {event.caller_name for event in events_of(recording(name))} == {caller}


Heard = tuple[float, AmiMessage]


def heard(recorded: Recording) -> list[Heard]:
    parser = AmiParser()
    return [
        (piece.seconds, message)
        for piece in recorded.pieces
        if piece.kind == "T" and piece.text == "<"
        for message in parser.feed(piece.wire)
    ]


def track(recorded: Recording, messages: Iterable[Heard]) -> list[LegEvent]:
    tracker = Tracker("test")
    events: list[LegEvent] = []
    for seconds, message in messages:
        events += tracker.feed(message, recorded.began + timedelta(seconds=seconds))
    return events


#: Streams with one connection from beginning to end.
STEADY = [name for name in EXPECTED if not name.startswith(("ami_cut", "restart", "burst"))]


@pytest.mark.parametrize("name", STEADY)
def test_a_message_that_comes_twice_changes_nothing(name: str) -> None:
    recorded = recording(name)
    once = heard(recorded)
    twice = [message for message in once for _ in range(2)]
    assert track(recorded, twice) == track(recorded, once)


def shuffled_within_a_millisecond(messages: list[Heard], seed: int) -> list[Heard]:
    """Each message may overtake those of the same millisecond; a Newchannel comes first."""
    dice = random.Random(seed)
    by_time: dict[int, list[Heard]] = {}
    for second, message in messages:
        by_time.setdefault(int(second * 1000), []).append((second, message))
    mixed: list[Heard] = []
    for group in by_time.values():
        seconds = [second for second, _ in group]
        dice.shuffle(group)
        group.sort(key=lambda one: one[1].event != "Newchannel")
        mixed += [(second, one[1]) for second, one in zip(seconds, group, strict=True)]
    return mixed


def gist(recorded: Recording, events: list[LegEvent]) -> list[tuple[object, ...]]:
    """The stories without phases that lasted under 10 ms, for those may fall away."""
    told = []
    for story in tell(events, recorded.began):
        lasting = [
            str(phase)
            for number, (second, phase) in enumerate(story.phases)
            if number + 1 == len(story.phases) or story.phases[number + 1][0] - second > 0.01
        ]
        facts = (story.extension, story.direction, story.number, story.dialled, story.queue)
        told.append((*facts, lasting, ending(story)))
    return sorted(told, key=str)


@pytest.mark.parametrize("name", [*STEADY, "burst50"])
@pytest.mark.parametrize("seed", range(3))
def test_the_order_within_a_millisecond_does_not_matter(name: str, seed: int) -> None:
    recorded = recording(name)
    messages = heard(recorded)
    mixed = shuffled_within_a_millisecond(messages, seed)
    assert gist(recorded, track(recorded, mixed)) == gist(recorded, track(recorded, messages))


@pytest.mark.parametrize("name", ["direct_answer", "cid_korean_name", "cid_cp949_name"])
@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_the_wire_may_be_cut_at_every_byte(name: str, size: int) -> None:
    recorded = recording(name)
    pieces: list[Piece] = []
    for piece in recorded.pieces:
        cuts = range(0, len(piece.wire), size) if piece.text == "<" else [0]
        width = size if piece.text == "<" else len(piece.wire)
        pieces += [replace(piece, wire=piece.wire[cut : cut + width]) for cut in cuts]
    assert stories_of(replace(recorded, pieces=tuple(pieces))) == stories_of(recorded)


@pytest.mark.parametrize("name", STEADY)
def test_joining_anywhere_invents_no_call_and_leaves_none_ringing(name: str) -> None:
    recorded = recording(name)
    messages = heard(recorded)
    known = {(e.extension, e.leg_key) for e in track(recorded, messages)}
    for start in range(0, len(messages), 3):
        events = track(recorded, messages[start:])
        assert {(e.extension, e.leg_key) for e in events} <= known
        ended = {event.leg_key for event in events if event.end is not None}
        assert ended == {event.leg_key for event in events}


def test_a_second_run_reports_the_same_steps_under_the_same_keys() -> None:
    recorded = recording("attended_transfer_refer")
    keys = [event.event_key for event in events_of(recorded)]
    assert keys == [event.event_key for event in events_of(recorded)]
    assert len(set(keys)) == len(keys)
