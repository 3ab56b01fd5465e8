"""Which call is handled and which one waits, told from the events of one extension."""

from datetime import UTC, datetime, timedelta
from itertools import count

from ets_desktop.domain.calls import CallEventRow, Direction, End, Phase
from ets_desktop.ui.live_calls import LiveCalls, readable

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
_ids = count(1)


def event(
    call_id: int,
    phase: Phase,
    second: int = 0,
    *,
    leg_id: int | None = None,
    end: End | None = None,
    direction: Direction = Direction.IN,
    number: str | None = "01000001234",
    peer: str | None = None,
) -> CallEventRow:
    return CallEventRow(
        id=next(_ids),
        call_id=call_id,
        leg_id=leg_id or call_id * 10,
        extension="101",
        direction=direction,
        phase=phase,
        end=end,
        happened_at=NOON + timedelta(seconds=second),
        number=number,
        number_shown=number or "anonymous",
        caller_name="",
        dialled="",
        queue="",
        peer=peer,
        transferred_to=None,
    )


def ring(call_id: int, second: int = 0) -> CallEventRow:
    return event(call_id, Phase.RINGING, second)


def talk(call_id: int, second: int = 5) -> CallEventRow:
    return event(call_id, Phase.TALKING, second)


def over(call_id: int, second: int = 60, end: End = End.COMPLETED) -> CallEventRow:
    return event(call_id, Phase.ENDED, second, end=end)


def current_id(calls: LiveCalls) -> int | None:
    return None if calls.current is None else calls.current.call_id


def test_a_ring_is_told_once_and_shown_until_the_next_one() -> None:
    calls = LiveCalls()
    assert [call.call_id for call in calls.take([ring(1)])] == [1]
    assert calls.take([talk(1)]) == ()
    assert calls.take([over(1)]) == ()
    assert current_id(calls) == 1
    assert calls.current.card().talk_seconds == 55
    calls.take([ring(2, 90)])
    assert current_id(calls) == 2
    assert calls.find(1) is None


def test_a_second_call_waits_behind_the_one_that_is_handled() -> None:
    calls = LiveCalls()
    calls.take([ring(1), talk(1)])
    assert [call.call_id for call in calls.take([ring(2, 30)])] == [2]
    assert (current_id(calls), calls.waiting) == (1, 1)
    calls.take([over(1)])
    assert (current_id(calls), calls.waiting) == (2, 0)


def test_whoever_rings_now_is_named_until_one_is_answered() -> None:
    calls = LiveCalls()
    calls.take([ring(1), ring(2, 3)])
    assert (current_id(calls), calls.waiting) == (2, 1)
    calls.take([talk(1, 4)])
    assert (current_id(calls), calls.waiting) == (1, 1)
    calls.take([over(1, 9)])
    assert (current_id(calls), calls.waiting) == (2, 0)


def test_a_call_that_came_and_went_while_the_desk_was_away_rings_no_more() -> None:
    calls = LiveCalls()
    assert calls.take([ring(1), over(1, 9, End.ABANDONED)]) == ()
    assert calls.current is None


def test_a_call_still_talking_after_an_outage_is_shown_as_talking() -> None:
    calls = LiveCalls()
    (call,) = calls.take([ring(1), talk(1)])
    assert call.card().state == "talking"
    assert call.card().talking_since == NOON + timedelta(seconds=5)


def test_an_event_that_comes_after_the_end_wakes_nothing() -> None:
    calls = LiveCalls()
    calls.take([ring(1), talk(1)])
    calls.take([over(1)])
    assert calls.take([talk(1, 61)]) == ()
    assert not calls.current.is_live


def test_a_queue_lets_the_same_call_ring_here_again() -> None:
    calls = LiveCalls()
    calls.take([ring(1)])
    calls.take([over(1, 15, End.NO_ANSWER)])
    again = event(1, Phase.RINGING, 20, leg_id=11)
    assert [call.call_id for call in calls.take([again])] == [1]
    assert calls.current.card().state == "ringing"


def test_an_unanswered_call_reads_missed_and_one_answered_elsewhere_does_not() -> None:
    calls = LiveCalls()
    calls.take([ring(1)])
    calls.take([over(1, 9, End.ABANDONED)])
    assert calls.current.card().state == "missed"
    calls.take([ring(2)])
    calls.take([over(2, 9, End.ANSWERED_ELSEWHERE)])
    assert calls.current.card().state == "ended"


def test_an_attended_transfer_changes_the_number() -> None:
    calls = LiveCalls()
    calls.take([event(1, Phase.RINGING, number="102"), event(1, Phase.TALKING, 3, number="102")])
    calls.take([event(1, Phase.TALKING, 9, number="102", peer="01000009999")])
    calls.take([event(1, Phase.HELD, 12, number="102")])
    assert calls.current.number == "01000009999"


def test_numbers_are_ready_to_read() -> None:
    assert readable("01000001234", "+821000001234") == "010-0000-1234"
    assert readable(None, "anonymous") == "발신번호표시제한"
    assert readable(None, "") == "발신번호표시제한"
    assert readable(None, "010-****-1234") == "010-****-1234"
