"""Two people change the same ticket, field by field: nothing typed is lost (spec 20)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.db.schema.tickets import Ticket
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.tickets import Action
from ets_desktop.domain.topics import ticket_topic
from ets_desktop.queries.drafts import draft_detail, my_drafts
from ets_desktop.queries.tickets import TicketDetail, ticket_detail
from ets_desktop.services.callbacks import PlanCallback, plan_callback
from ets_desktop.services.ticket_forms import SaveTicket
from ets_desktop.services.tickets import (
    CompleteTicket,
    DiscardTicket,
    complete_ticket,
    discard_ticket,
    save_ticket,
)
from ets_desktop.services.transfers import TransferTicket, transfer_ticket
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.screens.ticket_form.open_form import ShownCustomer, ShownOrder
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.factories import (
    a_call,
    a_category,
    a_customer,
    a_ticket,
    an_activity,
    an_agent,
    an_order,
    an_order_line,
    make,
)
from tests.ui.conftest import Steps

TODAY = seoul_date(datetime.now(UTC))


@dataclass(frozen=True)
class World:
    """Kim's desk with the ticket loaded, and what the two may put into it."""

    screen: TicketFormScreen
    database: Database
    steps: Steps
    changes: ChangeBus
    lee: Agent
    ticket_id: int
    values: dict[str, tuple[Any, Any]]
    shown: dict[int, str]

    def stored(self) -> TicketDetail:
        return self.database.call(ticket_detail, self.ticket_id)

    def work(self, **changed: Any) -> SaveTicket:
        now = self.stored()
        return SaveTicket(self.lee.id, self.ticket_id, now.version, replace(now.form, **changed))

    def lee_saves(self, **changed: Any) -> None:
        self.database.call(save_ticket, self.work(**changed))

    def tell(self) -> None:
        self.changes.publish(frozenset({ticket_topic(self.ticket_id)}))
        self.steps.run()

    def press(self, action: Action) -> None:
        self.screen.buttons.button(action).click()
        self.steps.run()

    def mine(self, field: str) -> Any:
        return getattr(self.screen.form.contents.form, field)

    def put(self, field: str, value: Any) -> None:
        form, fields = self.screen.form, self.screen.fields
        putters: dict[str, Callable[[Any], object]] = {
            "origin": fields.origin.set_code,
            "customer_id": lambda v: form.set_customer(ShownCustomer(v, self.shown[v])),
            "order_id": lambda v: form.set_order(ShownOrder(v, self.shown[v], self.shown[v])),
            "order_line_id": lambda v: form.set_order(
                ShownOrder(form.order_id or 0, "x", "x", v, self.shown[v], "상품")
            ),
            "ticket_type": fields.ticket_type.set_code,
            "category_id": lambda v: fields.category.set_category(v, self.shown[v]),
            "title": fields.title.setText,
            "content": fields.content.set_text,
            "resolution": fields.resolution.set_text,
            "tags": fields.tags.set_tags,
            "due_on": fields.due_on.set_day,
        }
        putters[field](value)

    @property
    def rows(self) -> dict[str, Any]:
        dialog = self.screen.freshness.dialog
        assert dialog is not None
        return {row.field: row for row in dialog._model.rows}

    def decide(self, field: str, *, theirs: bool) -> None:
        dialog = self.screen.freshness.dialog
        assert dialog is not None
        number = [row.field for row in dialog._model.rows].index(field)
        dialog._table.selectRow(number)
        (dialog._theirs if theirs else dialog._mine).click()

    def save_dialog(self) -> None:
        dialog = self.screen.freshness.dialog
        assert dialog is not None
        dialog._save.click()
        self.steps.run()


@pytest.fixture
def world(
    open_screen: Callable[[Agent], TicketFormScreen],
    database: Database,
    kim: Agent,
    lee: Agent,
    steps: Steps,
    changes: ChangeBus,
) -> World:
    people = [make(database, a_customer, name=name) for name in ("처음손님", "내손님", "남손님")]
    orders = [make(database, an_order) for _ in range(2)]
    lines = [make(database, an_order_line, order=orders[0]) for _ in range(3)]
    types = [make(database, a_category, ticket_type="complaint", name=n) for n in ("가", "나")]
    ticket = make(
        database,
        a_ticket,
        created_by=kim,
        customer=people[0],
        order=orders[0],
        ticket_type="complaint",
        title="처음 제목",
    )
    # Ids of several tables may be the same number; a word for each will do.
    shown = {one.id: f"{one.id}번" for one in [*people, *types, *orders, *lines]}
    values = {
        "origin": ("email", "sms"),
        "customer_id": (people[1].id, people[2].id),
        "order_line_id": (lines[1].id, lines[2].id),
        "ticket_type": ("general", "cancel"),
        "category_id": (types[0].id, types[1].id),
        "title": ("내 제목", "남의 제목"),
        "content": ("내가 쓴 것", "남이 쓴 것"),
        "resolution": ("내 해결", "남의 해결"),
        "tags": (("내태그",), ("남태그", "둘")),
        "due_on": (TODAY + timedelta(days=2), TODAY + timedelta(days=3)),
    }
    screen = open_screen(kim)
    screen.load_ticket(ticket.id)
    steps.run()
    return World(screen, database, steps, changes, lee, ticket.id, values, shown)


FIELDS = (
    "origin",
    "customer_id",
    "order_line_id",
    "ticket_type",
    "category_id",
    "title",
    "content",
    "resolution",
    "tags",
    "due_on",
)
#: Codes never reach a person.
CODES = {"email", "sms", "general", "cancel"}


CHOICES = [(field, number % 2 == 0) for number, field in enumerate(FIELDS)]


@pytest.mark.parametrize(("field", "takes_theirs"), CHOICES)
def test_a_clash_is_decided_field_by_field(world: World, field: str, takes_theirs: bool) -> None:
    mine, theirs = world.values[field]
    world.put(field, mine)
    world.lee_saves(**{field: theirs})
    world.press(Action.SAVE)
    row = world.rows[field]
    assert (row.changed_by, row.take_theirs) == ("이담당", False)
    assert row.label
    assert not row.label.isascii()
    assert row.mine
    assert row.theirs
    assert row.mine != row.theirs
    assert not CODES & {row.mine, row.theirs}
    assert world.mine(field) == mine
    world.decide(field, theirs=takes_theirs)
    world.save_dialog()
    expected = theirs if takes_theirs else mine
    assert getattr(world.stored().form, field) == expected
    assert world.mine(field) == expected
    assert not world.screen.form.has_unsaved
    assert world.screen.freshness.bar.isHidden()


PAIRS = list(zip(FIELDS, (*FIELDS[2:], *FIELDS[:2]), strict=True))


@pytest.mark.parametrize(("field", "typed"), PAIRS)
def test_different_fields_come_together_without_a_question(
    world: World, field: str, typed: str
) -> None:
    """불러오기 in the bar: theirs arrives, mine stays, and the save stores both."""
    mine, theirs = world.values[typed][0], world.values[field][1]
    world.put(typed, mine)
    world.lee_saves(**{field: theirs})
    world.tell()
    assert world.mine(typed) == mine
    assert not world.screen.freshness.bar.isHidden()
    world.screen.freshness.bar.acted.emit()
    world.steps.run()
    assert world.screen.freshness.dialog is None
    assert (world.mine(field), world.mine(typed)) == (theirs, mine)
    world.press(Action.SAVE)
    stored = world.stored().form
    assert (getattr(stored, field), getattr(stored, typed)) == (theirs, mine)


def test_a_category_goes_with_its_type(world: World) -> None:
    """Mine is another type, theirs another category of the old one: no mixture is saved."""
    world.put("ticket_type", "general")
    world.lee_saves(category_id=world.values["category_id"][1])
    world.press(Action.SAVE)
    world.save_dialog()
    form = world.stored().form
    assert (form.ticket_type, form.category_id) == ("general", None)
    assert not world.screen.form.has_unsaved


def test_a_product_goes_with_its_order(world: World) -> None:
    other = make(world.database, an_order_line)
    world.put("order_line_id", world.values["order_line_id"][0])
    world.lee_saves(order_id=other.order_id, order_line_id=other.id)
    world.press(Action.SAVE)
    assert set(world.rows) >= {"order_id", "order_line_id"}
    world.decide("order_line_id", theirs=False)
    world.save_dialog()
    form = world.stored().form
    assert (form.order_id, form.order_line_id) == (other.order_id, other.id)
    assert not world.screen.form.has_unsaved


def test_a_new_customers_name_is_shown_as_my_value_and_kept(world: World) -> None:
    world.screen.form.set_customer(None)
    world.screen.form.set_new_name("새손님")
    world.lee_saves(customer_id=world.values["customer_id"][1])
    world.press(Action.SAVE)
    assert "새손님" in world.rows["customer_id"].mine
    assert world.rows["customer_id"].theirs == "남손님"
    world.decide("customer_id", theirs=True)
    world.save_dialog()
    assert world.stored().customer == "남손님"
    assert world.screen.form.new_customer_name == ""
    assert not world.screen.form.has_unsaved


def test_a_half_typed_tag_and_a_receiver_survive(world: World) -> None:
    world.screen.fields.tags._field.setText("쓰는중")
    world.screen.fields.transfer_reason.setText("담당이 다릅니다")
    world.lee_saves(title="남의 제목")
    world.tell()
    world.screen.freshness.bar.acted.emit()
    world.steps.run()
    assert world.screen.fields.tags.pending_text() == "쓰는중"
    assert world.screen.fields.transfer_reason.text() == "담당이 다릅니다"
    assert world.screen.fields.title.text() == "남의 제목"


def test_a_transfer_by_the_other_while_i_type(world: World, kim: Agent) -> None:
    world.put("content", "내가 쓰는 중")
    third = make(world.database, an_agent, name="셋째담당")
    world.database.call(transfer_ticket, TransferTicket(world.work(), third.id, None, "이쪽"))
    world.tell()
    assert "담당자" in world.screen.freshness.bar.message
    assert "상태" in world.screen.freshness.bar.message
    assert world.screen.fields.content.text() == "내가 쓰는 중"
    world.press(Action.SAVE)
    told = {row.label: (row.mine, row.theirs) for row in world.rows.values()}
    assert told["상태"] == ("접수", "이관")
    assert told["담당자"] == ("김상담", "셋째담당")
    world.save_dialog()
    assert world.stored().form.content == "내가 쓰는 중"


def test_a_transfer_to_a_team_is_told_in_words(world: World, team: Any) -> None:
    world.put("content", "내가 쓰는 중")
    world.database.call(transfer_ticket, TransferTicket(world.work(), None, team.id, ""))
    world.press(Action.SAVE)
    told = {row.label: row.theirs for row in world.rows.values()}
    assert told["담당 팀"] == "물류팀"
    assert all(not label.isascii() for label in told)


@pytest.mark.parametrize("ends", ["complete", "discard"])
def test_a_ticket_that_ended_meanwhile_keeps_my_text_for_a_draft(
    world: World, kim: Agent, ends: str
) -> None:
    world.put("content", "내가 쓰는 중")
    if ends == "complete":
        world.database.call(complete_ticket, CompleteTicket(world.work()))
    else:
        version = world.stored().version
        wish = DiscardTicket(world.lee.id, world.ticket_id, version, "중복")
        world.database.call(discard_ticket, wish)
    world.tell()
    assert not world.screen.freshness.bar.isHidden()
    world.press(Action.SAVE)
    assert world.screen.freshness.dialog is None
    assert world.screen.fields.content.text() == "내가 쓰는 중"
    world.press(Action.PARK)
    assert world.screen.form.is_empty
    (draft,) = world.database.call(my_drafts, kim.id, None, 10).rows
    kept = world.database.call(draft_detail, kim.id, draft.draft_id)
    assert kept.contents.form.content == "내가 쓰는 중"


def test_a_ticket_that_ended_while_i_only_looked_is_shown_closed(world: World) -> None:
    world.database.call(complete_ticket, CompleteTicket(world.work()))
    world.tell()
    world.screen.freshness.bar.acted.emit()
    world.steps.run()
    assert world.screen.fields.status.text() == "완료"


def test_a_second_change_during_the_question_is_asked_about_too(world: World) -> None:
    world.put("title", "내 제목")
    world.lee_saves(title="남의 제목")
    world.press(Action.SAVE)
    world.lee_saves(content="남의 둘째 내용")
    world.save_dialog()
    assert set(world.rows) >= {"content"}
    assert world.stored().form.title == "남의 제목"
    world.save_dialog()
    form = world.stored().form
    assert (form.title, form.content) == ("내 제목", "남의 둘째 내용")


def test_what_is_typed_during_the_question_is_saved_too(world: World) -> None:
    world.put("title", "내 제목")
    world.lee_saves(title="남의 제목")
    world.press(Action.SAVE)
    world.put("content", "그 사이에 쓴 것")
    world.save_dialog()
    form = world.stored().form
    assert (form.title, form.content) == ("내 제목", "그 사이에 쓴 것")


def test_a_change_right_after_my_save_is_not_taken_for_mine(world: World) -> None:
    """Their save comes between my save and my reading it again: the bar tells it."""
    world.put("title", "내 제목")
    world.screen.buttons.button(Action.SAVE).click()
    world.steps.run_next()
    world.lee_saves(content="바로 뒤에 남이")
    world.put("resolution", "내가 이어서")
    world.steps.run()
    world.tell()
    bar = world.screen.freshness.bar
    assert not bar.isHidden()
    assert "접수내용" in bar.message
    world.put("content", "나도 고침")
    world.press(Action.SAVE)
    assert world.rows["content"].theirs == "바로 뒤에 남이"
    world.decide("content", theirs=True)
    world.save_dialog()
    form = world.stored().form
    assert (form.title, form.content, form.resolution) == (
        "내 제목",
        "바로 뒤에 남이",
        "내가 이어서",
    )


def test_contacts_and_promises_that_are_appended_refuse_no_save(world: World) -> None:
    """Recordings, courier and ARS news are activities; a call back is a row of its own."""
    world.put("content", "내가 쓰는 중")
    call = make(world.database, a_call)
    ticket = world.database.call(lambda session: session.get_one(Ticket, world.ticket_id))
    make(world.database, an_activity, ticket=ticket, call=call)
    for note in ("녹취가 있습니다", "배송완료", "ARS 요청"):
        make(world.database, an_activity, ticket=ticket, kind="note", note=note)
    before = world.stored().version
    world.tell()
    assert world.screen.freshness.bar.isHidden()
    world.press(Action.SAVE)
    assert world.screen.freshness.dialog is None
    assert world.stored().version == before + 1


def test_a_promise_without_a_new_version_shows_and_what_i_type_stays(
    world: World, kim: Agent
) -> None:
    world.put("content", "내가 쓰는 중")
    at = datetime.now(UTC).replace(microsecond=0, second=0) + timedelta(hours=5)
    detail = world.stored()
    work = SaveTicket(kim.id, world.ticket_id, detail.version, detail.form)
    world.database.call(plan_callback, PlanCallback(work, "010-0000-9999", at))
    assert world.stored().version == detail.version
    world.tell()
    fields = world.screen.fields
    assert fields.callback_at.moment() == at
    assert fields.callback_number.text() == "010-0000-9999"
    assert fields.content.text() == "내가 쓰는 중"
    assert world.screen.freshness.bar.isHidden()
    mine = at + timedelta(hours=1)
    fields.callback_at.set_moment(mine)
    world.database.call(plan_callback, PlanCallback(work, "010-0000-8888", at + timedelta(days=1)))
    world.tell()
    assert fields.callback_at.moment() == mine


def test_a_promise_by_the_other_shows_without_a_question(world: World) -> None:
    world.put("content", "내가 쓰는 중")
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=5)
    world.database.call(plan_callback, PlanCallback(world.work(), "010-0000-9999", at))
    world.tell()
    assert world.screen.fields.content.text() == "내가 쓰는 중"
    world.press(Action.SAVE)
    if world.screen.freshness.dialog is not None:
        world.save_dialog()
    assert world.stored().form.content == "내가 쓰는 중"
    assert world.screen.fields.callback_number.text() == "010-0000-9999"
