"""병합 and 이벤트내역 at the desk: choose, look, merge, go back; the other desk follows."""

from typing import Any

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.domain.topics import customer_topic
from ets_desktop.queries.customers import customer_detail
from ets_desktop.services.customer_merges import MergeCustomers, merge_customers
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.factories import a_customer, a_ticket, make
from tests.ui.conftest import Steps


@pytest.fixture
def kept(database: Database) -> Any:
    return make(database, a_customer, name="김정민", numbers=("01000001234",), grade="gold")


@pytest.fixture
def twin(database: Database, kim: Any) -> Any:
    made = make(
        database,
        a_customer,
        name="김정민",
        numbers=("01000001234", "01000005678"),
        address="물빛로",
    )
    make(database, a_ticket, customer=made, created_by=kim, status="completed")
    make(database, a_ticket, customer=made, created_by=kim)
    return made


@pytest.fixture
def merging(screen: TicketFormScreen, steps: Steps, kept: Any, twin: Any) -> Any:
    """Kim looks at the card of who is to stay, and presses 병합."""
    screen.load_customer(kept.id)
    screen.pages.open_page("고객상세")
    steps.run()
    screen.pages.customer.button("병합").click()
    steps.run()
    yield screen.registering.merging
    for dialog in (
        screen.registering.merging.chooser,
        screen.registering.merging.dialog,
        screen.registering.merging.events,
    ):
        if dialog is not None:
            dialog.reject()


def choose(merging: Any, steps: Steps, number: int = 0) -> Any:
    merging.chooser.table.selectRow(number)
    merging.chooser.choose.click()
    steps.run()
    return merging.dialog


def owner(database: Database, customer: Any) -> int | None:
    return database.call(customer_detail, customer.id).merged_into_id


def test_the_likeliest_duplicates_are_offered_and_what_moves_is_shown(
    merging, steps, database, kept, twin
) -> None:
    assert [row.customer_id for row in merging.chooser.rows] == [twin.id]
    assert merging.chooser.new.isHidden()
    dialog = choose(merging, steps)
    rows = {row.label: (row.kept, row.merged) for row in dialog.rows}
    assert rows["접수"] == ("0건 (미완료 0건)", "2건 (미완료 1건)")
    assert rows["전화번호"] == ("010-0000-1234", "010-0000-5678, 010-0000-1234")
    assert rows["등급"] == ("골드", "일반")
    assert "접수 2건" in dialog.summary.text()
    assert "전화번호 1개, 주소 1개" in dialog.summary.text()
    dialog.stays.setCurrentIndex(1)
    assert dialog.kept.customer_id == twin.id
    dialog.cancel.click()
    steps.run()
    assert owner(database, twin) is None


def test_a_merge_is_done_told_and_undone_from_the_status_line(
    merging, screen, steps, database, kept, twin, monkeypatch
) -> None:
    said: list[Any] = []
    monkeypatch.setattr(
        screen.context.desk, "say", lambda message, undo=None: said.append((message, undo))
    )
    choose(merging, steps).ok.click()
    steps.run()
    assert owner(database, twin) == kept.id
    assert said[-1][0] == "고객을 병합했습니다: 접수 2건, 통화 0건, 주문 0건"
    page = screen.pages.customer
    assert {row.digits for row in page.phones.rows} == {"01000001234", "01000005678"}
    said[-1][1]()
    steps.run()
    assert owner(database, twin) is None
    assert len(page.phones.rows) == 1


def test_the_events_tell_the_merge_and_take_it_back(
    merging, screen, steps, database, kept, twin
) -> None:
    choose(merging, steps).ok.click()
    steps.run()
    screen.pages.customer.button("이벤트내역").click()
    steps.run()
    events = merging.events
    rows = {row.field: row for row in events.list.model.rows}
    assert rows["merged"].new == f"{twin.customer_no} 김정민"
    assert not events.list.button("병합 취소").isEnabled()
    place = [row.field for row in events.list.model.rows].index("merged")
    events.list.table.selectRow(place)
    events.list.button("병합 취소").click()
    steps.run()
    assert owner(database, twin) is None
    assert "merge_undone" in {row.field for row in events.list.model.rows}
    assert not events.list.button("병합 취소").isEnabled()
    events.close_button.click()
    assert merging.events is None


def test_somebody_who_is_not_alike_is_looked_up(merging, steps, database, desk, kept) -> None:
    other = make(database, a_customer, name="이영희", numbers=("01000007777",))
    merging.chooser.search.setText("7777")
    merging.chooser.search.entered.emit()
    steps.run()
    assert [row.customer_id for row in merging.chooser.rows] == [other.id]
    merging.chooser.search.setText(kept.customer_no)
    merging.chooser.search.entered.emit()
    steps.run()
    assert merging.chooser.rows == ()


def test_the_form_of_somebody_merged_at_another_desk_goes_on_with_who_stayed(
    open_screen, steps, database, kim, lee, kept, twin, changes, desk
) -> None:
    screen = open_screen(kim)
    screen.load_customer(twin.id)
    steps.run()
    screen.fields.content.set_text("쓰던 내용")
    database.call(merge_customers, MergeCustomers(lee.id, kept.id, twin.id))
    changes.publish(frozenset({customer_topic(twin.id)}))
    steps.run()
    assert screen.form.customer_id == kept.id
    assert screen.fields.content.text() == "쓰던 내용"
    assert any("병합되었습니다" in str(asked) for asked in desk.asked)


def test_a_merge_another_desk_was_faster_with_is_refused_in_words(
    merging, steps, database, kept, twin, lee, desk
) -> None:
    dialog = choose(merging, steps)
    database.call(merge_customers, MergeCustomers(lee.id, kept.id, twin.id))
    dialog.ok.click()
    steps.run()
    assert ("tell", "customer_merged") in desk.asked
