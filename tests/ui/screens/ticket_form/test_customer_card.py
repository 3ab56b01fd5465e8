"""고객상세: the card with its numbers and addresses, refused in place, edited by two desks."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit

from ets_desktop.db.engine import Database
from ets_desktop.domain.customers import AddressForm, CustomerForm
from ets_desktop.domain.errors import Unavailable
from ets_desktop.domain.topics import customer_topic
from ets_desktop.queries.customers import CustomerDetail, customer_detail, find_customers
from ets_desktop.services.customers import UpdateCustomer, update_customer
from ets_desktop.ui.screens.ticket_form.customer.words import LABELS, form_of
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.factories import a_call, a_customer, a_leg, a_phone, make
from tests.ui.conftest import AnsweredPrompts, Steps


@pytest.fixture
def customer(database: Database) -> Any:
    return make(database, a_customer, name="김정민", numbers=("01000001234",), address="물빛로 1")


@pytest.fixture
def page(screen: TicketFormScreen, steps: Steps, customer: Any) -> Any:
    screen.load_customer(customer.id)
    screen.pages.open_page("고객상세")
    steps.run()
    return screen.pages.customer


def stored(database: Database, customer: Any) -> CustomerDetail:
    return database.call(customer_detail, customer.id)


def press(page: Any, steps: Steps, name: str) -> None:
    page.button(name).click()
    steps.run()


def other_saves(database: Database, agent: Any, customer: Any, **changed: Any) -> None:
    now = stored(database, customer)
    form = form_of(now)
    command = UpdateCustomer(agent.id, customer.id, now.version, form, replace(form, **changed))
    database.call(update_customer, command)


def tell(screen: TicketFormScreen, steps: Steps, customer: Any) -> None:
    screen.context.changes.publish(frozenset({customer_topic(customer.id)}))
    steps.run()


def test_every_field_of_the_card_is_saved_and_shown(page, steps, database, customer) -> None:
    assert not page.button("저장").isEnabled()
    page.button("편집").click()
    page.grade.set_code("gold")
    page.login_id.setText("kim01")
    page.occupation.setText("교사")
    page.introducer.setText("C000000001")
    page.coupon.setText("감사쿠폰 1매")
    page.cashback.setText("12,500원")
    page.mailing.set_code("true")
    page.address_kind.set_code("work")
    page.zipcode.setText("01234")
    page.address_detail.setText("101호")
    press(page, steps, "저장")
    assert form_of(stored(database, customer)) == CustomerForm(
        "김정민",
        grade="gold",
        login_id="kim01",
        zipcode="01234",
        address="물빛로 1",
        address_detail="101호",
        address_kind="work",
        occupation="교사",
        coupon="감사쿠폰 1매",
        cashback=12500,
        mailing=True,
        introducer="C000000001",
    )
    assert not page.is_editing
    assert page.cashback.text() == "12,500"
    assert page.mailing.currentText() == "발송"
    assert not page.mailing.isEnabled()


def test_faults_are_told_beside_their_fields_and_nothing_is_lost(
    page, steps, database, customer
) -> None:
    page.button("편집").click()
    page.name.setText("")
    page.flagged.setChecked(True)
    page.cashback.setText("만원쯤")
    page.mobile.setText("010-12")
    page.phones.field.setText("없음")
    page.coupon.setText("가" * 101)
    press(page, steps, "저장")
    told = {
        label: page._grid.error(label) for label in ("고객명", "주의고객 사유", "캐쉬백", "쿠폰")
    }
    assert told == {
        "고객명": "고객명을 입력하십시오.",
        "주의고객 사유": "사유를 입력하십시오.",
        "캐쉬백": "숫자로 입력하십시오.",
        "쿠폰": "100자까지입니다.",
    }
    assert page._grid.error("이동전화") == "전화번호가 아닙니다."
    assert page.phones._grid.error("추가할 번호") == "전화번호가 아닙니다."
    named = {field.accessibleName() for field in page.findChildren(QLineEdit)}
    assert {"캐쉬백 오류", "추가할 번호 오류"} <= named
    assert page.cashback.text() == "만원쯤"
    assert stored(database, customer).version == 1


def test_a_warning_asks_a_reason_and_a_reason_is_a_warning(
    page, steps, database, customer, screen
) -> None:
    page.button("편집").click()
    page.flagged_reason.setText("반복 폭언")
    assert page.flagged.isChecked()
    press(page, steps, "저장")
    assert screen.context.desk.top_bar._shown["주의고객"].text() == "반복 폭언"
    page.button("편집").click()
    page.flagged.setChecked(False)
    press(page, steps, "저장")
    assert stored(database, customer).flagged_reason == ""


def test_numbers_are_added_and_removed_with_the_card(page, steps, database, customer) -> None:
    page.button("편집").click()
    for typed in ("0504-0000-1234", "02 000 0001", "010-0000-1234"):
        page.phones.field.setText(typed)
        page.phones.add.click()
    assert [row.kind for row in page.phones.rows] == ["landline", "safe", "mobile"]
    page.phones.field.setText("070-0000-0001")
    page.phones.list.table.selectRow(2)
    page.phones.remove.click()
    press(page, steps, "저장")
    numbers = {row.digits for row in stored(database, customer).phones}
    assert numbers == {"050400001234", "020000001", "07000000001"}
    assert page.phone.text()
    page.button("편집").click()
    page.phones.list.table.selectRow(0)
    page.phones.remove.click()
    press(page, steps, "취소")
    assert len(stored(database, customer).phones) == 3
    assert len(page.phones.rows) == 3


def test_an_expired_safe_number_is_shown_as_such(page, screen, steps, database, customer) -> None:
    from datetime import UTC, datetime, timedelta

    old = datetime.now(UTC) - timedelta(days=31)
    make(database, a_phone, customer=customer, digits="050400001111", captured_at=old)
    make(database, a_phone, customer=customer, digits="050400002222")
    tell(screen, steps, customer)
    shown = {row.digits: row.is_expired for row in page.phones.rows}
    assert shown == {"050400001111": True, "050400002222": False, "01000001234": False}
    model = page.phones.list.model
    states = {model.index(n, 3).data() for n in range(model.rowCount())}
    assert states == {"", "만료"}
    assert page.phone.text() == "0504-0000-2222"
    make(database, a_phone, customer=customer, digits="020000001", captured_at=old)
    tell(screen, steps, customer)
    assert page.phone.text() == "02-000-0001"


def test_addresses_change_places_with_the_main_one(page, steps, database, customer) -> None:
    page.button("편집").click()
    page.address_kind.set_code("home")
    page.addresses.button("새 주소").click()
    assert page.address.text() == ""
    page.address.setText("별솔로 2")
    page.address_kind.set_code("work")
    press(page, steps, "저장")
    detail = stored(database, customer)
    assert (detail.address, detail.address_kind) == ("별솔로 2", "work")
    assert [(row.address, row.kind) for row in detail.addresses] == [("물빛로 1", "home")]
    page.button("편집").click()
    page.addresses.table.selectRow(0)
    page.addresses.button("대표 주소로").click()
    press(page, steps, "저장")
    detail = stored(database, customer)
    assert (detail.address, detail.addresses[0].address) == ("물빛로 1", "별솔로 2")
    page.button("편집").click()
    page.addresses.button("대표 주소로").click()
    page.addresses.table.selectRow(0)
    page.addresses.button("주소 삭제").click()
    press(page, steps, "저장")
    assert stored(database, customer).addresses == ()


def test_a_change_elsewhere_is_shown_at_once_while_nobody_edits(
    page, screen, steps, database, customer, lee
) -> None:
    other_saves(database, lee, customer, occupation="농부")
    tell(screen, steps, customer)
    assert page.occupation.text() == "농부"
    assert page.bar.isHidden()


def test_a_change_elsewhere_shows_the_bar_while_the_card_is_edited(
    page, screen, steps, database, customer, lee
) -> None:
    page.button("편집").click()
    page.name.setText("김정문")
    page.phones.field.setText("02-000-0001")
    page.phones.add.click()
    other_saves(database, lee, customer, occupation="농부")
    tell(screen, steps, customer)
    assert "이담당" in page.bar.message
    assert "직업" in page.bar.message
    assert page.occupation.text() == ""
    page.bar.acted.emit()
    assert (page.name.text(), page.occupation.text()) == ("김정문", "농부")
    assert page.bar.isHidden()
    assert page.has_changes
    press(page, steps, "저장")
    detail = stored(database, customer)
    assert (detail.name, detail.occupation, len(detail.phones)) == ("김정문", "농부", 2)


def test_both_changed_the_same_field_and_choose(
    page, screen, steps, database, customer, lee
) -> None:
    page.button("편집").click()
    page.occupation.setText("교사")
    page.coupon.setText("내 쿠폰")
    other_saves(database, lee, customer, occupation="농부", coupon="남의 쿠폰", mailing=True)
    press(page, steps, "저장")
    dialog = screen.registering.news.dialog
    rows = {row.label: row for row in dialog._model.rows}
    assert (rows["직업"].mine, rows["직업"].theirs) == ("교사", "농부")
    assert (rows["직업"].changed_by, rows["직업"].take_theirs) == ("이담당", False)
    assert (rows["발송여부"].theirs, rows["발송여부"].take_theirs) == ("발송", True)
    assert stored(database, customer).occupation == "농부"
    dialog._theirs.click()
    dialog._save.click()
    steps.run()
    detail = stored(database, customer)
    assert (detail.occupation, detail.coupon, detail.mailing) == ("농부", "내 쿠폰", True)
    assert not page.is_editing


def test_closing_the_conflict_keeps_what_was_typed(
    page, screen, steps, database, customer, lee
) -> None:
    page.button("편집").click()
    page.occupation.setText("교사")
    other_saves(database, lee, customer, occupation="농부")
    tell(screen, steps, customer)
    page.bar.acted.emit()
    screen.registering.news.dialog.reject()
    assert page.occupation.text() == "교사"
    assert page.is_editing
    press(page, steps, "저장")
    screen.registering.news.dialog._save.click()
    steps.run()
    assert stored(database, customer).occupation == "교사"


def test_renaming_in_the_top_bar_meets_the_conflict_too(
    page, screen, steps, database, customer, lee
) -> None:
    bar = screen.context.desk.top_bar
    bar.set_customer_name("김정문")
    bar.customer_name_edited.emit("김정문")
    other_saves(database, lee, customer, name="김정수")
    bar.buttons()["save_customer"].click()
    steps.run()
    screen.registering.news.dialog._save.click()
    steps.run()
    assert stored(database, customer).name == "김정문"


def test_numbers_of_another_desk_come_in_without_a_bar(
    page, screen, steps, database, customer
) -> None:
    page.button("편집").click()
    page.name.setText("김정문")
    make(database, a_phone, customer=customer, digits="01000009999")
    tell(screen, steps, customer)
    assert page.bar.isHidden()
    assert len(page.phones.rows) == 2
    assert page.name.text() == "김정문"


def test_a_save_whose_answer_was_lost_makes_one_customer(
    screen, steps, database, monkeypatch
) -> None:
    page = screen.pages.customer
    page.button("만들기").click()
    page.name.setText("박새롬")
    page.mobile.setText("010-0000-4444")
    call = screen.jobs._call

    def answer_lost(function: Any, *args: Any, cancel: Any = None) -> Any:
        call(function, *args)
        raise Unavailable("database_away", ambiguous=True)

    monkeypatch.setattr(screen.jobs, "_call", answer_lost)
    press(page, steps, "저장")
    assert page.is_editing
    monkeypatch.setattr(screen.jobs, "_call", call)
    page.occupation.setText("교사")
    press(page, steps, "저장")
    (row,) = database.call(find_customers, "박새롬")
    assert screen.form.customer_id == row.customer_id
    assert page.occupation.text() == "교사"


def test_leaving_an_untouched_card_asks_nothing(
    page, screen, steps, prompts: AnsweredPrompts
) -> None:
    page.button("편집").click()
    left: list[int] = []
    screen.leave(lambda: left.append(1))
    assert (prompts.asked, left) == ([], [1])
    page.button("만들기").click()
    page.name.setText("박새롬")
    prompts.answers = ["취소"]
    screen.leave(lambda: left.append(2))
    assert prompts.asked[-1][2] == ("만들기", "버리기", "취소")
    assert left == [1]


def test_the_top_bar_saves_the_card_under_edit(page, screen, steps, database, customer) -> None:
    save = screen.context.desk.top_bar.buttons()["save_customer"]
    assert not save.isEnabled()
    page.button("편집").click()
    assert save.isEnabled()
    page.occupation.setText("교사")
    save.click()
    steps.run()
    assert stored(database, customer).occupation == "교사"
    assert not save.isEnabled()


def test_a_new_card_named_in_the_top_bar_is_saved_whole_by_either_button(
    screen, steps, database
) -> None:
    bar = screen.context.desk.top_bar
    bar.set_customer_name("박새롬")
    bar.customer_name_edited.emit("박새롬")
    page = screen.pages.customer
    page.button("만들기").click()
    page.occupation.setText("교사")
    bar.buttons()["save_customer"].click()
    steps.run()
    (row,) = database.call(find_customers, "박새롬")
    assert database.call(customer_detail, row.customer_id).occupation == "교사"
    assert screen.form.customer_id == row.customer_id


def test_contacts_of_the_customer_come_to_the_front(page, screen, steps) -> None:
    press(page, steps, "접촉이력")
    assert screen.pages.open_title == "접촉이력"


def test_the_chooser_tells_what_somebody_warned_of(screen, steps, database) -> None:
    make(database, a_customer, name="박주의", flagged=True, flagged_reason="반복 폭언", grade="vip")
    make(database, a_customer, name="박주의")
    screen.context.desk.top_bar.customer_searched.emit("박주의")
    steps.run()
    model = screen.customers.chooser.table.model()
    shown = {model.index(row, 3).data() for row in range(2)}
    assert shown == {"VIP · 주의: 반복 폭언", "일반"}
    screen.customers.chooser.cancel.click()


def test_an_amount_that_cannot_be_read_stays_when_another_desk_changes_something(
    page, screen, steps, database, customer, lee
) -> None:
    page.button("편집").click()
    page.cashback.setText("만원")
    other_saves(database, lee, customer, occupation="농부")
    tell(screen, steps, customer)
    page.bar.acted.emit()
    assert (page.cashback.text(), page.occupation.text()) == ("만원", "농부")


def test_the_ringing_number_can_be_given_to_the_customer(
    page, screen, steps, database, customer, kim
) -> None:
    page.button("편집").click()
    assert page.phones.take.isHidden()
    page.button("취소").click()
    call = make(database, a_call, caller_number="01000009876")
    make(database, a_leg, call=call, agent=kim)
    screen.take_call(call.id)
    steps.run()
    screen.customers.take_id(customer.id)
    steps.run()
    page.button("편집").click()
    assert not page.phones.take.isHidden()
    page.phones.take.click()
    assert page.phones.take.isHidden()
    assert [row.digits for row in page.phones.rows] == ["01000009876", "01000001234"]
    press(page, steps, "저장")
    assert "01000009876" in {row.digits for row in stored(database, customer).phones}


LIMITS = {
    "login_id": 100,
    "flagged_reason": 200,
    "occupation": 50,
    "introducer": 100,
    "coupon": 100,
    "zipcode": 10,
    "address": 300,
    "address_detail": 300,
}


@pytest.mark.parametrize(("name", "limit"), LIMITS.items())
def test_text_that_is_too_long_is_refused_whole_and_never_cut(
    page, steps, database, customer, name: str, limit: int
) -> None:
    page.button("편집").click()
    field: QLineEdit = getattr(page, name)
    page.flagged_reason.setText("반복 환불")
    field.clear()
    field.insert("가" * (limit + 1))
    press(page, steps, "저장")
    assert len(field.text()) == limit + 1
    assert page._grid.error(LABELS[name]) == f"{limit}자까지입니다."
    field.setText("가" * limit)
    press(page, steps, "저장")
    assert getattr(stored(database, customer), name) == "가" * limit


@pytest.mark.parametrize("button", ["새 주소", "대표 주소로"])
def test_a_main_address_that_is_too_long_does_not_slip_into_the_list(
    page, steps, database, customer, button: str
) -> None:
    page.button("편집").click()
    page.addresses.put(AddressForm("숲길 2"))
    page.addresses.table.selectRow(0)
    page.address.setText("가" * 301)
    page.addresses.button(button).click()
    assert page._grid.error("주소") == "300자까지입니다."
    assert page.address.text() == "가" * 301
    assert [row.form.address for row in page.addresses.rows] == ["숲길 2"]
