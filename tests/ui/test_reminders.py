"""콜백 at its time on the assignee's desk: told once, quietly, by a timer and no polling."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import Unavailable
from ets_desktop.domain.topics import EVERYTHING, agent_topic
from ets_desktop.services.reminders import reminders_told
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.reminders import CallbackReminders
from tests.factories import a_callback, a_customer, a_ticket, make
from tests.people import database, desk_database, kim, lee, login, park, team
from tests.ui.conftest import Steps
from tests.ui.desk_seat import DeskSeat

__all__ = ["database", "desk_database", "kim", "lee", "login", "park", "team"]

LogIn = Callable[[Agent], Database]
HOUR = timedelta(hours=1)


def now() -> datetime:
    return datetime.now(UTC)


class Reminded(DeskSeat):
    """A desk with its reminders, whose timer goes off when the test says so."""

    def __init__(
        self, context: UiContext, login: LogIn, agent: Agent, steps: Steps, tone: bool = True
    ) -> None:
        super().__init__(context, login, agent, tone)
        self.steps = steps
        self.reminders = CallbackReminders(self.context, self.desk, sound=self.beep)

    def ask(self) -> None:
        self.reminders.ask()
        self.steps.run()

    def let_time_pass(self) -> None:
        """The timer goes off."""
        assert self.reminders.timer.isActive()
        self.reminders.timer.timeout.emit()
        self.steps.run()

    @property
    def waits_s(self) -> float:
        return self.reminders.timer.interval() / 1000


@pytest.fixture
def seat(context: UiContext, login: LogIn, kim: Agent, steps: Steps) -> Iterator[Reminded]:
    yield Reminded(context, login, kim, steps)
    # Before the database goes: what still waits would open it anew.
    context.hub.shutdown()


def run(database: Database, sql: str) -> None:
    database.call(lambda session: session.execute(text(sql)))


def test_what_came_due_while_the_desk_was_away_is_told_at_login_once(
    seat: Reminded, database: Database, kim: Agent
) -> None:
    customer = make(database, a_customer, name="홍길동")
    ticket = make(database, a_ticket, created_by=kim, customer=customer)
    make(
        database,
        a_callback,
        ticket=ticket,
        assignee=kim,
        number="01000001234",
        due_at=now() - timedelta(days=1),
    )
    seat.ask()
    [told] = seat.told
    assert told.startswith("콜백 시간입니다: 20")
    assert told.endswith(f"홍*동 010-****-1234 {ticket.ticket_no}")
    assert seat.beeps == 1
    seat.desk.notices.close_button.click()
    seat.ask()
    assert (seat.told, seat.beeps) == ([], 1)


def test_the_timer_runs_until_the_next_one_and_tells_it(
    seat: Reminded, database: Database, kim: Agent
) -> None:
    make(database, a_callback, assignee=kim, due_at=now() + timedelta(minutes=5))
    seat.ask()
    assert seat.told == []
    assert 200 < seat.waits_s <= 300
    run(database, "UPDATE callback SET due_at = clock_timestamp()")
    seat.let_time_pass()
    assert len(seat.told) == 1


def test_a_callback_made_or_moved_elsewhere_sets_the_timer_anew(
    seat: Reminded, database: Database, kim: Agent
) -> None:
    seat.ask()
    assert seat.waits_s == 600
    make(database, a_callback, assignee=kim, due_at=now() + timedelta(minutes=3))
    seat.context.changes.publish(frozenset({agent_topic(kim.id)}))
    seat.steps.run()
    assert 100 < seat.waits_s <= 180


def test_what_was_finished_elsewhere_is_told_no_longer(
    seat: Reminded, database: Database, kim: Agent
) -> None:
    make(database, a_callback, assignee=kim, due_at=now() - HOUR)
    seat.ask()
    assert len(seat.told) == 1
    run(database, "UPDATE callback SET outcome = 'succeeded'")
    seat.context.changes.publish(frozenset({agent_topic(kim.id)}))
    seat.steps.run()
    assert seat.told == []


def test_of_two_windows_of_one_agent_one_tells_it(
    seat: Reminded, context: UiContext, login: LogIn, database: Database, kim: Agent, steps: Steps
) -> None:
    other = Reminded(context, login, kim, steps)
    make(database, a_callback, assignee=kim, due_at=now() - HOUR)
    seat.ask()
    other.ask()
    assert (len(seat.told), len(other.told)) == (1, 0)


def test_the_tone_can_be_turned_off(
    context: UiContext, login: LogIn, database: Database, kim: Agent, steps: Steps
) -> None:
    quiet = Reminded(context, login, kim, steps, tone=False)
    make(database, a_callback, assignee=kim, due_at=now() - HOUR)
    quiet.ask()
    assert (len(quiet.told), quiet.beeps) == (1, 0)


def test_the_notice_dials_or_opens_the_ticket(
    seat: Reminded, database: Database, kim: Agent
) -> None:
    loaded: list[int] = []
    seat.desk.load_ticket = loaded.append  # type: ignore[method-assign]
    first = make(database, a_callback, assignee=kim, number="01000001234", due_at=now() - HOUR)
    second = make(database, a_callback, assignee=kim, due_at=now() - timedelta(minutes=1))
    seat.ask()
    seat.desk.notices.dial_button.click()
    [(callback_id, about)] = seat.asked
    assert callback_id == first.id
    assert "010-****-1234" in about
    seat.desk.notices.open_button.click()
    assert loaded == [second.ticket_id]


def test_two_changes_at_once_are_asked_about_once_more(
    seat: Reminded, database: Database, kim: Agent
) -> None:
    seat.reminders.ask()
    make(database, a_callback, assignee=kim, due_at=now() - HOUR)
    seat.context.changes.publish(frozenset({EVERYTHING}))
    seat.steps.run()
    assert len(seat.told) == 1


def test_a_database_that_is_away_is_asked_again_soon(seat: Reminded) -> None:
    def away(*_args: object, **_more: object) -> None:
        raise Unavailable("database_away")

    seat.reminders._jobs._call = away
    seat.ask()
    assert seat.waits_s == 15


def test_a_desk_that_ended_before_it_told_leaves_it_to_the_next(
    seat: Reminded, context: UiContext, login: LogIn, database: Database, kim: Agent, steps: Steps
) -> None:
    make(database, a_callback, assignee=kim, due_at=now() - HOUR)
    seat.reminders.ask()
    # Claimed in the database; the answer comes to nobody any more.
    seat.steps.pool.run()
    other = Reminded(context, login, kim, steps)
    other.reminders.ask()
    seat.steps.pool.run()
    seat.steps.hub._outcomes.popleft()
    seat.steps.hub.deliver_one()
    assert other.told == []
    assert 0 < other.waits_s <= 20
    run(database, "UPDATE callback SET reminding_until = clock_timestamp()")
    other.let_time_pass()
    assert (len(other.told), other.beeps) == (1, 1)


def test_what_could_not_be_said_to_be_told_is_not_told_twice(
    seat: Reminded, database: Database, kim: Agent
) -> None:
    make(database, a_callback, assignee=kim, due_at=now() - HOUR)
    call = seat.reminders._jobs._call

    def cut(function: Callable[..., object], *args: object, **more: object) -> object:
        if function is reminders_told:
            raise Unavailable("database_away")
        return call(function, *args, **more)

    seat.reminders._jobs._call = cut
    seat.ask()
    assert (len(seat.told), seat.beeps, seat.waits_s) == (1, 1, 15)
    seat.reminders._jobs._call = call
    run(database, "UPDATE callback SET reminding_until = clock_timestamp()")
    seat.let_time_pass()
    assert (len(seat.told), seat.beeps, seat.waits_s) == (1, 1, 600)
