"""Bytes to messages: cuts anywhere, any characters, any rubbish."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ets_desktop.pbx.vendors.asterisk.parser import LONGEST_MESSAGE, AmiParser

BANNER = b"Asterisk Call Manager/5.0.4\r\n"


def test_the_banner_is_no_message_and_no_key() -> None:
    (answer,) = AmiParser().feed(BANNER + b"Response: Success\r\nActionID: a-1\r\n\r\n")
    assert answer.pairs == (("Response", "Success"), ("ActionID", "a-1"))
    assert answer.event == ""


def test_a_value_may_hold_colons_and_nothing() -> None:
    (message,) = AmiParser().feed(
        b'Event: X\r\nName: A: b, \\"q\\" \xf0\x9f\x98\x80\r\nExten:\r\n\r\n'
    )
    assert message.get("Name") == 'A: b, \\"q\\" 😀'
    assert message.get("Exten") == ""
    assert message.get("Absent") == ""


def test_repeated_keys_are_kept() -> None:
    raw = b"Event: X\r\nChanVariable: a=1\r\nChanVariable: b=2\r\n\r\n"
    (message,) = AmiParser().feed(raw)
    assert message.all("ChanVariable") == ("a=1", "b=2")
    assert message.get("ChanVariable") == "a=1"


def test_korean_names_in_both_encodings_may_share_a_message() -> None:
    agent, caller = "김상담".encode(), "김정민".encode("cp949")
    raw = b"Event: X\r\nConnectedLineName: " + agent + b"\r\nCallerIDName: " + caller + b"\r\n\r\n"
    (message,) = AmiParser().feed(raw)
    assert message.get("ConnectedLineName") == "김상담"
    assert message.get("CallerIDName") == "김정민"


def test_bytes_of_no_encoding_stay_visible() -> None:
    (message,) = AmiParser().feed(b"Event: X\r\nCallerIDName: a\xff\xfeb\r\n\r\n")
    assert message.get("CallerIDName") == "a\\xff\\xfeb"


def test_a_message_that_never_ends_does_not_fill_the_memory() -> None:
    parser = AmiParser()
    assert parser.feed(b"x" * (LONGEST_MESSAGE + 1)) == []
    assert parser.unfinished == 0
    assert len(parser.feed(b"\r\n\r\nEvent: X\r\n\r\n")) == 1


WIRE = BANNER + "Event: X\r\nName: 김정민 (서울)\r\n\r\n".encode() * 3


@given(st.lists(st.integers(0, len(WIRE)), max_size=12))
def test_cuts_may_fall_anywhere(cuts: list[int]) -> None:
    parser = AmiParser()
    edges = [0, *sorted(cuts), len(WIRE)]
    messages = [m for a, b in pairwise(edges) for m in parser.feed(WIRE[a:b])]
    assert [message.get("Name") for message in messages] == ["김정민 (서울)"] * 3
    assert parser.unfinished == 0


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_any_bytes_are_taken(pieces: list[bytes]) -> None:
    parser = AmiParser()
    for piece in pieces:
        parser.feed(piece)
