"""What no recording shows: rubbish, half-known calls, settings of other switchboards."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ets_desktop.domain.calls import Direction, End, LegEvent, Phase
from ets_desktop.pbx.protocol import KnownLeg
from ets_desktop.pbx.vendors.asterisk.channels import extension_of
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage
from ets_desktop.pbx.vendors.asterisk.tracker import Tracker
from tests.pbx.stories import recording
from tests.pbx.test_recordings import heard

BEGAN = datetime(2026, 11, 21, tzinfo=UTC)


def message(event: str, **fields: str) -> AmiMessage:
    pairs = (("Event", event), *fields.items())
    return AmiMessage(pairs, dict(pairs))


def of(
    prefix: str, uniqueid: str, name: str, linkedid: str = "t.1", **fields: str
) -> dict[str, str]:
    """The fields by which a message names a channel."""
    named = {"Uniqueid": uniqueid, "Channel": name, "Linkedid": linkedid, **fields}
    return {f"{prefix}{key}": value for key, value in named.items()}


TRUNK = of("", "t.1", "PJSIP/trunk-00000001", CallerIDNum="01000001234", Exten="0212340101")
PHONE = of("Dest", "t.2", "PJSIP/101-00000002")
LEG = of("", "t.2", "PJSIP/101-00000002")


def track(messages: Iterable[AmiMessage], tracker: Tracker | None = None) -> list[LegEvent]:
    tracker = tracker or Tracker("test")
    events: list[LegEvent] = []
    for number, one in enumerate(messages):
        events += tracker.feed(one, BEGAN + timedelta(seconds=number))
    return events


def rings(**dial: str) -> list[AmiMessage]:
    return [
        message("Newchannel", **TRUNK, ChannelState="4"),
        message("DialBegin", **{**TRUNK, **PHONE, **dial}),
        message("Newstate", **LEG, ChannelState="5", ConnectedLineNum="01000001234"),
    ]


def hangs_up(cause: str = "16") -> AmiMessage:
    return message("Hangup", **LEG, Cause=cause)


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("PJSIP/101-0000002a", "101"),
        ("SIP/1001-0000002a", "1001"),
        ("PJSIP/101", "101"),
        ("PJSIP/trunk-00000001", None),
        ("PJSIP/07000001234-00000001", None),
        ("Local/101@from-agents-00000001;1", None),
        ("Message/ast_msg_queue", None),
        ("", None),
    ],
)
def test_phones_are_known_by_their_channels(name: str, extension: str | None) -> None:
    assert extension_of(name) == extension


def test_events_of_an_unknown_kind_and_broken_ones_tell_nothing() -> None:
    odd = [message("Moon"), message(""), message("Hangup"), message("BridgeEnter", Channel="x")]
    odd += [message(kind) for kind in ("DialBegin", "DialEnd", "Pickup", "OriginateResponse")]
    odd += [message(kind, Result="Success") for kind in ("BlindTransfer", "AttendedTransfer")]
    odd += [message(kind) for kind in ("QueueCallerJoin", "QueueCallerLeave", "AgentCalled")]
    odd += [message(kind) for kind in ("Newchannel", "Newstate", "Hold", "Unhold", "BridgeLeave")]
    assert track(odd) == []


def test_a_withheld_number_is_withheld_where_the_switchboard_says_so() -> None:
    hidden = {"ChanVariable": "CALLERID(pres)=prohib_not_screened", "CallerIDName": "김정민"}
    (event,) = track(rings(**hidden))
    assert (event.number, event.caller_name) == ("anonymous", None)


def test_a_ring_without_its_dial_is_told_and_corrected_by_it() -> None:
    begin, dial, ringing = rings(CallerIDName="김정민")
    told, corrected = track([begin, ringing, dial])
    assert (told.phase, told.number, told.caller_name) == (Phase.RINGING, "01000001234", None)
    assert (corrected.phase, corrected.caller_name) == (Phase.RINGING, "김정민")
    assert told.event_key != corrected.event_key


def test_a_queue_heard_of_late_is_added() -> None:
    joined = message("QueueCallerJoin", **TRUNK, Queue="support")
    (_, corrected) = track([*rings(), joined])
    assert corrected.queue == "support"


@pytest.mark.parametrize(
    ("status", "cause", "end"),
    [
        ("NOANSWER", "0", End.NO_ANSWER),
        ("CANCEL", "16", End.ABANDONED),
        ("BUSY", "17", End.BUSY),
        ("CHANUNAVAIL", "20", End.NOT_REACHABLE),
        ("CONGESTION", "34", End.NOT_REACHABLE),
        ("ANSWER", "16", End.ABANDONED),
        ("", "26", End.ANSWERED_ELSEWHERE),
        ("", "0", End.ABANDONED),
    ],
)
def test_how_a_ring_ends(status: str, cause: str, end: End) -> None:
    dial_end = message("DialEnd", **TRUNK, **PHONE, DialStatus=status)
    assert track([*rings(), dial_end, hangs_up(cause)])[-1].end is end


def test_a_dial_end_after_the_hangup_corrects_the_end() -> None:
    dial_end = message("DialEnd", **TRUNK, **PHONE, DialStatus="CHANUNAVAIL")
    events = track([*rings(), hangs_up(), dial_end])
    assert [event.end for event in events] == [None, End.ABANDONED, End.NOT_REACHABLE]
    assert events[1].at == events[2].at


def test_a_forgotten_channel_does_not_come_back() -> None:
    tracker = Tracker("test")
    track([*rings(), hangs_up()], tracker)
    later = BEGAN + timedelta(minutes=5)
    other = of("", "t.9", "PJSIP/102-00000009", "t.9")
    tracker.feed(message("Newchannel", **other, ChannelState="0"), later)
    tracker.feed(message("Hangup", **other, Cause="16"), later)
    assert tracker.feed(hangs_up(), later) == ()


def test_a_forgotten_local_pair_may_have_successors_of_the_same_name() -> None:
    tracker = Tracker("test")
    pair = "Local/101@queue-00000001;1"
    for number in range(2):
        channel = of("", f"l.{number}", pair, f"l.{number}")
        at = BEGAN + timedelta(seconds=number)
        tracker.feed(message("Newchannel", **channel, ChannelState="0"), at)
        tracker.feed(message("Hangup", **channel, Cause="16"), at)
    later = of("", "z.1", "PJSIP/trunk-00000009", "z.1")
    assert tracker.feed(message("Hangup", **later, Cause="16"), BEGAN + timedelta(hours=1)) == ()


def test_what_was_lost_is_not_brought_back_by_late_messages() -> None:
    tracker = Tracker("test")
    track(rings(), tracker)
    (lost,) = tracker.disconnected(BEGAN + timedelta(minutes=1))
    assert lost.end is End.LOST
    assert tracker.disconnected(BEGAN + timedelta(minutes=1)) == ()
    assert track([*rings(), hangs_up()], tracker) == []


def test_the_dead_are_remembered_within_bounds() -> None:
    tracker = Tracker("test")
    for number in range(5_100):
        channel = of("", f"x.{number}", f"PJSIP/trunk-{number:08x}", f"x.{number}")
        tracker.feed(message("Newchannel", **channel, ChannelState="4"), BEGAN)
    tracker.disconnected(BEGAN)
    assert len(tracker._exchange.dead) == 5_000


def test_an_unanswerable_click_to_call_is_told_once() -> None:
    refused = message(
        "OriginateResponse",
        ActionID="a-1",
        Uniqueid="<null>",
        Response="Failure",
        Channel="PJSIP/104",
        Exten="01000001234",
        Reason="0",
    )
    (event,) = track([refused, refused])
    assert (event.extension, event.direction, event.end) == (
        "104",
        Direction.OUT,
        End.NOT_REACHABLE,
    )
    assert event.number == "01000001234"


def test_an_answer_to_somebody_elses_originate_tells_nothing() -> None:
    fine = message("OriginateResponse", Uniqueid="z.1", Response="Success", Channel="PJSIP/104")
    other = message("OriginateResponse", Uniqueid="z.2", Response="Failure", Channel="PJSIP/trunk")
    assert track([fine, other]) == []


def test_our_click_to_call_rings_as_such_before_anybody_says_who_dialled() -> None:
    ring = message("Newstate", ChannelState="5", **of("", "ets-1", "PJSIP/101-00000002", "ets-1"))
    (told,) = track([ring])
    assert told.direction is Direction.OUT


ORIGINATED = of("Dest", "t.2", "PJSIP/101-00000002", "t.2")


def originated(*rest: AmiMessage) -> LegEvent:
    dial = message("DialBegin", **ORIGINATED)
    ringing = message("Newstate", **of("", "t.2", "PJSIP/101-00000002", "t.2"), ChannelState="5")
    return track([dial, ringing, *rest])[-1]


@pytest.mark.parametrize(
    ("reason", "end"), [("5", End.BUSY), ("8", End.NOT_REACHABLE), ("3", End.NO_ANSWER)]
)
def test_the_reason_of_an_originate_says_how_it_failed(reason: str, end: End) -> None:
    failed = message(
        "OriginateResponse", Uniqueid="t.2", Response="Failure", Exten="s", Reason=reason
    )
    told = originated(failed, hangs_up("0"))
    assert (told.end, told.details) == (end, {"unanswered_by": "agent"})


def test_a_transfer_that_failed_is_none() -> None:
    enter = [
        message("BridgeEnter", **LEG, BridgeUniqueid="b", BridgeNumChannels="1"),
        message("BridgeEnter", **TRUNK, BridgeUniqueid="b", BridgeNumChannels="2"),
    ]
    failed = [
        message("BlindTransfer", Result="Fail", **of("Transferer", "t.2", "PJSIP/101-00000002")),
        message("AttendedTransfer", Result="Fail"),
    ]
    assert track([*rings(), *enter, *failed, hangs_up()])[-1].end is End.COMPLETED


def test_a_picked_up_call_nobody_saw_ring_is_still_a_call() -> None:
    taker = of("", "t.5", "PJSIP/103-00000005", "t.5", Exten="*8101")
    rang = of("Target", "t.2", "PJSIP/101-00000002")
    shown = {"ConnectedLineNum": "01000001234"}
    events = track(
        [
            message("Newchannel", **taker, ChannelState="4"),
            message("Pickup", **taker, **rang, **shown),
        ]
    )
    (event,) = events
    assert (event.direction, event.phase) == (Direction.IN, Phase.DIALLING)
    assert (event.number, event.at) == ("01000001234", BEGAN)


def test_a_feature_code_that_rings_somebody_is_a_call() -> None:
    dials = of("", "t.5", "PJSIP/103-00000005", "t.5", Exten="*72102")
    begin = message("DialBegin", **dials, **of("Dest", "t.6", "PJSIP/trunk-00000006", "t.5"))
    (event,) = track([message("Newchannel", **dials, ChannelState="4"), begin])
    assert (event.direction, event.phase, event.number) == (Direction.OUT, Phase.DIALLING, "*72102")


def test_an_outgoing_call_the_network_refuses_is_busy_by_its_cause() -> None:
    dials = of("", "t.5", "PJSIP/103-00000005", "t.5", Exten="01000001234")
    events = track(
        [
            message("Newchannel", **dials, ChannelState="4"),
            message("Hangup", **dials, Cause="17"),
        ]
    )
    assert events[-1].end is End.BUSY


def test_a_bridge_somebody_was_in_before_we_listened_counts() -> None:
    enter = message("BridgeEnter", **LEG, BridgeUniqueid="b", BridgeNumChannels="2")
    events = track([*rings(), enter])
    assert events[-1].phase is Phase.TALKING


def test_a_bridge_without_a_count_needs_two() -> None:
    enter = message("BridgeEnter", **LEG, BridgeUniqueid="b", BridgeNumChannels="")
    assert track([*rings(), enter])[-1].phase is Phase.RINGING


def test_an_unknown_phone_that_dialled_itself_goes_out() -> None:
    own = of("", "t.7", "PJSIP/105-00000007", "t.7")
    events = track([message("BridgeEnter", **own, BridgeUniqueid="b", BridgeNumChannels="2")])
    assert [event.direction for event in events] == [Direction.OUT]


#: Messages of real calls, to be mixed.
REAL = [
    one
    for name in ("attended_transfer_ami", "queue_one_busy", "c2c_customer_busy")
    for _, one in heard(recording(name))
]


@given(st.lists(st.integers(0, len(REAL) - 1), max_size=60))
def test_no_mixture_of_messages_breaks_it_or_leaves_a_ghost(picks: list[int]) -> None:
    tracker = Tracker("test")
    events = track((REAL[pick] for pick in picks), tracker)
    events += tracker.disconnected(BEGAN + timedelta(hours=1))
    ended = {event.leg_key for event in events if event.end is not None}
    assert ended == {event.leg_key for event in events}
    assert len({event.event_key for event in events}) == len(events)


def row(uniqueid: str, name: str, state: str, bridge: str, **more: str) -> AmiMessage:
    fields = {**of("", uniqueid, name), "ChannelState": state, "BridgeId": bridge, **more}
    return AmiMessage(tuple(fields.items()), fields)


@pytest.mark.parametrize(
    ("phase", "told"),
    [
        (Phase.HELD, ["talking:1", "held:1"]),
        (Phase.TALKING, ["held:1"]),
        (Phase.RINGING, ["talking:1", "held:1"]),
    ],
)
def test_a_leg_of_the_run_before_goes_on_under_keys_of_its_own(
    phase: Phase, told: list[str]
) -> None:
    tracker = Tracker("test")
    keys = tuple(f"test:t.2:{step}" for step in ("ringing", "talking", "held"))
    known = KnownLeg(
        "t.2", "t.1", "101", Direction.IN, phase, None, "01000001234", None, BEGAN, keys
    )
    tracker.remember([known])
    rows = [
        row("t.1", "PJSIP/trunk-00000001", "6", "b", Application="Dial"),
        row("t.2", "PJSIP/101-00000002", "6", "b", Application="AppDial"),
    ]
    events = list(tracker.survey(rows, BEGAN))
    assert tracker.legs_under_way() == {"t.2"}
    events += track([message("Unhold", **LEG), message("Hold", **LEG)], tracker)
    assert [event.event_key.removeprefix("test:t.2:") for event in events] == told
    assert {event.vendor_call_id for event in events} == {"t.1"}
