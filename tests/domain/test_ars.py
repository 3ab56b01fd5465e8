"""What an ARS vendor tells: what is understood, what is refused with which word, and any bytes."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ets_desktop.domain.ars import (
    MOST_EVENTS,
    MOST_STEPS,
    MOST_WON,
    ArsEvent,
    ArsKind,
    BadArsEvent,
    event_of,
    merged,
    read_events,
)
from ets_desktop.domain.storable import storable

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANSWERED = datetime(2026, 11, 22, 1, tzinfo=UTC)
BARE = {"session_id": "s-1", "answered_at": "2026-11-22T10:00:00+09:00"}
WHOLE = BARE | {
    "order_no": "20261121-0000001",
    "name": "홍길동",
    "phone": "010-0000-1234",
    "kind": "반품",
    "category": "단순변심",
    "amount": 32_000,
    "packing_fee": "2,500",
    "menu": ["주문조회", "반품"],
    "reached_final": True,
    "ended_at": "2026-11-22 10:03:00",
}


def body(*told: Any) -> bytes:
    return json.dumps(told[0] if len(told) == 1 else told).encode()


def reason_of(content: bytes) -> tuple[str, str, int]:
    with pytest.raises(BadArsEvent) as refused:
        read_events(content, NOW)
    return refused.value.reason, refused.value.field, refused.value.place


def test_an_event_is_read_whole() -> None:
    assert read_events(body(WHOLE), NOW) == (
        ArsEvent(
            session_id="s-1",
            answered_at=ANSWERED,
            order_no="20261121-0000001",
            name="홍길동",
            phone="010-0000-1234",
            kind=ArsKind.RETURN,
            category="단순변심",
            amount=32_000,
            packing_fee=2_500,
            menu=("주문조회", "반품"),
            reached_final=True,
            ended_at=ANSWERED + timedelta(minutes=3),
        ),
    )


def test_a_session_that_began_says_little() -> None:
    nulls = dict.fromkeys(set(WHOLE) - set(BARE))
    bare = ArsEvent("s-1", ANSWERED)
    assert read_events(body(BARE | nulls), NOW) == (bare,)
    assert read_events(body(BARE | {"kind": "", "amount": "", "ended_at": ""}), NOW) == (bare,)
    assert read_events(body(BARE | {"vendor_notes": {"a": [1]}}), NOW) == (bare,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_korean_comes_as_utf_8_or_cp949(encoding: str) -> None:
    sent = json.dumps(WHOLE, ensure_ascii=False).encode(encoding)
    assert read_events(sent, NOW)[0].name == "홍길동"


@pytest.mark.parametrize(
    "text",
    ["2026-11-22T10:00:00+0900", "2026-11-22T01:00Z", "20261122100000", "2026-11-22 10:00:00.125"],
)
def test_moments_are_of_seoul_unless_they_say_otherwise(text: str) -> None:
    assert read_events(body(BARE | {"answered_at": text}), NOW)[0].answered_at == ANSWERED


@pytest.mark.parametrize(
    ("changed", "reason", "field"),
    [
        ({"session_id": ""}, "missing", "session_id"),
        ({"session_id": " \x00"}, "missing", "session_id"),
        ({"session_id": True}, "wrong_type", "session_id"),
        ({"session_id": 10**18}, "wrong_type", "session_id"),
        ({"session_id": "x" * 129}, "too_long", "session_id"),
        ({"answered_at": None}, "missing", "answered_at"),
        ({"answered_at": 1_700_000_000}, "wrong_type", "answered_at"),
        ({"answered_at": "어제"}, "no_moment", "answered_at"),
        ({"answered_at": "2026-02-30T10:00:00"}, "no_moment", "answered_at"),
        ({"answered_at": "1999-12-31T10:00:00"}, "no_moment", "answered_at"),
        ({"answered_at": "9999-12-31T23:59:59Z"}, "no_moment", "answered_at"),
        ({"answered_at": "2026-11-24T10:00:00"}, "no_moment", "answered_at"),
        ({"answered_at": "2026-11-22T10:00:00+99:99"}, "no_moment", "answered_at"),
        ({"ended_at": "2026-11-22T09:59:59"}, "ended_before", "ended_at"),
        ({"name": ["홍길동"]}, "wrong_type", "name"),
        ({"name": "홍" * 101}, "too_long", "name"),
        ({"phone": 1_000_001_234}, "wrong_type", "phone"),
        ({"phone": "0" * 41}, "too_long", "phone"),
        ({"kind": 3}, "wrong_type", "kind"),
        ({"kind": "환불"}, "no_kind", "kind"),
        ({"amount": True}, "wrong_type", "amount"),
        ({"amount": {}}, "wrong_type", "amount"),
        ({"amount": -1}, "no_amount", "amount"),
        ({"amount": 0.5}, "no_amount", "amount"),
        ({"amount": "3만원"}, "no_amount", "amount"),
        ({"amount": MOST_WON + 1}, "no_amount", "amount"),
        ({"packing_fee": 10**300}, "no_amount", "packing_fee"),
        ({"menu": 3}, "wrong_type", "menu"),
        ({"menu": {"1": "반품"}}, "wrong_type", "menu"),
        ({"menu": [["반품"]]}, "wrong_type", "menu"),
        ({"menu": ["x"] * (MOST_STEPS + 1)}, "too_long", "menu"),
        ({"menu": ["x" * 101]}, "too_long", "menu"),
        ({"reached_final": "글쎄"}, "wrong_type", "reached_final"),
        ({"reached_final": []}, "wrong_type", "reached_final"),
    ],
)
def test_what_cannot_be_is_refused_by_field(
    changed: dict[str, Any], reason: str, field: str
) -> None:
    assert reason_of(body(WHOLE | changed)) == (reason, field, 1)
    assert reason_of(body(BARE, WHOLE | changed)) == (reason, field, 2)


@pytest.mark.parametrize(
    ("content", "reason", "place"),
    [
        (b"", "not_json", 0),
        (b"\xff\xfe\xfd", "not_text", 0),
        (b"{", "not_json", 0),
        (b"<xml/>", "not_json", 0),
        (b"NaN", "not_json", 0),
        (b'{"amount": Infinity}', "not_json", 0),
        (b"[" * 100_000, "not_json", 0),
        (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, "not_json", 0),
        (b"[1" + b"0" * 5_000 + b"]", "not_json", 0),
        (b'{"session_id": "a", "session_id": "b"}', "key_twice", 0),
        (b'[{"menu": {"a": 1, "a": 2}}]', "key_twice", 0),
        (b"[]", "not_events", 0),
        (b"3", "not_events", 1),
        (b"null", "not_events", 1),
        (b'["text"]', "not_events", 1),
        (b"[" + b"{}," * MOST_EVENTS + b"{}]", "too_many", 0),
    ],
)
def test_what_is_no_body_is_refused_whole(content: bytes, reason: str, place: int) -> None:
    assert reason_of(content) == (reason, "", place)


def test_a_refusal_says_nothing_of_what_came() -> None:
    with pytest.raises(BadArsEvent) as refused:
        read_events(body(WHOLE | {"kind": "홍길동"}), NOW)
    assert "홍" not in f"{refused.value}{refused.value.__cause__}"


def test_what_cannot_be_stored_goes_and_the_rest_stays() -> None:
    sent = (
        rb'{"session_id":7,"answered_at":"20261122100000","name":"\u0000\ud800A\nB","menu":"1> >2"}'
    )
    [event] = read_events(sent, NOW)
    assert (event.session_id, event.name, event.menu) == ("7", "A B", ("1", "2"))


def test_a_row_of_a_file_is_read_alike() -> None:
    row = {"amount": "32,000", "reached_final": "예", "menu": "주문조회>반품", "kind": " Return "}
    told = event_of(BARE | row, NOW)
    assert (told.amount, told.reached_final, told.kind) == (32_000, True, ArsKind.RETURN)
    assert not event_of(BARE | {"reached_final": "N"}, NOW).reached_final
    assert event_of(BARE | {"reached_final": 1}, NOW).reached_final


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
told_events = st.fixed_dictionaries(
    {}, optional={key: json_values | st.just(value) for key, value in WHOLE.items()}
)


@given(st.binary(max_size=300) | told_events.map(json.dumps).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_events_or_a_refusal(content: bytes) -> None:
    """Nested, huge, of other types, NUL, halves of letters, NaN, broken UTF-8."""
    events: tuple[ArsEvent, ...] = ()
    with suppress(BadArsEvent):
        events = read_events(content, NOW)
    for event in events:
        texts = (event.session_id, event.order_no, event.name, event.phone, event.category)
        for text in (*texts, *event.menu):
            assert "\x00" not in text
            assert text == storable(text)
        assert 0 <= (event.amount or 0) <= MOST_WON


@st.composite
def sessions(draw: st.DrawFn) -> list[ArsEvent]:
    """One session as it is told: fuller each time, ended at last."""
    steps = draw(st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=5))
    known = [ArsEvent("s-1", ANSWERED)]
    for number in range(1, len(steps) + 1):
        known.append(replace(known[-1], menu=tuple(steps[:number])))
    last = replace(known[-1], name="홍길동", kind=ArsKind.CANCEL, amount=3, reached_final=True)
    return [*known, replace(last, ended_at=ANSWERED + timedelta(minutes=1))]


@given(st.data())
def test_a_session_is_the_same_in_whatever_order_it_was_told(data: st.DataObject) -> None:
    told = data.draw(sessions())
    shuffled = data.draw(st.permutations([*told, *told]))
    assert reduce(merged, shuffled) == told[-1]


def test_what_the_later_event_leaves_out_the_earlier_one_says() -> None:
    began = ArsEvent("s-1", ANSWERED, phone="01000001234", amount=3)
    ended = ArsEvent("s-1", ANSWERED, amount=5, ended_at=ANSWERED)
    whole = replace(ended, phone="01000001234")
    assert merged(began, ended) == merged(ended, began) == whole
