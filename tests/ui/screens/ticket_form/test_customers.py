"""고객ID, 신규고객, 고객저장, 고객상세: who the ticket is about."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from ets_desktop.db.engine import Database
from ets_desktop.domain.tickets import Action
from ets_desktop.queries.customers import customer_detail
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from ets_desktop.ui.widgets.fields import FieldError
from tests.factories import a_customer, a_ticket, make
from tests.ui.conftest import Steps


def search(screen: TicketFormScreen, steps: Steps, typed: str) -> None:
    bar = screen.context.desk.top_bar
    bar.set_customer_search(typed)
    bar.customer_searched.emit(typed)
    steps.run()


def type_name(screen: TicketFormScreen, name: str) -> None:
    bar = screen.context.desk.top_bar
    bar.set_customer_name(name)
    bar.customer_name_edited.emit(name)


@pytest.mark.parametrize(
    "typed", ["김정민", "ㄱㅈㅁ", "010-0000-4321", "+82 10 0000 4321", "4321", "{no}"]
)
def test_one_hit_is_loaded_whatever_was_typed(screen, steps, database: Database, typed) -> None:
    customer = make(database, a_customer, name="김정민", numbers=("01000004321",), grade="gold")
    make(database, a_customer, name="이영희", numbers=("01000009999",))
    search(screen, steps, typed.format(no=customer.customer_no))
    assert screen.form.customer_id == customer.id
    bar = screen.context.desk.top_bar
    assert bar._shown["등급"].text() == "골드"
    assert bar.customer_search == customer.customer_no
    assert screen.fields.callback_number.text() == "010-0000-4321"


def test_several_hits_open_the_chooser_and_a_double_click_takes_one(
    screen, steps, database
) -> None:
    for number in ("01000000001", "01000000002"):
        make(database, a_customer, name="김정민", numbers=(number,))
    search(screen, steps, "김정민")
    chooser = screen.customers.chooser
    assert chooser is not None
    header = chooser.table.model()
    titles = [
        header.headerData(n, chooser.table.horizontalHeader().orientation()) for n in range(7)
    ]
    assert titles == ["고객번호", "고객명", "전화번호", "등급", "주소", "최근접촉", "근거"]
    assert chooser.table.accessibleName() == "고객목록"
    second = chooser.rows[1]
    chooser.table.setCurrentIndex(header.index(1, 0))
    chooser.table.doubleClicked.emit(header.index(1, 0))
    steps.run()
    assert screen.form.customer_id == second.customer_id
    assert screen.customers.chooser is None


def test_no_hit_is_told_and_the_search_stays(screen, steps, database, desk) -> None:
    search(screen, steps, "없는사람")
    assert "없습니다" in desk.asked[-1][1]
    assert screen.context.desk.top_bar.customer_search == "없는사람"
    assert screen.form.customer_id is None


def test_a_name_typed_for_nobody_is_registered_with_the_ticket(screen, steps, database) -> None:
    screen.context.desk.top_bar.buttons()["new_customer"].click()
    type_name(screen, "박새롬")
    screen.fields.ticket_type.set_code("general")
    screen.fields.content.set_text("문의")
    assert screen.form.has_unsaved
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    ticket = database.call(ticket_detail, screen.form.ticket_id)
    assert ticket.customer == "박새롬"
    assert screen.fields.customer.text().startswith("박새롬 · C")
    assert not screen.form.has_unsaved


@pytest.mark.parametrize("in_front", [True, False])
def test_the_typing_goes_on_in_the_form_once_a_newcomer_is_registered(
    screen, steps, qtbot, in_front
) -> None:
    bar = screen.context.desk.top_bar
    qtbot.addWidget(bar)
    bar.show()
    bar.activateWindow()
    bar.buttons()["new_customer"].click()
    qtbot.waitUntil(lambda: bar.isAncestorOf(QApplication.focusWidget() or screen))
    screen.setVisible(in_front)
    before = screen.focusWidget()
    type_name(screen, "박새롬")
    bar.buttons()["save_customer"].click()
    steps.run()
    assert screen.fields.customer.text().startswith("박새롬 · C")
    assert screen.focusWidget() is (screen.fields.ticket_type if in_front else before)


def test_a_typed_name_is_kept_in_a_draft(screen, steps, database, kim) -> None:
    from ets_desktop.queries.drafts import my_drafts

    type_name(screen, "박새롬")
    screen.fields.content.set_text("문의")
    screen.buttons.button(Action.PARK).click()
    steps.run()
    assert screen.context.desk.top_bar.customer_name == ""
    (draft,) = database.call(my_drafts, kim.id, None, 10).rows
    screen.load_draft(draft.draft_id)
    steps.run()
    assert screen.context.desk.top_bar.customer_name == "박새롬"
    assert screen.fields.customer.text() == "신규고객 박새롬"


def test_the_name_of_a_known_customer_is_changed_by_saving(screen, steps, database) -> None:
    customer = make(database, a_customer, name="김정민", numbers=("01000001234",))
    screen.load_customer(customer.id)
    steps.run()
    save = screen.context.desk.top_bar.buttons()["save_customer"]
    assert not save.isEnabled()
    type_name(screen, "김정문")
    assert save.isEnabled()
    save.click()
    steps.run()
    assert database.call(customer_detail, customer.id).name == "김정문"
    assert screen.fields.customer.text().startswith("김정문")
    assert not save.isEnabled()


def test_the_card_is_edited_and_a_new_number_is_added(screen, steps, database) -> None:
    customer = make(database, a_customer, name="김정민", numbers=("01000001234",))
    screen.load_customer(customer.id)
    steps.run()
    page = screen.pages.customer
    assert page.name.isReadOnly()
    page.button("편집").click()
    page.address.setText("서울특별시 강남구 역삼동 1")
    page.phone.setText("02-123-0001")
    page.flagged_reason.setText("욕설")
    page.button("저장").click()
    steps.run()
    detail = database.call(customer_detail, customer.id)
    assert detail.address == "서울특별시 강남구 역삼동 1"
    assert {row.digits for row in detail.phones} == {"01000001234", "021230001"}
    assert detail.flagged
    assert screen.context.desk.top_bar._shown["주의고객"].text() == "욕설"
    assert page.name.isReadOnly()


def test_giving_up_an_edit_shows_what_is_stored(screen, steps, database) -> None:
    customer = make(database, a_customer, name="김정민")
    screen.load_customer(customer.id)
    steps.run()
    page = screen.pages.customer
    page.button("편집").click()
    page.name.setText("다른 이름")
    page.button("취소").click()
    assert page.name.text() == "김정민"


def test_a_new_card_is_made_and_taken_into_the_form(screen, steps, database) -> None:
    page = screen.pages.customer
    page.button("만들기").click()
    page.name.setText("박새롬")
    page.mobile.setText("010 0000 4444")
    page.button("저장").click()
    steps.run()
    detail = database.call(customer_detail, screen.form.customer_id)
    assert (detail.name, detail.phones[0].digits) == ("박새롬", "01000004444")
    assert page.customer_no.text() == detail.customer_no


def test_a_card_without_a_name_or_with_a_bad_number_is_refused_in_place(
    screen, steps, database
) -> None:
    screen.pages.open_page("고객상세")
    page = screen.pages.customer
    page.button("만들기").click()
    page.button("저장").click()
    steps.run()
    assert page._grid.error("고객명")
    page.name.setText("박새롬")
    page.mobile.setText("전화 없음")
    page.button("저장").click()
    steps.run()
    assert page._grid.error("이동전화")
    assert page.is_editing


def test_a_search_over_a_customer_is_undone_from_the_status_line(
    screen, steps, database, monkeypatch
) -> None:
    undone = []
    monkeypatch.setattr(screen.context.desk, "say", lambda message, undo=None: undone.append(undo))
    first = make(database, a_customer, name="김정민")
    make(database, a_customer, name="이영희")
    screen.load_customer(first.id)
    steps.run()
    search(screen, steps, "이영희")
    assert screen.form.customer_id != first.id
    undone[-1]()
    steps.run()
    assert screen.form.customer_id == first.id


def test_a_newcomer_who_is_being_named_comes_back_from_the_status_line(
    screen, steps, database, monkeypatch
) -> None:
    said = []
    monkeypatch.setattr(screen.context.desk, "say", lambda *words: said.append(words))
    make(database, a_customer, name="이영희", numbers=("01000009999",))
    type_name(screen, "새손님")
    search(screen, steps, "이영희")
    assert screen.form.new_customer_name == ""
    told, undo = said[-1]
    assert told == "고객을 바꾸었습니다: 새손님 → 이영희"
    undo()
    steps.run()
    assert screen.form.customer_id is None
    assert screen.form.new_customer_name == "새손님"
    assert screen.context.desk.top_bar.customer_name == "새손님"


def test_a_search_that_finds_too_many_says_that_there_are_more(
    screen, steps, database, monkeypatch
) -> None:
    for number in ("01000000001", "01000000002"):
        make(database, a_customer, name="김정민", numbers=(number,))
    monkeypatch.setattr("ets_desktop.ui.screens.ticket_form.customer.choosing.FOUND_AT_MOST", 2)
    search(screen, steps, "김정민")
    told = screen.customers.chooser.findChild(QLabel).text()
    assert told == "‘김정민’ 고객이 많아 2명만 보입니다. 더 자세히 입력하십시오."


def test_the_customers_tickets_load_by_choosing_one(screen, steps, database, kim) -> None:
    customer = make(database, a_customer, name="김정민")
    ticket = make(database, a_ticket, customer=customer, created_by=kim)
    screen.load_customer(customer.id)
    steps.run()
    screen.pages.open_page("고객접수내역")
    steps.run()
    page = screen.pages.of_customer
    assert page.model.rowCount() == 1
    page.table.selectRow(0)
    page.button("선택").click()
    steps.run()
    assert screen.form.ticket_id == ticket.id
    screen.pages.open_page("변경이력")
    steps.run()
    (row,) = screen.pages.history.model.rows
    assert (row.field, row.changed_by) == ("created", "김상담")


def name_error(screen: TicketFormScreen) -> str:
    """What can be read beside 고객명 of the top bar."""
    bar = screen.context.desk.top_bar
    return next(
        error.text()
        for error in bar.findChildren(FieldError)
        if error.accessibleName() == "고객명 오류"
    )


@pytest.mark.parametrize("by", ["고객저장", "접수정보저장"])
def test_a_name_that_is_too_long_is_refused_beside_it(
    screen: TicketFormScreen, steps: Steps, by: str
) -> None:
    bar = screen.context.desk.top_bar
    type_name(screen, "가" * 101)
    screen.fields.ticket_type.set_code("delivery")
    screen.fields.content.set_text("언제 오나요")
    if by == "고객저장":
        bar.save_customer_requested.emit()
    else:
        screen.buttons.button(Action.SAVE).click()
    steps.run()
    assert name_error(screen) == "고객명은 100자까지입니다."
    assert bar.customer_name == "가" * 101
    assert screen.form.ticket_id is None
    assert screen.fields.content.text() == "언제 오나요"
    bar._customer_name.setText("가" * 100)
    assert name_error(screen) == ""
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    assert screen.form.ticket_id is not None
