"""What happened with a customer, in words."""

from datetime import UTC, datetime

import pytest

from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.queries.journey.registry import SOURCES
from ets_desktop.queries.journey.rows import JourneyRow
from ets_desktop.ui.journey_words import contact_words, entry_of
from ets_desktop.ui.labels import JOURNEY_EVENTS, JOURNEY_STATES
from ets_desktop.ui.screens.ticket_form.around.history_page import field_word, stored_text
from ets_desktop.ui.widgets.marks import COLOURS

AT = datetime(2026, 11, 22, 5, 3, 11, tzinfo=UTC)
TICKET = {"ticket_id": 7, "ticket_no": "261122-00007", "words": "파손 문의"}
CALL = {"event": "call", "number": "01000001234", "agent": "김상담"}
ORDER = {"event": "order", "order_id": 3, "order_no": "4105", "other": "가게몰", "words": "청소기"}


def happened(event: str, state: str, **values: object) -> JourneyRow:
    nothing = {"ticket_id": None, "ticket_no": "", "order_id": None, "order_no": ""}
    nothing |= dict.fromkeys(("agent", "other", "number", "words", "note"), "")
    nothing |= dict.fromkeys(("amount", "count", "seconds", "due_at"))
    told = {"at": AT, "place": 0, "key": 1, "event": event, "state": state}
    return JourneyRow(**nothing | told | values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "mark", "title", "detail"),
    [
        (
            happened(state="in", seconds=42, note="completed", **CALL | TICKET),
            "call",
            "수신 통화 · 010-****-1234 · 00:42",
            "접수 261122-00007 파손 문의 · 김상담",
        ),
        (
            happened(state="missed", note="no_answer", **CALL | {"agent": ""}),
            "missed",
            "부재 통화 · 010-****-1234",
            "응답 없음 · 접수 없음",
        ),
        (
            happened("ticket", "delivery", agent="김상담", **TICKET),
            "ticket",
            "접수 · 261122-00007 · 배송문의",
            "파손 문의 · 김상담",
        ),
        (
            happened("status", "discarded", note="잘못 접수", agent="김상담", **TICKET),
            "status",
            "폐기 · 261122-00007",
            "잘못 접수 · 파손 문의 · 김상담",
        ),
        (
            happened("claim", "pickup_failed", note="문이 잠김", **TICKET),
            "claim",
            "수거실패 · 261122-00007",
            "문이 잠김 · 파손 문의",
        ),
        (
            happened("transfer", "sent", agent="김상담", other="이담당", note="휴무", **TICKET),
            "transfer",
            "이관 · 김상담 → 이담당 · 261122-00007",
            "휴무 · 파손 문의",
        ),
        (
            happened("callback", "promised", number="01000001234", due_at=AT, **TICKET),
            "callback",
            "콜백 예약 · 010-****-1234 · 2026-11-22 14:03:11",
            "접수 261122-00007 파손 문의",
        ),
        (
            happened("callback", "missed", number="01000001234", count=2, due_at=AT, **TICKET),
            "callback",
            "콜백 부재 · 010-****-1234 · 2번째",
            "접수 261122-00007 파손 문의",
        ),
        (
            happened("activity", "note", note="녹취 확인", agent="김상담", **TICKET),
            "activity",
            "메모 · 261122-00007",
            "녹취 확인 · 파손 문의 · 김상담",
        ),
        (
            happened(state="ordered", amount=74000, count=2, note="shipping", **ORDER),
            "order",
            "주문 · 가게몰 · 4105 · 74,000원",
            "청소기 외 1건 · 배송중",
        ),
        (
            happened(state="shipped", count=1, note="한진택배 5001", **ORDER),
            "order",
            "발송 · 가게몰 · 4105",
            "청소기 · 한진택배 5001",
        ),
        (
            happened("merge", "merged", words="C000000007 최구매", agent="김상담"),
            "merge",
            "고객 병합",
            "C000000007 최구매 · 김상담",
        ),
    ],
)
def test_every_event_is_one_sentence(row: JourneyRow, mark: str, title: str, detail: str) -> None:
    entry = entry_of(row)
    assert (entry.mark, entry.title, entry.detail) == (mark, title, detail)
    assert entry.sentence == f"2026-11-22 14:03:11, {title}, {detail}"
    assert entry.tip.splitlines()[0] == f"2026-11-22 14:03:11  {title}"
    assert (entry.behind is row) == (row.ticket_id is not None or row.order_id is not None)


def test_the_tip_tells_all_that_is_known() -> None:
    row = happened(state="missed", note="no_answer", **CALL | TICKET)
    assert entry_of(row).tip.splitlines()[1:] == [
        "응답 없음",
        "접수 261122-00007 파손 문의",
        "담당자: 김상담",
    ]
    written = happened("ticket", "delivery", note="상자가\n찢어졌다", **TICKET)
    assert entry_of(written).tip.splitlines()[1:] == ["상자가", "찢어졌다", "파손 문의"]


def test_a_contact_tells_what_the_other_columns_do_not() -> None:
    told = [
        happened(state="missed", note="no_answer", **CALL | TICKET),
        happened("callback", "succeeded", count=1, **TICKET),
        happened("ticket", "delivery", **TICKET),
        happened("activity", "sms", note="배송 안내", **TICKET),
        happened("activity", "take_over", **TICKET),
    ]
    assert [contact_words(row) for row in told] == [
        "응답 없음 · 파손 문의",
        "1번째 · 파손 문의",
        "배송문의 · 파손 문의",
        "배송 안내",
        "파손 문의",
    ]


def test_every_source_has_words_and_a_mark() -> None:
    events = {source.event for source in SOURCES}
    assert events == set(JOURNEY_EVENTS)
    assert events - {"ticket"} <= set(JOURNEY_STATES)
    assert events <= set(COLOURS)


@pytest.mark.parametrize(
    ("field", "value", "label", "shown"),
    [
        ("status", "completed", "상태", "완료"),
        ("caller_number", "01000001234", "전화번호", "010-0000-1234"),
        ("call_in", "anonymous", "수신 통화", "anonymous"),
        ("transfer_returned", "김상담 · 물류 건 아님", "이관 반려", "김상담 · 물류 건 아님"),
        ("callback_promised", "2026-11-22T05:03:11+00:00", "콜백 예약", "2026-11-22 14:03:11"),
        ("callback_missed", "", "콜백 부재", ""),
        ("claim_created", "exchange_other", "클레임", "다른상품교환"),
        ("claim_step", "pickup_ordered", "단계", "회수지시"),
        ("claim_held", "true", "보류", "보류"),
        ("claim_fee", "3000", "배송비", "3,000"),
        ("claim_photos", '["a.png", "b.png"]', "사진", "2장"),
        ("claim_photos", "[]", "사진", ""),
        ("claim_decision", "send_back", "처분", "고객회송"),
        ("a_new_column", "1", "a_new_column", "1"),
    ],
)
def test_the_history_reads_as_people_do(field: str, value: str, label: str, shown: str) -> None:
    assert (field_word(field), stored_text(field, value)) == (label, shown)


def test_an_entry_calls_its_number_for_its_ticket() -> None:
    called = entry_of(happened(state="in", **CALL | TICKET)).dialled
    assert (called.number, called.about) == ("01000001234", DialledFrom(ticket_id=7))
    assert entry_of(happened(state="ordered", **ORDER)).dialled.number == ""
