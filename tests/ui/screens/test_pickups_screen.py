"""택배회수이력: conditions, the red rule, what is asked again and called off, row by row."""

from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calendar import BusinessCalendar
from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.errors import Unavailable
from ets_desktop.domain.pickups import SendState, collect_until
from ets_desktop.services.claim_requests import ClaimRequested
from ets_desktop.services.pickups import PickupSending, note_sending, take_pickup_news
from ets_desktop.ui.batch_actions import REFUSED
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.click_to_call import dialled_at
from ets_desktop.ui.operations.row_batch import RowBatch, RowWish
from ets_desktop.ui.screens.pickups.retry_dialog import RetryDialog
from ets_desktop.ui.screens.pickups.screen import PickupsScreen
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import Dialled
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.widgets.period import DateField, today_in_seoul
from tests.claims import news, requested, shipped_line, wish
from tests.ui.screens.searching import (
    access_log,
    ask,
    ask_for,
    button,
    cells,
    error,
    find,
    panel,
    select_every_row,
    shown,
    wait_for_cells,
)

COLUMNS = [
    "요청일시",
    "택배사",
    "원송장번호",
    "회수송장번호",
    "주문번호",
    "고객",
    "상품",
    "상태",
    "실패사유",
    "전송상태",
]
CONDITIONS = ["시작일", "종료일", "택배사", "상태", "주문번호", "고객", "송장번호"]


def pickup(database: Database, kim: Agent, **values: Any) -> ClaimRequested:
    return requested(database, kim, wish(shipped_line(database, **values)))


def tell(database: Database, made: ClaimRequested, state: str, **values: Any) -> None:
    database.call(take_pickup_news, news(made, state, **values))


def fail(database: Database, made: ClaimRequested) -> None:
    tell(database, made, "failed", code="09", words="권역 아님", failed_at="not_collected")


def open_screen(kims_desk: UiContext, steps: Any, qtbot: QtBot, **values: Any) -> PickupsScreen:
    made: PickupsScreen = shown(PickupsScreen(kims_desk, **values), steps, qtbot)
    return made


def rows(screen: PickupsScreen) -> TablePanel[Any]:
    return panel(screen, "택배회수이력")


def press(screen: QWidget, label: str, steps: Any) -> None:
    button(screen, label).click()
    steps.run()


def test_every_condition_and_column_of_the_specification_is_there(
    kims_desk: UiContext, steps, qtbot: QtBot
) -> None:
    screen = open_screen(kims_desk, steps, qtbot)
    for name in CONDITIONS:
        assert find(screen, QWidget, name).isVisible()
    assert [column.title for column in rows(screen).model.columns] == COLUMNS
    screen.activateWindow()
    screen.take_focus()
    assert screen.focusWidget() is find(screen, QLineEdit, "송장번호")


def test_opened_it_shows_the_pickups_of_a_month_in_one_read(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    made = pickup(database, kim, tracking_no="600000000125")
    tell(database, made, "accepted", return_waybill="600000000999")
    screen = PickupsScreen(kims_desk)
    qtbot.addWidget(screen)
    screen.show()
    assert steps.waiting == 1
    steps.run()
    row = dict(zip(COLUMNS, rows(screen).model.texts(0), strict=True))
    assert (row["원송장번호"], row["회수송장번호"]) == ("600000000125", "600000000999")
    assert (row["택배사"], row["상태"]) == ("CJ대한통운", "택배접수")
    assert "*" in row["고객"]
    rows(screen).table.selectRow(0)
    (shown_row,) = rows(screen).model.rows
    ticket = DialledFrom(ticket_id=shown_row.ticket_id)
    assert dialled_at(rows(screen).table) == Dialled(shown_row.phone, ticket)
    assert (row["실패사유"], row["전송상태"]) == ("", "전송대기")
    assert ("search_pickups", 1) in [(entry[1], entry[4]) for entry in access_log(database)]
    tell(database, made, "arrived")
    ask(screen, steps)
    assert cells(rows(screen), "전송상태") == [""], "nobody is asked for what is here"


def test_either_waybill_finds_it_and_other_conditions_do_not(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    made = pickup(database, kim, tracking_no="600000000125")
    tell(database, made, "accepted", return_waybill="600000000999")
    pickup(database, kim, tracking_no="611111111111")
    screen = open_screen(kims_desk, steps, qtbot)
    for number in ("600000000125", "6000-0000-0999"):
        ask_for(screen, steps, "송장번호", number)
        assert cells(rows(screen), "회수송장번호") == ["600000000999"]
    ask_for(screen, steps, "송장번호", "")
    find(screen, QComboBox, "상태").setCurrentText("회수요청")
    ask(screen, steps)
    assert cells(rows(screen), "원송장번호") == ["611111111111"]
    find(screen, QComboBox, "택배사").setCurrentText("우체국택배")
    ask(screen, steps)
    assert rows(screen).model.rowCount() == 0
    button(screen, "전체").click()
    find(screen, QComboBox, "택배사").setCurrentText("전체")
    find(screen, QComboBox, "상태").setCurrentText("전체")
    ask(screen, steps)
    assert error(screen, "송장번호")


def test_it_is_red_from_the_third_business_day_after_acceptance(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    made = pickup(database, kim)
    accepted = datetime.now(UTC)
    tell(database, made, "accepted", at=accepted)
    last = collect_until(accepted, BusinessCalendar())
    for days, red in ((0, False), (1, True)):
        then = now_in_seoul().replace(year=last.year, month=last.month, day=last.day, hour=9)
        moment = then + timedelta(days=days)
        screen = open_screen(kims_desk, steps, qtbot, now=lambda at=moment: at)
        assert rows(screen).model.is_red(0, 0) is red


def test_a_failure_tells_our_word_and_what_the_courier_said(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    made = pickup(database, kim)
    fail(database, made)
    assert made.pickup_id is not None
    refused = PickupSending(made.pickup_id, SendState.FAILED, send_error="ORA-00001")
    database.call(note_sending, refused)
    screen = open_screen(kims_desk, steps, qtbot)
    assert cells(rows(screen), "실패사유") == ["구역불일치"]
    assert cells(rows(screen), "전송상태") == ["실패 · ORA-00001"]
    model = rows(screen).model
    assert model.tip(0, COLUMNS.index("실패사유")) == "미집화 09 · 권역 아님"
    assert model.is_red(0, COLUMNS.index("전송상태"))
    known = PickupSending(made.pickup_id, SendState.FAILED, send_error="database_away")
    database.call(note_sending, known)
    ask(screen, steps)
    assert "database_away" not in cells(rows(screen), "전송상태")[0]
    detailed = PickupSending(made.pickup_id, SendState.FAILED, send_error="courier_refused -20004")
    database.call(note_sending, detailed)
    ask(screen, steps)
    (told,) = cells(rows(screen), "전송상태")
    assert told.startswith("실패 · 택배사가 받지 않았습니다.")
    assert told.endswith("(-20004)")


def test_a_reason_nobody_knows_stands_as_the_courier_says_it(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    made = pickup(database, kim)
    tell(database, made, "failed", code="77", words="공사 중", failed_at="not_collected")
    screen = open_screen(kims_desk, steps, qtbot)
    assert cells(rows(screen), "실패사유") == ["공사 중"]


def test_a_failed_pickup_is_asked_for_again_on_another_day(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    fail(database, pickup(database, kim))
    screen = open_screen(kims_desk, steps, qtbot)
    rows(screen).table.selectRow(0)
    steps.run()
    assert not button(screen, "회수 재요청").isHidden()
    button(screen, "회수 재요청").click()
    dialog = screen.findChild(RetryDialog)
    day = dialog.findChild(DateField)
    day.set_day(today_in_seoul() - timedelta(days=1))
    button(dialog, "확인").click()
    assert error(dialog, "수거희망일")
    tomorrow = today_in_seoul() + timedelta(days=1)
    day.set_day(tomorrow)
    button(dialog, "확인").click()
    steps.run()
    ask(screen, steps)
    assert cells(rows(screen), "상태") == ["회수요청", "수거실패"]
    model = rows(screen).model
    assert str(tomorrow) in model.tip(0, COLUMNS.index("택배사"))
    assert model.tip(0, COLUMNS.index("상태")) == "2번째 요청"
    assert model.tip(1, COLUMNS.index("상태")) == "다시 요청함"
    assert ("say", "회수 재요청: 1건을 처리했습니다.") in kims_desk.desk.asked


def test_called_off_are_those_that_can_be_and_the_others_say_why_not(
    kims_desk: UiContext, database: Database, kim: Agent, changes: ChangeBus, steps, qtbot: QtBot
) -> None:
    pickup(database, kim)
    collected = pickup(database, kim)
    tell(database, collected, "collected")
    screen = open_screen(kims_desk, steps, qtbot)
    rows(screen).table.selectRow(0)
    steps.run()
    assert not button(screen, "회수 취소").isEnabled()
    select_every_row(rows(screen), qtbot)
    assert button(screen, "회수 취소").isEnabled()
    press(screen, "회수 취소", steps)
    refused = panel(screen, REFUSED)
    assert refused.isVisible()
    assert cells(refused, "접수번호") == [collected.ticket_no]
    assert cells(refused, "이유") == ["이미 수거되었거나 끝난 회수 요청입니다."]
    refused.table.selectRow(0)
    assert rows(screen).current_row().ticket_no == collected.ticket_no
    button(screen, "닫기").click()
    assert not refused.isVisible()
    wait_for_cells(rows(screen), "상태", ["수거완료", "취소"], steps, qtbot)


def test_below_stands_what_its_courier_told_the_newest_first(
    kims_desk: UiContext, database: Database, kim: Agent, changes: ChangeBus, steps, qtbot: QtBot
) -> None:
    made = pickup(database, kim)
    screen = open_screen(kims_desk, steps, qtbot)
    events = panel(screen, "회수 진행")
    assert cells(events, "상태") == ["회수요청"]
    now = datetime.now(UTC)
    scan = news(made, None, "scan/1", at=now, courier_state="집화출발", place="강남")
    database.call(take_pickup_news, scan)
    fail(database, made)
    changes.publish(frozenset({"pickups"}))
    wanted = ["수거실패", "수거실패", "집화출발", "회수요청"]
    steps.run()
    assert set(cells(events, "상태")) == set(wanted)
    assert "미집화 09 권역 아님" in cells(events, "내용")
    assert "강남" in cells(events, "위치")
    pickup(database, kim)
    ask(screen, steps)
    assert events.model.rowCount() == 0
    button(screen, "초기화").click()
    assert rows(screen).model.rowCount() == 0


def test_events_that_cannot_be_read_are_told_of(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    pickup(database, kim)
    screen = open_screen(kims_desk, steps, qtbot)
    revoke = text("REVOKE SELECT ON pickup_event FROM ets_agent")
    database.call(lambda session: session.execute(revoke))
    try:
        kims_desk.changes.publish(frozenset({"pickups"}))
        steps.run()
    finally:
        grant = text("GRANT SELECT ON pickup_event TO ets_agent")
        database.call(lambda session: session.execute(grant))
    assert panel(screen, "회수 진행").message


def test_without_a_row_a_button_says_that_it_needs_one(
    kims_desk: UiContext, database: Database, steps, qtbot: QtBot
) -> None:
    screen = open_screen(kims_desk, steps, qtbot)
    for label in ("회수 재요청", "회수 취소"):
        press(screen, label, steps)
        assert rows(screen).message == "목록에서 한 건을 먼저 고르십시오."


def test_a_row_opens_its_ticket(
    kims_desk: UiContext, database: Database, kim: Agent, desk, steps, qtbot: QtBot
) -> None:
    made = pickup(database, kim)
    screen = open_screen(kims_desk, steps, qtbot)
    rows(screen).table.selectRow(0)
    button(screen, "선택").click()
    assert ("load_ticket", made.ticket_id) in desk.asked


def test_news_of_a_courier_appear_by_themselves_once_it_is_seen(
    kims_desk: UiContext, database: Database, kim: Agent, changes: ChangeBus, steps, qtbot: QtBot
) -> None:
    made = pickup(database, kim)
    screen = open_screen(kims_desk, steps, qtbot)
    screen.hide()
    tell(database, made, "collected")
    changes.publish(frozenset({"pickups"}))
    assert steps.waiting == 0
    screen.show()
    wait_for_cells(rows(screen), "상태", ["수거완료"], steps, qtbot)


def test_without_its_database_a_batch_does_not_try_every_row(
    context: UiContext, steps, qtbot: QtBot
) -> None:
    tried: list[object] = []

    def away(_session: Any, command: object) -> Any:
        tried.append(command)
        raise Unavailable("database_away")

    batch = RowBatch(context, context.desk.top_bar)
    wishes = [RowWish(n, str(n), "", n) for n in range(3)]
    with qtbot.waitSignal(batch.ended) as ended:
        assert batch.run(away, wishes)
        assert not batch.run(away, wishes)
        steps.run()
    assert tried == [0]
    result = ended.args[0]
    assert (result.done, [row.key for row in result.refused]) == (0, [0, 1, 2])
