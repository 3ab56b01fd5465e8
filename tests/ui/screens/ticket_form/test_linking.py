"""Choosing an order: whose it is, what is asked, and what is never done unasked (spec 10)."""

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.orders import OrderLine, SalesOrder
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.tickets import Action
from ets_desktop.queries.customers import customer_detail
from ets_desktop.queries.orders import order_by_id
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.customers import LinkOrder, link_order_to_customer
from ets_desktop.ui.cards import OfferedCall, OrderChoice
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from ets_desktop.ui.widgets.fields import TextField
from tests.factories import a_call, a_customer, a_leg, a_product, an_order, an_order_line, make
from tests.ui.conftest import AnsweredPrompts, Steps

LINK = ("주문 연결", "해당 주문을 {who}에 연결하시겠습니까?")


@pytest.fixture
def order(database: Database) -> SalesOrder:
    """Tied to nobody; two lines."""
    made = make(
        database,
        an_order,
        orderer_name="최주문",
        orderer_phone="01000007777",
        address="서울 역삼동",
    )
    for name in ("청소기", "필터"):
        product = make(database, a_product, name=name)
        make(database, an_order_line, order=made, product=product)
    return made


def lines_of(database: Database, order: SalesOrder) -> list[OrderLine]:
    from sqlalchemy import select

    wanted = select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
    return list(database.call(lambda session: session.scalars(wanted).all()))


def asked(prompts: AnsweredPrompts) -> list[tuple[str, str]]:
    return [(title, text) for title, text, _ in prompts.asked]


def with_customer(screen: TicketFormScreen, steps: Steps, database: Database, name: str) -> int:
    customer = make(database, a_customer, name=name, numbers=("01000001234",))
    screen.load_customer(customer.id)
    steps.run()
    return customer.id


def with_call(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent, number: str
) -> None:
    call = make(database, a_call, caller_number=number)
    make(database, a_leg, call=call, agent=kim)
    screen.offer_call(OfferedCall(call.id, number))
    steps.run()


@pytest.mark.parametrize("answer", ["Yes", "No"])
def test_an_untied_order_is_linked_to_the_customer_in_the_form_after_asking(
    screen, steps, database, prompts, order, answer
) -> None:
    customer_id = with_customer(screen, steps, database, "김정민")
    prompts.answers = [answer]
    screen.take_order(OrderChoice(order.id))
    steps.run()
    assert asked(prompts) == [(LINK[0], LINK[1].format(who="김정민"))]
    linked = answer == "Yes"
    assert screen.form.order_id == (order.id if linked else None)
    tied = database.call(order_by_id, order.id).customer_id
    assert tied == (customer_id if linked else None)
    field = screen.fields.order
    numbers = (order.channel_order_no, order.order_no)
    assert (field.text(), field.toolTip()) == (numbers if linked else ("", ""))


def test_a_product_is_taken_along_and_stored_with_the_ticket(
    screen, steps, database, prompts, order
) -> None:
    with_customer(screen, steps, database, "김정민")
    line = lines_of(database, order)[1]
    prompts.answers = ["Yes"]
    screen.take_order(OrderChoice(order.id, line.id))
    steps.run()
    assert screen.fields.line.text() == f"{line.line_no} · 필터"
    screen.fields.ticket_type.set_code("return")
    screen.fields.content.set_text("불량")
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    form = database.call(ticket_detail, screen.form.ticket_id).form
    assert (form.order_id, form.order_line_id) == (order.id, line.id)


def test_a_caller_without_a_customer_is_asked_by_number_and_may_be_registered(
    screen, steps, database, prompts, order, kim
) -> None:
    with_call(screen, steps, database, kim, "01000005555")
    prompts.answers = ["Yes", "Yes"]
    screen.take_order(OrderChoice(order.id))
    steps.run()
    assert asked(prompts) == [
        (LINK[0], LINK[1].format(who="010-0000-5555")),
        (
            "고객 등록",
            "연결된 고객이 없습니다. 주문자 최주문을 신규 고객으로 등록하시겠습니까?",
        ),
    ]
    detail = database.call(customer_detail, screen.form.customer_id)
    assert detail.name == "최주문"
    assert {row.digits for row in detail.phones} == {"01000007777", "01000005555"}
    assert screen.form.order_id == order.id
    assert screen.fields.customer.text().startswith("최주문")


@pytest.mark.parametrize("save_customer_first", [True, False])
def test_a_caller_who_gets_a_name_after_the_order_has_the_order_in_the_end(
    screen, steps, database, prompts, order, kim, save_customer_first
) -> None:
    with_call(screen, steps, database, kim, "01000005555")
    prompts.answers = ["Yes", "No"]
    screen.take_order(OrderChoice(order.id))
    steps.run()
    bar = screen.context.desk.top_bar
    bar.new_customer_requested.emit()
    next(
        field for field in bar.findChildren(TextField) if field.accessibleName() == "고객명"
    ).setText("박전화")
    if save_customer_first:
        bar.save_customer_requested.emit()
        steps.run()
        assert database.call(order_by_id, order.id).customer_id == screen.form.customer_id
    screen.fields.ticket_type.set_code("delivery")
    screen.fields.content.set_text("언제 오나요")
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    customer_id = database.call(ticket_detail, screen.form.ticket_id).form.customer_id
    assert database.call(customer_detail, customer_id).name == "박전화"
    assert database.call(order_by_id, order.id).customer_id == customer_id


def test_a_new_customer_who_is_named_already_is_not_asked_about_again(
    screen, steps, database, prompts, order, kim
) -> None:
    with_call(screen, steps, database, kim, "01000005555")
    screen.context.desk.top_bar.customer_name_edited.emit("박전화")
    prompts.answers = ["Yes"]
    screen.take_order(OrderChoice(order.id))
    steps.run()
    assert asked(prompts) == [(LINK[0], LINK[1].format(who="박전화"))]
    assert screen.form.order_id == order.id


def test_an_order_of_a_customer_brings_that_customer_without_a_question(
    screen, steps, database, prompts
) -> None:
    customer = make(database, a_customer, name="박주인")
    order = make(database, an_order, customer=customer)
    screen.take_order(OrderChoice(order.id))
    steps.run()
    assert prompts.asked == []
    assert screen.form.customer_id == customer.id
    assert screen.fields.customer.text().startswith("박주인")
    assert screen.form.order_id == order.id


def test_a_call_in_the_form_is_asked_before_the_orders_customer_is_loaded(
    screen, steps, database, prompts, kim
) -> None:
    customer = make(database, a_customer, name="박주인")
    order = make(database, an_order, customer=customer)
    with_call(screen, steps, database, kim, "01000005555")
    prompts.answers = ["No"]
    screen.take_order(OrderChoice(order.id))
    steps.run()
    assert (screen.form.customer_id, screen.form.order_id) == (None, None)
    prompts.answers = ["Yes"]
    screen.take_order(OrderChoice(order.id))
    steps.run()
    assert (screen.form.customer_id, screen.form.order_id) == (customer.id, order.id)


@pytest.mark.parametrize("answer", ["Yes", "No"])
def test_another_customer_is_never_replaced_unasked(
    screen, steps, database, prompts, answer
) -> None:
    mine = with_customer(screen, steps, database, "김정민")
    owner = make(database, a_customer, name="박주인")
    order = make(database, an_order, customer=owner)
    prompts.answers = [answer]
    screen.take_order(OrderChoice(order.id))
    steps.run()
    assert asked(prompts) == [
        ("고객 변경", "이 주문은 박주인의 주문입니다. 고객을 바꾸시겠습니까?")
    ]
    expected = (owner.id, order.id) if answer == "Yes" else (mine, None)
    assert (screen.form.customer_id, screen.form.order_id) == expected
    assert database.call(order_by_id, order.id).customer_id == owner.id


@pytest.mark.parametrize("answer", ["Yes", "No"])
def test_a_newcomer_who_is_being_named_is_never_replaced_unasked(
    screen, steps, database, prompts, answer
) -> None:
    other = make(database, a_customer, name="이수진")
    order = make(database, an_order, customer=other)
    screen.form.set_new_name("새손님")
    prompts.answers = [answer]
    screen.take_order(OrderChoice(order.id))
    steps.run()
    assert asked(prompts) == [
        ("고객 변경", "이 주문은 이수진의 주문입니다. 고객을 바꾸시겠습니까?")
    ]
    assert screen.form.customer_id == (other.id if answer == "Yes" else None)
    assert screen.form.new_customer_name == ("" if answer == "Yes" else "새손님")


def test_an_untied_order_waits_for_the_newcomer_who_is_being_named(
    screen, steps, prompts, order
) -> None:
    screen.form.set_new_name("새손님")
    prompts.answers = ["Yes"]
    screen.take_order(OrderChoice(order.id))
    steps.run()
    assert asked(prompts) == [(LINK[0], LINK[1].format(who="새손님"))]
    assert screen.form.order_id == order.id
    assert screen.form.new_customer_name == "새손님"


def test_without_anybody_the_orderer_is_registered_or_the_order_stands_alone(
    screen, steps, database, prompts, order
) -> None:
    prompts.answers = ["No"]
    screen.take_order(OrderChoice(order.id))
    steps.run()
    assert [title for title, _ in asked(prompts)] == ["고객 등록"]
    assert (screen.form.customer_id, screen.form.order_id) == (None, order.id)
    screen.form.clear()
    prompts.answers = ["Yes"]
    screen.take_order(OrderChoice(order.id))
    steps.run()
    assert screen.form.customer is not None
    assert screen.form.customer.name == "최주문"
    assert "010-0000-7777" in screen.fields.customer.text()


def test_an_order_that_somebody_else_ties_meanwhile_is_asked_about_again(
    screen, steps, database, prompts, order, lee
) -> None:
    mine = with_customer(screen, steps, database, "김정민")
    owner = make(database, a_customer, name="박주인")

    class Meanwhile(list):
        """Lee is quicker than the answer."""

        def pop(self, index: int = -1) -> str:
            if len(self) == 2:
                link = LinkOrder(lee.id, order.id, owner.id)
                database.call(link_order_to_customer, link)
            return super().pop(index)

    prompts.answers = Meanwhile(["Yes", "No"])
    screen.take_order(OrderChoice(order.id))
    steps.run()
    assert [title for title, _ in asked(prompts)] == ["주문 연결", "고객 변경"]
    assert database.call(order_by_id, order.id).customer_id == owner.id
    assert screen.form.customer_id == mine


def test_the_customers_own_orders_need_no_question(screen, steps, database, prompts, order) -> None:
    customer = make(database, a_customer, name="최주문", numbers=("01000007777",))
    screen.load_customer(customer.id)
    steps.run()
    page = screen.pages.orders.list
    assert screen.pages.open_title == "고객주문내역"
    assert page.model.rowCount() == 2
    page.table.selectRow(0)
    page.button("선택").click()
    steps.run()
    assert prompts.asked == []
    assert screen.form.order_id == order.id
    assert database.call(order_by_id, order.id).customer_id == customer.id
    assert screen.pages.open_title == "주문 상세"
    assert screen.pages.order.view.value("배송지") == "서울 역삼동"


def test_choosing_a_line_of_the_order_puts_the_product_into_the_form(
    screen, steps, database, prompts, order
) -> None:
    with_customer(screen, steps, database, "김정민")
    prompts.answers = ["Yes"]
    screen.take_order(OrderChoice(order.id))
    steps.run()
    lines = screen.pages.order.view.lines
    lines.table.selectRow(1)
    lines.button("선택").click()
    assert screen.fields.line.text().endswith("필터")
    assert screen.form.line_id == lines_of(database, order)[1].id


def test_the_crosses_clear_what_they_stand_beside(screen, steps, database, prompts, order) -> None:
    with_customer(screen, steps, database, "김정민")
    line = lines_of(database, order)[0]
    prompts.answers = ["Yes"]
    screen.take_order(OrderChoice(order.id, line.id))
    steps.run()
    screen.fields._clear_line.click()
    assert (screen.form.order_id, screen.form.line_id) == (order.id, None)
    screen.fields._clear_order.click()
    assert (screen.form.order_id, screen.fields.order.text()) == (None, "")
    screen.fields._clear_customer.click()
    assert screen.form.customer_id is None
    assert screen.context.desk.top_bar.customer_name == ""
    assert not screen.fields._clear_customer.isEnabled()
