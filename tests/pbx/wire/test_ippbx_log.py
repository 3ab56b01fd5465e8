"""The wire log of a 클콜 extension: no number, no name, no password, and the same story."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ets_desktop.domain.calls import Direction, End, LegStory, Phase, tell
from ets_desktop.pbx.vendors.asterisk.recording import (
    RecordingError,
    load_recording,
    read_recording,
)
from ets_desktop.pbx.vendors.lgu_ippbx import vendor
from ets_desktop.pbx.wire.log import WireLog, parts_of
from ets_desktop.pbx.wire.playback import play
from tests.pbx.ippbx_server import (
    EXTENSION,
    LINE,
    PEER,
    SECRET,
    IppbxServer,
    call_id,
    dialled,
    hung_up,
    message,
    ring,
)
from tests.pbx.test_ippbx import Listener, link_to, quick, secret, server

__all__ = ["quick", "secret", "server"]

STAMP = "2026-11-22T10:00:00+09:00"
HEAD = f'#S {STAMP} +0 wire log of lgu_ippbx\n{{"extension": "101", "peer": ""}}\n'


@contextmanager
def taped(server: IppbxServer, secret: Path, folder: Path) -> Iterator[Listener]:
    listener = Listener(link_to(server, secret))
    wire = WireLog(folder, "office", "lgu_ippbx", 1_000_000)
    listener.vendor.record_to(wire)
    listener.worker.start()
    listener.is_up()
    try:
        yield listener
    finally:
        listener.worker.stop()
        wire.close()


def replayed(folder: Path) -> list[LegStory]:
    (part,) = parts_of(folder, "office")
    recorded = load_recording(part)
    told = [event for _, events in play(recorded, "office") for event in events]
    return list(tell(told, recorded.began))


def test_calls_are_told_again_with_nobodys_number(
    server: IppbxServer, secret: Path, tmp_path: Path
) -> None:
    talks, missed, out = call_id(), call_id(), call_id()
    told = [
        ring(talks, "01012345678"),
        ring(talks, "01012345678", "ID"),
        hung_up(talks, "01012345678", DATA13="01012345678_101.MP3"),
        ring(missed, "발신번호표시제한"),
        hung_up(missed, "발신번호표시제한", DATA8="김고객"),
        dialled(out, "+821098765432"),
        hung_up(out, "01098765432", "O"),
        hung_up(call_id(), "01012345678", DATA13="01012345678_101.MP3"),
        "MEMBERSTATUS|KIND:3",
        message("MSG", "김고객", DATA1="비밀"),
        message("BYE", "SAME_UID", ""),
    ]
    with taped(server, secret, tmp_path / "wire") as line:
        line.vendor.dial(EXTENSION, "010-1234-5678", "wish")
        server.was_commanded("CLICKDIAL")
        server.say(ring(call_id(), "01000009999").replace(PEER, "75490102"), *told)
        assert [line.next().phase for _ in range(9)].count(Phase.ENDED) == 4
        line.has_reason("ippbx_taken_over")
    stories = replayed(tmp_path / "wire")
    assert [(story.direction, story.end) for story in stories] == [
        (Direction.IN, End.COMPLETED),
        (Direction.IN, End.ABANDONED),
        (Direction.OUT, End.NO_ANSWER),
        (Direction.IN, End.COMPLETED),
    ]
    first, withheld, dialled_to, last = [story.number for story in stories]
    assert first == last
    assert withheld is None
    assert str(first).startswith("0100000")
    assert str(dialled_to).startswith("+82100000")
    (part,) = parts_of(tmp_path / "wire", "office")
    wire = part.read_text("utf-8")
    for hidden in ("12345678", "98765432", "김고객", "비밀", SECRET, LINE, PEER, "agent101"):
        assert hidden not in wire


def test_cuts_and_dials_that_came_to_nothing_are_told_again(
    server: IppbxServer, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vendor, "DIAL_UNHEARD_S", 0.05)
    first, second, third = call_id(), call_id(), call_id()
    with taped(server, secret, tmp_path / "wire") as line:
        server.say(ring(first, "01012345678"), ring(second, "01098765432"))
        assert [line.next().phase for _ in range(2)] == [Phase.RINGING] * 2
        server.last = [ring(second, "01098765432", "ID"), ring(third, "01012345678")]
        server.cut()
        line.is_up()
        assert [line.next().end for _ in range(3)] == [None, None, End.LOST]
        line.vendor.dial(EXTENSION, "01012345678", "wish")
        assert line.next().end is End.NO_ANSWER
        monkeypatch.setattr(vendor, "LOST_AFTER", timedelta(0))
        server.cut()
        assert [line.next().end for _ in range(2)] == [End.LOST] * 2
    ends = {story.number: story.end for story in replayed(tmp_path / "wire")[:2]}
    assert set(ends.values()) == {End.LOST}
    assert [story.end for story in replayed(tmp_path / "wire")[2:]] == [End.LOST, End.NO_ANSWER]


@pytest.mark.parametrize("piece", ["[]", "{", '{"unheard": "1"}'])
def test_a_log_that_no_line_has_written_is_no_recording(piece: str) -> None:
    recorded = read_recording(f"{HEAD}#T {STAMP} +1 >\n{piece}\n".encode())
    with pytest.raises(RecordingError, match="recording_unknown"):
        list(play(recorded, "office"))


def test_what_is_of_no_call_tells_nothing() -> None:
    pieces = ["MEMBERSTATUS|KIND:3", "LOGIN|KIND:LOGIN_OK|DATA5:1", "CALLEVENT|KIND:IR|PEER:2"]
    texts = [json.dumps({"told": piece}) for piece in pieces] + ['{"command": "CMD|LOGIN_ACK"}']
    wire = "".join(f"#T {STAMP} +{n} <\n{text}\n" for n, text in enumerate(texts))
    told = [told for _, told in play(read_recording(f"{HEAD}{wire}".encode()), "office")]
    assert told == [()] * 4


def test_a_talk_that_ended_during_a_cut_is_told_again() -> None:
    call = f"{datetime.fromisoformat(STAMP).timestamp():.0f}.5"
    talks = {"told": ring(call, "01000000001", "ID", PEER="")}
    steps = [
        {"told": f"LOGIN|KIND:LOGIN_OK|DATA3:1|DATA5:{PEER}"},
        {"login": True},
        talks,
        {"recovered": True},
        {"told": "MEMBERSTATUS|KIND:0"},
        {"login": True},
        talks,
        {"told": "MEMBERSTATUS|KIND:0"},
        {"recovered": True},
        {"told": "MEMBERSTATUS|KIND:2"},
    ]
    texts = [json.dumps(step) for step in steps]
    wire = "".join(f"#T {STAMP} +{n} <\n{text}\n" for n, text in enumerate(texts))
    played = play(read_recording(f"{HEAD}{wire}".encode()), "office")
    told = [(second, event.end) for second, events in played for event in events]
    assert told == [(2.0, None), (9.0, End.LOST)]
