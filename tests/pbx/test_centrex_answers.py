"""What the Centrex answers: codes, habits, and anything else that may come over a wire."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.pbx.vendors.lgu_centrex.answers import CentrexRefused, Reaction, read_answer
from ets_desktop.pbx.vendors.lgu_centrex.history import inbound_row, outbound_row


def body(result: object, rows: object = None) -> bytes:
    return json.dumps({"SVC_RT": result, "SVC_MSG": "성공", "DATAS": rows}).encode()


@pytest.mark.parametrize("result", ["0000", "OK", "ok", 0, " 0000 "])
def test_each_way_of_saying_done_is_understood(result: object) -> None:
    assert read_answer("callhistory", body(result, [{"NO": 1}])) == ({"NO": "1"},)


@pytest.mark.parametrize("rows", [None, [], "", "text", 7, [None, "x"]])
def test_a_list_may_be_nothing_at_all(rows: object) -> None:
    assert read_answer("getinboundcall", body("0000", rows)) == ()


def test_an_object_is_one_row_and_its_values_are_texts() -> None:
    row = {"STATUS": " OK ", "DEBUG": None, "COUNT": 3}
    assert read_answer("getringcallback", body("0000", row)) == (
        {"STATUS": "OK", "DEBUG": "", "COUNT": "3"},
    )


@pytest.mark.parametrize("result", ["4002", "4004", 4002])
def test_no_data_is_an_empty_list(result: object) -> None:
    assert read_answer("getinboundcall", body(result)) == ()
    assert read_answer("callhistory", body(result)) == ()


@pytest.mark.parametrize(
    ("result", "code", "reaction"),
    [
        ("1001", "centrex_question_wrong", Reaction.GIVE_UP),
        ("1002", "centrex_question_wrong", Reaction.GIVE_UP),
        ("1003", "centrex_id_refused", Reaction.HALT),
        ("1004", "centrex_password_refused", Reaction.HALT),
        (1004, "centrex_password_refused", Reaction.HALT),
        ("1005", "centrex_not_subscribed", Reaction.GIVE_UP),
        ("1007", "centrex_password_initial", Reaction.HALT),
        ("1008", "centrex_password_expired", Reaction.HALT),
        ("2001", "centrex_not_permitted", Reaction.GIVE_UP),
        ("2002", "centrex_not_permitted", Reaction.GIVE_UP),
        ("3001", "centrex_busy", Reaction.RETRY),
        ("4001", "centrex_question_wrong", Reaction.GIVE_UP),
        ("1202", "centrex_changes_used_up", Reaction.GIVE_UP),
        ("1203", "centrex_code_refused", Reaction.GIVE_UP),
        ("1204", "centrex_code_refused", Reaction.GIVE_UP),
        ("3002", "centrex_text_too_long", Reaction.GIVE_UP),
        ("3003", "centrex_too_many_recipients", Reaction.GIVE_UP),
        ("3004", "centrex_texts_used_up", Reaction.GIVE_UP),
        ("4003", "centrex_error", Reaction.RETRY),
        ("9999", "centrex_error", Reaction.RETRY),
        ("AUTH", "centrex_error", Reaction.RETRY),
    ],
)
def test_each_result_code_has_its_reaction(result: object, code: str, reaction: Reaction) -> None:
    with pytest.raises(CentrexRefused, match=code) as refused:
        read_answer("getinboundcall", body(result))
    assert refused.value.reaction is reaction


def test_a_phone_that_has_no_channel_was_not_dialled() -> None:
    with pytest.raises(CentrexRefused, match="centrex_error"):
        read_answer("clickdial", body("4004"))


def test_old_korean_bytes_are_read_all_the_same() -> None:
    raw = '{"SVC_RT": "0000", "DATAS": [{"NAME": "김하나"}]}'
    assert read_answer("getinboundcall", raw.encode("cp949")) == ({"NAME": "김하나"},)
    assert read_answer("getinboundcall", raw.encode("utf-8-sig")) == ({"NAME": "김하나"},)


@pytest.mark.parametrize("raw", [b"", b"<html>", b"[]", b"{}", b"[" * 100_000, b"\xff\xfe{"])
def test_what_is_no_answer_is_told_as_such(raw: bytes) -> None:
    with pytest.raises(Unavailable, match="centrex_garbled"):
        read_answer("getinboundcall", raw)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


@given(st.binary(max_size=200) | json_values.map(lambda value: body("0000", value)))
def test_any_bytes_are_rows_or_a_known_error(raw: bytes) -> None:
    try:
        rows = read_answer("getinboundcall", raw)
    except EtsError:
        return
    assert all(isinstance(value, str) for row in rows for value in row.values())


names = st.sampled_from(["TIME", "SRC", "DST", "DURATION", "STATUS", "ENDTIME", "BILLSEC"])
words = st.text(max_size=12) | st.sampled_from(
    ["2026-11-22 10:00:00", "0001-01-01 00:00:00", "9999-12-31 23:59:59", "ANSWERED", "9" * 30]
)


@given(st.dictionaries(names, words))
def test_any_row_is_a_call_or_none(row: dict[str, str]) -> None:
    for found in (inbound_row(row), outbound_row(row)):
        assert found is None or found.began <= found.ended
        assert found is None or found.talked_at is None or found.talked_at <= found.ended
