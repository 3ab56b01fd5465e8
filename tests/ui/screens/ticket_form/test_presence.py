"""Who else has the ticket open, and what is under way for its order: said quietly, at once."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QToolButton
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import Unavailable
from ets_desktop.domain.tickets import Action
from ets_desktop.domain.topics import EVERYTHING, Topic, order_topic, presence_topic
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.ticket_forms import SaveTicket
from ets_desktop.services.tickets import CompleteTicket, complete_ticket
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.screens.ticket_form.open_form import ShownCustomer, ShownOrder
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.factories import a_customer, a_ticket, an_order, an_order_line, make
from tests.ui.conftest import AnsweredPrompts, Steps

OpenScreen = Callable[[Agent], TicketFormScreen]


def there(database: Database) -> list[tuple[int, str]]:
    sql = "SELECT p.ticket_id, a.name FROM ticket_presence p JOIN agent a ON a.id = p.agent_id"
    return database.call(
        lambda session: [tuple(row) for row in session.execute(text(f"{sql} ORDER BY 1, 2"))]
    )


@pytest.fixture
def tell(changes: ChangeBus, steps: Steps) -> Callable[..., None]:
    """The feed tells a topic, and everything that follows is done."""

    def told(*topics: Topic) -> None:
        changes.publish(frozenset(topics))
        steps.run()

    return told


def test_each_desk_names_the_others_and_lets_go_of_who_left(
    open_screen: OpenScreen, database: Database, kim: Agent, lee: Agent, steps: Steps, tell: Any
) -> None:
    ticket_id = make(database, a_ticket, created_by=kim).id
    kims, lees = open_screen(kim), open_screen(lee)
    kims.load_ticket(ticket_id)
    steps.run()
    assert kims.presence.bar.isHidden()
    lees.load_ticket(ticket_id)
    steps.run()
    assert lees.presence.bar.message == "김상담 님이 이 접수를 열어 두었습니다."
    tell(presence_topic(ticket_id))
    assert kims.presence.bar.message == "이담당 님이 이 접수를 열어 두었습니다."
    lees.opening.new_form()
    steps.run()
    assert lees.presence.bar.isHidden()
    tell(presence_topic(ticket_id))
    assert kims.presence.bar.isHidden()
    assert there(database) == [(ticket_id, "김상담")]


def test_several_are_named_in_the_order_they_came(
    open_screen: OpenScreen, database: Database, kim: Agent, lee: Agent, park: Agent, steps: Steps
) -> None:
    ticket_id = make(database, a_ticket, created_by=kim).id
    for agent in (lee, kim, park):
        screen = open_screen(agent)
        screen.load_ticket(ticket_id)
        steps.run()
    assert screen.presence.bar.message == "이담당 님, 김상담 님이 이 접수를 열어 두었습니다."


def test_both_may_save_all_the_same(
    open_screen: OpenScreen, database: Database, kim: Agent, lee: Agent, steps: Steps
) -> None:
    ticket_id = make(database, a_ticket, created_by=kim).id
    kims, lees = open_screen(kim), open_screen(lee)
    for screen in (kims, lees):
        screen.load_ticket(ticket_id)
        steps.run()
    lees.fields.title.setText("이담당이 저장")
    lees.buttons.button(Action.SAVE).click()
    steps.run()
    assert database.call(ticket_detail, ticket_id).form.title == "이담당이 저장"


def test_a_new_form_is_there_from_its_first_save_on(
    screen: TicketFormScreen, database: Database, kim: Agent, steps: Steps
) -> None:
    assert there(database) == []
    screen.form.clear()
    screen.fields.ticket_type.set_code("general")
    screen.fields.content.set_text("문의")
    customer = make(database, a_customer)
    screen.form.set_customer(ShownCustomer(customer.id, customer.name))
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    assert there(database) == [(screen.form.ticket_id, "김상담")]
    assert screen.presence._beat.isActive()


def test_the_newest_form_wins_over_a_write_under_way(
    screen: TicketFormScreen, database: Database, kim: Agent, steps: Steps
) -> None:
    """Three tickets in a rush: the database ends with the last one."""
    tickets = [make(database, a_ticket, created_by=kim) for _ in range(3)]
    for ticket in tickets:
        screen.form.show_ticket(database.call(ticket_detail, ticket.id))
    steps.run()
    assert there(database) == [(tickets[-1].id, "김상담")]
    screen.form.clear()
    steps.run()
    assert there(database) == []
    assert not screen.presence._beat.isActive()


def test_a_beat_and_a_gap_in_the_feed_tell_it_again(
    screen: TicketFormScreen, database: Database, kim: Agent, steps: Steps, tell: Any
) -> None:
    ticket_id = make(database, a_ticket, created_by=kim).id
    screen.load_ticket(ticket_id)
    steps.run()
    wipe = text("DELETE FROM ticket_presence")
    for again in (screen.presence._beat.timeout.emit, lambda: tell(EVERYTHING)):
        database.call(lambda session: session.execute(wipe))
        again()
        steps.run()
        assert there(database) == [(ticket_id, "김상담")]


def test_the_end_of_the_program_leaves(
    screen: TicketFormScreen, database: Database, kim: Agent, steps: Steps, qapp: Any
) -> None:
    ticket_id = make(database, a_ticket, created_by=kim).id
    screen.load_ticket(ticket_id)
    steps.run()
    qapp.aboutToQuit.emit()
    qapp.aboutToQuit.emit()
    steps.run()
    assert there(database) == []


def test_a_database_that_is_away_is_not_told_here(
    screen: TicketFormScreen, database: Database, kim: Agent, steps: Steps, desk: Any, tell: Any
) -> None:
    ticket_id = make(database, a_ticket, created_by=kim).id
    screen.load_ticket(ticket_id)
    steps.run()

    def away(*_: Any, **__: Any) -> Any:
        raise Unavailable("database_away")

    screen.presence._jobs._call = away
    tell(presence_topic(ticket_id))
    screen.presence._beat.timeout.emit()
    steps.run()
    assert "tell" not in [verb for verb, *_ in desk.asked]


# The order-line guard


@pytest.fixture
def order_ids(database: Database) -> tuple[int, int, int]:
    """An order and two of its lines."""
    order = make(database, an_order)
    one, two = (make(database, an_order_line, order=order) for _ in range(2))
    return order.id, one.id, two.id


def words(screen: TicketFormScreen) -> list[str]:
    strip = screen.guard.strip
    return [part.text() for part in strip._parts if isinstance(part, QLabel | QToolButton)]


def tie(screen: TicketFormScreen, steps: Steps, order_id: int, line_id: int | None = None) -> None:
    screen.form.set_order(ShownOrder(order_id, "2026", "2026", line_id, "1", "상품"))
    steps.run()


def test_tying_a_line_names_its_open_tickets_and_the_orders(
    screen: TicketFormScreen,
    database: Database,
    lee: Agent,
    steps: Steps,
    order_ids: tuple[int, int, int],
) -> None:
    order_id, line_id, other_line = order_ids
    line = {"order_id": order_id, "order_line_id": line_id}
    mine = make(database, a_ticket, created_by=lee, ticket_type="return", **line)
    whole = make(database, a_ticket, created_by=lee, order_id=order_id)
    make(database, a_ticket, created_by=lee, order_id=order_id, order_line_id=other_line)
    make(database, a_ticket, created_by=lee, status="discarded", **line)
    done = make(database, a_ticket, created_by=lee, status="completed", **line)
    tie(screen, steps, order_id, line_id)
    assert words(screen) == [
        "이 상품에 열린 접수 1건:",
        f"{mine.ticket_no} 반품 (이담당)",
        "이 주문에 열린 접수 1건:",
        f"{whole.ticket_no} 배송문의 (이담당)",
        "이 상품에 최근 완료 접수 1건:",
        f"{done.ticket_no} 배송문의 (이담당)",
    ]
    assert not screen.guard.strip.isHidden()


def test_the_whole_order_counts_every_line_and_more_than_three_are_a_number(
    screen: TicketFormScreen,
    database: Database,
    lee: Agent,
    steps: Steps,
    order_ids: tuple[int, int, int],
) -> None:
    order_id, line_id, other_line = order_ids
    for line in (None, line_id, other_line, line_id, None):
        make(database, a_ticket, created_by=lee, order_id=order_id, order_line_id=line)
    tie(screen, steps, order_id)
    assert words(screen)[0] == "이 주문에 열린 접수 5건:"
    assert words(screen)[-1] == "외 2건"
    assert len(words(screen)) == 5


def test_it_moves_with_the_order_and_with_what_others_do(
    screen: TicketFormScreen,
    database: Database,
    lee: Agent,
    steps: Steps,
    tell: Any,
    order_ids: tuple[int, int, int],
) -> None:
    order_id, _, _ = order_ids
    tie(screen, steps, order_id)
    assert screen.guard.strip.isHidden()
    ticket = make(database, a_ticket, created_by=lee, order_id=order_id)
    tell(order_topic(order_id + 1))
    assert screen.guard.strip.isHidden()
    tell(order_topic(order_id))
    assert not screen.guard.strip.isHidden()
    detail = database.call(ticket_detail, ticket.id)
    work = SaveTicket(lee.id, ticket.id, detail.version, detail.form)
    database.call(complete_ticket, CompleteTicket(work))
    tell(order_topic(order_id))
    assert "최근 완료 접수" in words(screen)[0]
    screen.form.set_order(None)
    steps.run()
    assert screen.guard.strip.isHidden()


def test_its_button_loads_the_ticket_after_asking_and_a_ticket_does_not_name_itself(
    screen: TicketFormScreen,
    database: Database,
    lee: Agent,
    steps: Steps,
    prompts: AnsweredPrompts,
    order_ids: tuple[int, int, int],
) -> None:
    order_id, _, _ = order_ids
    ticket = make(database, a_ticket, created_by=lee, order_id=order_id)
    screen.fields.content.set_text("쓰던 글")
    tie(screen, steps, order_id)
    button = next(p for p in screen.guard.strip._parts if isinstance(p, QToolButton))
    prompts.answers = ["취소", "버리기"]
    button.click()
    steps.run()
    assert screen.form.ticket_id is None
    button.click()
    steps.run()
    assert screen.form.ticket_id == ticket.id
    assert screen.guard.strip.isHidden()
