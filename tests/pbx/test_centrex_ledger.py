"""Rings, dials and the history of a Centrex line, as calls: nothing is told that is not known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ets_desktop.domain.calendar import SEOUL
from ets_desktop.domain.calls import (
    UNANSWERED_BY,
    Direction,
    End,
    LegEvent,
    LegState,
    Phase,
    fold,
    is_missed,
)
from ets_desktop.pbx.protocol import KnownLeg, Past
from ets_desktop.pbx.vendors.lgu_centrex.history import HistoryRow, inbound_row, outbound_row
from ets_desktop.pbx.vendors.lgu_centrex.ledger import Ledger
from ets_desktop.pbx.vendors.lgu_centrex.receiver import Ring

BEGAN = datetime(2026, 11, 22, 1, 0, 0, 400_000, tzinfo=UTC)
LINES = {"07000000101": "101", "0510000000": "101", "07000000102": "102"}
CALLER = "01000001234"


def at(seconds: float) -> datetime:
    return BEGAN + timedelta(seconds=seconds)


def seoul(seconds: float) -> str:
    return at(seconds).astimezone(SEOUL).strftime("%Y-%m-%d %H:%M:%S")


def past(
    second: float, status: str, lasted: int = 20, number: str = CALLER, line: str = "10231234"
) -> HistoryRow:
    """A row of getinboundcall that began at that second."""
    row = inbound_row(
        {
            "TIME": seoul(second),
            "SRC": number,
            "DST": line,
            "DURATION": str(lasted),
            "STATUS": status,
            "ENDTIME": seoul(second + lasted),
        }
    )
    assert row is not None
    return row


def dialled(second: float, status: str, lasted: int = 0, number: str = "0100000****") -> HistoryRow:
    """A row of callhistory that began at that second."""
    row = outbound_row(
        {
            "TIME": seoul(second),
            "SRC": "07000000101",
            "DST": number,
            "DURATION": str(lasted),
            "STATUS": status,
        }
    )
    assert row is not None
    return row


@dataclass
class Line:
    """A ledger, and all it told."""

    ledger: Ledger
    told: list[LegEvent]

    def ring(
        self, second: float, sender: str = CALLER, receiver: str = "", inner: str = "101"
    ) -> list[tuple[str, Phase, End | None]]:
        return self.keep(self.ledger.ring(Ring(sender, receiver, inner), at(second)))

    def read(self, second: float, *rows: HistoryRow) -> list[tuple[str, Phase, End | None]]:
        return self.keep(self.ledger.reconcile(rows, at(second)))

    def keep(self, events: Iterator[LegEvent]) -> list[tuple[str, Phase, End | None]]:
        fresh = list(events)
        self.told += fresh
        return [(event.extension, event.phase, event.end) for event in fresh]

    def state(self, number: int = 0) -> LegState:
        """The nth leg as the database folds it."""
        keys = list(dict.fromkeys(event.leg_key for event in self.told))
        state: LegState | None = None
        for event in self.told:
            if event.leg_key == keys[number]:
                state = fold(state, event)
        assert state is not None
        return state


@pytest.fixture
def line() -> Line:
    return Line(Ledger("office", LINES, "101", BEGAN), [])


RINGS = ("101", Phase.RINGING, None)


def test_a_ring_stays_a_ring_until_the_history_tells(line: Line) -> None:
    assert line.ring(10) == [RINGS]
    assert line.read(30) == []
    assert line.keep(line.ledger.grow_old(at(600))) == []
    assert line.ledger.legs_under_way() == {line.told[0].leg_key}


def test_an_answered_call_was_talked_on(line: Line) -> None:
    line.ring(10)
    row = inbound_row(
        {
            "TIME": seoul(9),
            "SRC": CALLER,
            "DST": "07000000101",
            "DURATION": "30",
            "STATUS": "ANSWERED",
            "ENDTIME": seoul(49),
        }
    )
    assert row is not None
    assert line.read(100, row) == [
        ("101", Phase.TALKING, None),
        ("101", Phase.ENDED, End.COMPLETED),
    ]
    state = line.state()
    assert state.talked_at == at(19).replace(microsecond=0)
    assert state.ended_at == at(49).replace(microsecond=0)
    assert line.ledger.legs_under_way() == frozenset()


@pytest.mark.parametrize(
    ("status", "end"),
    [
        ("NO ANSWER", End.NO_ANSWER),
        ("no_answer", End.NO_ANSWER),
        ("CANCEL", End.ABANDONED),
        ("BUSY", End.BUSY),
        ("FAILED", End.NOT_REACHABLE),
        ("SOMETHING NEW", End.LOST),
    ],
)
def test_what_was_not_answered_is_missed(line: Line, status: str, end: End) -> None:
    line.ring(10)
    assert line.read(60, past(9, status)) == [("101", Phase.ENDED, end)]
    assert is_missed(Direction.IN, end, line.state().talked_at)


def test_each_row_is_read_once(line: Line) -> None:
    line.ring(10)
    assert line.read(60, past(9, "CANCEL")) != []
    assert line.read(75, past(9, "CANCEL")) == []


def test_two_calls_of_one_caller_find_their_own_rows(line: Line) -> None:
    line.ring(10)
    line.ring(60)
    line.read(120, past(59, "ANSWERED"), past(9, "CANCEL", lasted=10))
    assert [line.state(number).end for number in (0, 1)] == [End.ABANDONED, End.COMPLETED]


@pytest.mark.parametrize(("gap", "calls"), [(0.1, 1), (29, 1), (31, 2)])
def test_what_is_told_twice_in_a_window_is_one_call(line: Line, gap: float, calls: int) -> None:
    line.ring(10)
    line.ring(10 + gap)
    assert len(line.told) == calls


@pytest.mark.parametrize(("gap", "calls"), [(1, 1), (6, 2)])
def test_two_withheld_callers_are_two(line: Line, gap: float, calls: int) -> None:
    line.ring(10, sender="anonymous")
    line.ring(10 + gap, sender="")
    assert len(line.told) == calls
    assert {event.number for event in line.told} == {None}


def test_a_new_call_after_a_confirmed_one_rings_at_once(line: Line) -> None:
    line.ring(10)
    line.read(25, past(9, "CANCEL", lasted=3))
    assert line.ring(30) == [RINGS]


def test_one_call_rings_several_phones_and_one_answers(line: Line) -> None:
    line.ring(10)
    line.ring(10.5, inner="102")
    assert len({event.vendor_call_id for event in line.told}) == 1
    line.read(60, past(9, "ANSWERED", line="07000000102"))
    assert line.told[-3].end is End.ANSWERED_ELSEWHERE
    assert line.told[-1].extension == "102"
    line.read(61, past(9, "NO ANSWER", line="07000000101"))
    assert not is_missed(Direction.IN, line.state(0).end, None)


def test_withheld_callers_of_two_phones_are_not_one_call(line: Line) -> None:
    line.ring(10, sender="")
    line.ring(10.5, sender="", inner="102")
    assert len({event.vendor_call_id for event in line.told}) == 2


@pytest.mark.parametrize(
    ("receiver", "inner", "extension"),
    [
        ("07000000101", "", "101"),
        ("051-000-0000", "", "101"),
        ("0510000000", "102", "102"),
        ("0510000000", "999", "101"),
    ],
)
def test_the_called_number_may_be_another_one_of_the_line(
    line: Line, receiver: str, inner: str, extension: str
) -> None:
    assert line.ring(10, receiver=receiver, inner=inner) == [(extension, Phase.RINGING, None)]
    assert line.told[0].dialled == receiver


def test_a_call_for_a_line_of_somebody_else_is_not_ours(line: Line) -> None:
    assert line.ring(10, receiver="07000009999", inner="999") == []


def test_a_call_nobody_rang_about_does_not_ring_late(line: Line) -> None:
    told = line.read(100, past(20, "NO ANSWER"), past(40, "ANSWERED", number="", lasted=10))
    assert told == [
        ("101", Phase.ENDED, End.NO_ANSWER),
        ("101", Phase.TALKING, None),
        ("101", Phase.ENDED, End.COMPLETED),
    ]
    assert line.told[0].at == at(20).replace(microsecond=0)
    assert [event.number for event in line.told] == [CALLER, None, None]
    assert not any(CALLER in event.event_key for event in line.told)


def test_calls_of_before_the_start_and_of_the_future_are_left_alone(line: Line) -> None:
    assert line.read(10, past(-5, "CANCEL"), past(4000, "CANCEL")) == []


def test_a_ring_is_given_up_after_an_hour_and_corrected_if_a_row_comes(line: Line) -> None:
    line.ring(10)
    assert line.keep(line.ledger.grow_old(at(3700))) == [("101", Phase.ENDED, End.LOST)]
    assert line.keep(line.ledger.grow_old(at(3701))) == []
    line.read(4000, past(9, "ANSWERED", lasted=3900))
    state = line.state()
    assert (state.end, state.talked_at is not None) == (End.COMPLETED, True)
    assert not is_missed(Direction.IN, state.end, state.talked_at)


def test_the_rows_of_days_ago_are_not_told_again(line: Line) -> None:
    line.ring(10)
    old = past(9, "CANCEL"), past(30, "ANSWERED")
    assert line.read(60, *old) != []
    line.keep(line.ledger.grow_old(at(300_000)))
    assert line.read(300_000, *old) == []


def test_calls_of_days_ago_are_forgotten(line: Line) -> None:
    line.ring(10)
    line.read(20, past(9, "CANCEL"))
    line.keep(line.ledger.grow_old(at(300_000)))
    line.ring(300_001)
    assert len(line.ledger.legs_under_way()) == 1


@pytest.mark.parametrize("masked", ["0100000****", "010-0000-****", "01000009999"])
def test_a_dial_is_confirmed_by_a_masked_row(line: Line, masked: str) -> None:
    line.told.append(line.ledger.dial("wish", "01000009999", at(10)))
    assert line.keep(line.ledger.lifted("wish", at(14))) == [("101", Phase.DIALLING, None)]
    assert line.ledger.awaits_dialled
    # That OK may be the carrier's voice mail: nobody is said to have talked.
    assert line.read(60, dialled(11, "OK", 22, masked)) == [("101", Phase.ENDED, End.COMPLETED)]
    assert line.state().talked_at is None
    assert not line.ledger.awaits_dialled


def test_a_dial_that_came_to_nothing_is_the_customers_doing(line: Line) -> None:
    line.told.append(line.ledger.dial("wish", "01000009999", at(10)))
    row = dialled(12, "FAIL")
    assert line.read(18, row) == []  # it may still change
    assert line.read(21, row) == [("101", Phase.ENDED, End.NO_ANSWER)]
    assert line.told[-1].details[UNANSWERED_BY] == "customer"


@pytest.mark.parametrize(
    ("second", "number"),
    [(-1, "0100000****"), (200, "0100000****"), (11, "0109999****"), (11, "****"), (11, "")],
)
def test_a_row_of_another_dial_confirms_nothing(line: Line, second: float, number: str) -> None:
    line.ledger.dial("wish", "01000009999", at(10))
    assert line.read(400, dialled(second, "OK", 5, number)) == []


def test_a_refused_dial_is_over(line: Line) -> None:
    line.ledger.dial("wish", "01000009999", at(10))
    assert line.keep(line.ledger.refused("wish", at(11))) == [
        ("101", Phase.ENDED, End.NOT_REACHABLE)
    ]
    assert not line.ledger.awaits_dialled


def test_an_unsure_dial_is_given_up_soon_and_told_no_more(line: Line) -> None:
    line.ledger.dial("wish", "01000009999", at(10))
    line.ledger.unsure("wish", at(55))
    assert line.keep(line.ledger.grow_old(at(200))) == []
    assert line.keep(line.ledger.grow_old(at(236))) == [("101", Phase.ENDED, End.LOST)]
    assert line.keep(line.ledger.lifted("wish", at(240))) == []
    assert line.keep(line.ledger.refused("wish", at(241))) == []


def test_a_row_without_a_time_is_no_call() -> None:
    assert inbound_row({"TIME": "", "STATUS": "ANSWERED"}) is None
    assert outbound_row({"TIME": "yesterday"}) is None
    assert inbound_row({"TIME": "1899-01-01 00:00:00"}) is None


steps = st.lists(
    st.tuples(
        st.sampled_from(["ring", "row", "dial", "old"]),
        st.integers(0, 400),
        st.sampled_from([CALLER, "01000009999", "", "0100000****", "300"]),
        st.sampled_from(["ANSWERED", "CANCEL", "OK", ""]),
    ),
    max_size=30,
)


@given(steps)
def test_any_order_leaves_no_ghost_and_repeats_nothing(
    story: list[tuple[str, int, str, str]],
) -> None:
    line = Line(Ledger("office", LINES, "101", BEGAN), [])
    for number, (kind, second, who, status) in enumerate(story):
        if kind == "ring":
            line.ring(second, sender=who)
        elif kind == "row":
            line.read(second + 60, past(second, status, number=who))
        elif kind == "dial":
            line.told.append(line.ledger.dial(f"wish{number}", "01000009999", at(second)))
        else:
            line.read(second + 60, dialled(second, status, number=who))
            line.keep(line.ledger.grow_old(at(second)))
    line.keep(line.ledger.grow_old(at(10_000)))
    assert line.ledger.legs_under_way() == frozenset()
    keys = [event.event_key for event in line.told]
    assert len(keys) == len(set(keys))
    assert len({event.leg_key for event in line.told}) <= len(story)


def known(
    key: str,
    phase: Phase,
    end: End | None = None,
    direction: Direction = Direction.IN,
    number: str | None = CALLER,
    second: float = -100.0,
) -> KnownLeg:
    """A leg that an earlier run told."""
    return KnownLeg(key, key, "101", direction, phase, end, number, None, at(second))


def test_a_ring_of_the_run_before_is_confirmed_by_the_history() -> None:
    ledger = Ledger("office", LINES, "101", BEGAN)
    ledger.remember(Past(at(-3_600), (known("one", Phase.RINGING),)))
    assert ledger.legs_under_way() == {"one"}
    told = list(ledger.reconcile([past(-101, "ANSWERED", 20)], at(0)))
    assert [(event.leg_key, event.phase) for event in told] == [
        ("one", Phase.TALKING),
        ("one", Phase.ENDED),
    ]


def test_a_ring_of_the_run_before_is_given_up_in_its_hour() -> None:
    ledger = Ledger("office", LINES, "101", BEGAN)
    ledger.remember(Past(at(-7_200), (known("one", Phase.RINGING, second=-3_601),)))
    (told,) = ledger.grow_old(at(0))
    assert (told.leg_key, told.end) == ("one", End.LOST)


def test_what_the_run_before_told_is_told_under_its_old_keys() -> None:
    ledger = Ledger("office", LINES, "101", BEGAN)
    ledger.remember(Past(at(-3_600), (known("one", Phase.ENDED, End.COMPLETED),)))
    told = list(ledger.reconcile([past(-101, "ANSWERED", 20)], at(0)))
    assert [event.event_key for event in told] == [
        "office:one:talking",
        "office:one:ended:completed",
    ]


def test_a_dial_whose_fate_is_known_is_not_asked_for_again() -> None:
    ledger = Ledger("office", LINES, "101", BEGAN)
    over = known("one", Phase.ENDED, End.COMPLETED, Direction.OUT)
    ledger.remember(Past(at(-3_600), (over,)))
    assert not ledger.awaits_dialled
    ledger.remember(Past(at(-3_600), (known("two", Phase.DIALLING, None, Direction.OUT),)))
    assert ledger.awaits_dialled


def test_only_what_came_after_the_run_before_began_is_caught_up() -> None:
    ledger = Ledger("office", LINES, "101", BEGAN)
    ledger.remember(Past(at(-3_600)))
    rows = [past(-3_700, "CANCEL"), past(-1_000, "CANCEL", number="01000004321")]
    assert [event.number for event in ledger.reconcile(rows, at(0))] == ["01000004321"]
    fresh = Ledger("office", LINES, "101", BEGAN)
    fresh.remember(Past())
    assert list(fresh.reconcile(rows, at(0))) == []


def test_what_came_in_the_second_the_run_before_began_in_is_caught_up() -> None:
    ledger = Ledger("office", LINES, "101", BEGAN)
    ledger.remember(Past(at(-999.6)))
    told = ledger.reconcile([past(-1_000, "CANCEL")], at(0))
    assert [event.number for event in told] == [CALLER]
