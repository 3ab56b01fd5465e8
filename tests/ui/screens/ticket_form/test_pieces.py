"""The small parts of the form: moments as people type them, receivers, differences."""

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from ets_desktop.domain.drafts import FormContents
from ets_desktop.domain.tickets import TicketForm
from ets_desktop.ui.formats import SEOUL
from ets_desktop.ui.screens.ticket_form.contents import (
    Difference,
    differences,
    empty_contents,
    has_unsaved,
    rebased,
    value_text,
)
from ets_desktop.ui.screens.ticket_form.fields import TicketFields
from ets_desktop.ui.widgets.choices import NOBODY, Receiver, ReceiverChoice
from ets_desktop.ui.widgets.moment_field import parse_moment

NOW = datetime(2026, 11, 21, 14, 3, 11, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-22 09:30", "2026-11-22 09:30"),
        ("2026-11-22 09:30:15", "2026-11-22 09:30"),
        ("2026.11.22T9:30", "2026-11-22 09:30"),
        ("202611220930", "2026-11-22 09:30"),
        ("11/22 9:30", "2026-11-22 09:30"),
        ("  내일   9:30 ", "2026-11-22 09:30"),
        ("모레 18:00", "2026-11-23 18:00"),
        ("13:00", "2026-11-21 13:00"),
        ("30분 뒤", "2026-11-21 14:33"),
        ("2시간", "2026-11-21 16:03"),
        ("1시간 30분 후", "2026-11-21 15:33"),
    ],
)
def test_a_moment_is_read_as_people_write_it(typed: str, meant: str) -> None:
    read = parse_moment(typed, NOW)
    assert read is not None
    assert (f"{read:%Y-%m-%d %H:%M}", read.tzinfo) == (meant, SEOUL)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "언젠가", "25:00", "2026-02-30 10:00", "내일", "2026-11-22", "시간", "뒤", "9시"),
        # no moment anywhere but in Seoul
        "0001-01-01 00:00",
    ],
)
def test_what_is_no_moment_is_none(typed: str) -> None:
    assert parse_moment(typed, NOW) is None


@pytest.fixture
def receivers(qtbot) -> ReceiverChoice:
    made = ReceiverChoice("이관담당자")
    qtbot.addWidget(made)
    made.offer(
        [
            Receiver("김상담 (101 · 1팀)", "김상담", agent_id=1),
            Receiver("김상담 (102)", "김상담", agent_id=2),
            Receiver("이담당 (103)", "이담당", agent_id=3),
            Receiver("1팀 (팀 3명)", "1팀", team_id=1),
        ]
    )
    return made


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("이담당", (3, None)),
        ("103", (3, None)),
        ("김상담 (102)", (2, None)),
        ("1팀", (None, 1)),
        ("담당", (3, None)),
    ],
)
def test_a_receiver_is_meant_by_a_name_or_an_extension(receivers, typed, key) -> None:
    receivers.setEditText(typed)
    assert receivers.receiver().key == key


def test_an_unclear_receiver_is_nobody_in_particular(receivers) -> None:
    receivers.setEditText("김상담")
    assert receivers.receiver() is None
    receivers.setEditText(" ")
    assert receivers.receiver() is NOBODY


def test_a_new_offer_keeps_what_was_chosen(receivers) -> None:
    receivers.set_receiver(3, None)
    receivers.offer([Receiver("이담당 (103)", "이담당", agent_id=3)])
    assert receivers.receiver().agent_id == 3
    assert receivers.name_of(3, None) == "이담당"
    assert receivers.name_of(9, None) == ""


def form(**values: object) -> TicketForm:
    return replace(TicketForm(uuid4(), "delivery", title="제목", content="내용"), **values)


def test_only_typed_text_of_a_new_form_is_unsaved() -> None:
    empty = empty_contents(uuid4())
    assert not has_unsaved(empty, empty)
    picked = replace(empty, form=replace(empty.form, ticket_type="return", customer_id=1))
    assert not has_unsaved(picked, empty)
    for typed in (
        replace(empty, form=replace(empty.form, content="글")),
        replace(empty, form=replace(empty.form, tags=("급함",))),
        replace(empty, customer_name="박새롬"),
        replace(empty, transfer_reason="이유"),
        replace(empty, to_agent_id=1),
    ):
        assert has_unsaved(typed, empty)


def test_every_field_of_a_stored_ticket_counts() -> None:
    stored = FormContents(form(), ticket_id=1, version=1)
    assert has_unsaved(replace(stored, form=replace(stored.form, customer_id=2)), stored)


def test_a_difference_is_a_clash_only_if_i_changed_the_field_too() -> None:
    base = form()
    mine = replace(base, title="내 제목")
    theirs = replace(base, title="남의 제목", content="남의 내용", tags=("급함",))
    found = differences(["title", "content", "status"], base, mine, theirs)
    assert found == (Difference("title", True), Difference("content", False))
    unknown = differences(["content"], None, mine, theirs)
    assert unknown == (Difference("content", True),)
    assert differences(["title"], base, replace(mine, title="남의 제목"), theirs) == ()


def test_what_was_typed_during_a_save_survives_it() -> None:
    sent = FormContents(form(), to_agent_id=3, transfer_reason="이유")
    stored = FormContents(sent.form)
    now = replace(sent, form=replace(sent.form, content="더 쓴 내용"))
    kept = rebased(now, sent, stored)
    assert kept.form.content == "더 쓴 내용"
    assert (kept.to_agent_id, kept.transfer_reason) == (None, "")


def test_values_read_as_words() -> None:
    ticket = form(due_on=date(2026, 11, 22), tags=("급함", "파손"), customer_confirmed=True)
    assert value_text("ticket_type", ticket, {}) == "배송문의"
    assert value_text("origin", ticket, {}) == "전화"
    assert value_text("due_on", ticket, {}) == "2026-11-22"
    assert value_text("tags", ticket, {}) == "급함, 파손"
    assert value_text("customer_confirmed", ticket, {}) == "확인"
    assert value_text("customer_id", ticket, {"customer_id": "김정민"}) == "김정민"
    assert value_text("order_id", ticket, {}) == ""


def test_a_mobile_number_to_call_back_is_seen_whole_in_the_narrowest_form(qtbot: QtBot) -> None:
    fields = TicketFields()
    qtbot.addWidget(fields)
    fields.resize(fields.minimumSizeHint())
    with qtbot.waitExposed(fields):
        fields.show()
    fields.callback_number.setText("010-0000-5102")
    text = fields.callback_number.fontMetrics().horizontalAdvance("010-0000-5102")
    assert fields.callback_number.width() > text + 8
