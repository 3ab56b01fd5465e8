"""The wire log: nobody in it, the same story told, bounded, and no call stops because of it."""

import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ets_desktop.domain.calls import End, LegEvent, LegStory, Phase, tell
from ets_desktop.pbx.vendors.asterisk.client import AmiAddress
from ets_desktop.pbx.vendors.asterisk.masking import masked
from ets_desktop.pbx.vendors.asterisk.parser import AmiParser
from ets_desktop.pbx.vendors.asterisk.recording import (
    Piece,
    Recording,
    RecordingError,
    load_recording,
    read_recording,
    replayed,
)
from ets_desktop.pbx.vendors.asterisk.tape import Tape
from ets_desktop.pbx.vendors.asterisk.vendor import AsteriskVendor
from ets_desktop.pbx.wire import log as log_module
from ets_desktop.pbx.wire.log import WireLog, parts_of
from ets_desktop.pbx.wire.playback import play
from ets_desktop.pbx.wire.pseudonyms import MOST_NUMBERS, Pseudonyms
from tests.pbx.ami_server import SECRET, USER, AmiServer
from tests.pbx.stories import RECORDINGS, recording
from tests.pbx.test_asterisk import Listener, phone, ringing, trunk

ALL = sorted((file.parent.name, file.stem) for file in RECORDINGS.glob("ami*/*.ami"))
TIMES = re.compile(
    rb"(Uniqueid|Linkedid|Timestamp|ActionID|BridgeId|[Ss]erial): [^\r]*|-[0-9a-f]{8}"
)
DIGITS = re.compile(rb"\d{7,}")


@pytest.fixture
def server() -> Iterator[AmiServer]:
    with AmiServer().running() as running:
        yield running


def log_in(folder: Path, most_bytes: int = 1_000_000, vendor: str = "asterisk") -> WireLog:
    return WireLog(folder, "pbx", vendor, most_bytes)


def written(folder: Path) -> bytes:
    return b"".join(part.read_bytes() for part in parts_of(folder, "pbx"))


def masked_recording(recorded: Recording, stand_ins: Pseudonyms) -> Recording:
    """`recorded` as a wire log would have it, with the markers it had."""
    parser, pieces = AmiParser(), list[Piece]()
    for piece in recorded.pieces:
        if piece.kind == "C":
            parser = AmiParser()
        if piece.kind == "T" and piece.text == "<":
            wire = masked(parser.feed(piece.wire), stand_ins)
            piece = replace(piece, wire=wire)
        pieces.append(piece)
    return replace(recorded, pieces=tuple(pieces))


def stories(recorded: Recording) -> list[LegStory]:
    events = [event for _, told in replayed(recorded, "pbx") for event in told]
    return list(tell(events, recorded.began))


def with_stand_ins(story: LegStory, stand_ins: Pseudonyms) -> LegStory:
    def known(number: str | None) -> str | None:
        return None if number is None else stand_ins.number(number)

    return replace(
        story,
        number=known(story.number),
        dialled=known(story.dialled),
        transferred_to=known(story.transferred_to),
        peers=tuple((second, stand_ins.number(number)) for second, number in story.peers),
    )


@pytest.mark.parametrize(("folder", "name"), ALL)
def test_a_masked_recording_tells_the_same_story_of_nobody(folder: str, name: str) -> None:
    recorded, stand_ins = recording(name, folder), Pseudonyms()
    hidden = masked_recording(recorded, stand_ins)
    told = [with_stand_ins(story, stand_ins) for story in stories(recorded)]
    assert stories(hidden) == told
    wire = b"".join(piece.wire for piece in hidden.pieces if piece.text == "<")
    shown = DIGITS.findall(TIMES.sub(b"", wire))
    assert {digits[:7] for digits in shown} <= {b"0100000", b"8210000"}
    assert b"desk-secret" not in wire
    wire.decode()


def test_a_variable_a_key_and_a_line_end_smuggle_nobody_in() -> None:
    nasty = (
        b"Event: Newchannel\r\nChanVariable: NAME=Hong\r\nChanVariable: CALLERID(pres)=prohib\r\n"
        b"CallerIDNum: Hong 010-1234-5678\r\nCallerIDName: a\n#T b\r\nHong: 1\r\nHong 2: 3\r\n"
        b"Exten: 010-1234-5678\r\nQueue: q\n#S x\r\nConnectedLineNum: 010-1234-5678\r\n"
        b"Channel: PJSIP/01012345678-0000000a\r\nDestCallerIDNum: 00000000\r\n\r\n"
    )
    hidden = masked(AmiParser().feed(nasty), Pseudonyms()).decode()
    assert hidden == (
        "Event: Newchannel\r\nChanVariable: ***\r\nChanVariable: CALLERID(pres)=prohib\r\n"
        "CallerIDNum: 가명 1\r\nCallerIDName: 가명 2\r\nHong: ***\r\n"
        "Exten: 010-1234-5678\r\nQueue: q #S x\r\nConnectedLineNum: 01000000001\r\n"
        "Channel: PJSIP/01000000001-0000000a\r\nDestCallerIDNum: 00000000\r\n\r\n"
    )


@pytest.mark.parametrize(
    ("true", "invented"),
    [
        ("01012345678", "01000000001"),
        ("+821012345678", "+821000000001"),
        ("821012345678", "821000000001"),
        ("0082 10-1234-5678", "0082100000" + "0001"),
        ("0101234****", "0100000****"),
        ("***-****-****", "***-****-****"),
        ("비공개-****", "****"),
        ("010-1234-****", "0100000****"),
        ("anonymous", "anonymous"),
        ("", ""),
        ("101", "101"),
        ("*8101", "*8101"),
        ("0000000", "0000000"),
        ("발신번호표시제한", "가명 1"),
    ],
)
def test_an_invented_number_is_written_as_the_true_one_was(true: str, invented: str) -> None:
    assert Pseudonyms().number(true) == invented


def test_a_number_has_one_stand_in_however_it_is_written() -> None:
    stand_ins = Pseudonyms()
    assert stand_ins.number("0212340101") == "01000000001"
    assert stand_ins.within("Local/01012345678@queue-00000012;1") == (
        "Local/01000000002@queue-01000000003;1"
    )
    assert stand_ins.number("+82 10 1234 5678") == "+821000000002"
    assert stand_ins.within("PJSIP/0000000") == "PJSIP/0000000"


def test_pings_are_not_worth_the_disk(tmp_path: Path) -> None:
    wire = log_in(tmp_path)
    tape = Tape(wire)
    tape.asked({"Action": "Ping", "ActionID": "ets-1"})
    tape.heard(AmiParser().feed(b"Response: Success\r\nActionID: ets-1\r\nPing: Pong\r\n\r\n"))
    assert written(tmp_path) == b""


def test_ten_thousand_callers_fill_a_part() -> None:
    stand_ins = Pseudonyms()
    for number in range(MOST_NUMBERS):
        assert not stand_ins.is_full
        stand_ins.number(f"0109{number:07}")
    assert stand_ins.is_full
    assert stand_ins.number("01088887777") == "01000000001"


class Taped(Listener):
    """A live link with a wire log; `events` is all it told."""

    def __init__(self, server: AmiServer, folder: Path) -> None:
        super().__init__(server)
        self.wire = log_in(folder)
        self.vendor.record_to(self.wire)
        self.events: list[LegEvent] = []

    def next(self) -> LegEvent:
        self.events.append(super().next())
        return self.events[-1]

    def stop(self) -> None:
        self.worker.stop()
        self.wire.close()


def shape(story: LegStory) -> tuple[object, ...]:
    phases = tuple(str(phase) for _, phase in story.phases)
    return story.extension, story.direction, phases, story.end, story.via, story.queue


def test_a_live_link_is_told_again_with_its_cuts_and_surveys(
    server: AmiServer, tmp_path: Path
) -> None:
    server.rows = [trunk(), phone("101", "5"), phone("102", "5")]
    server.meanwhile = b"".join(ringing("103", "early"))
    link = Taped(server, tmp_path / "wire")
    link.worker.start()
    heard = [link.tells() for _ in range(3)]
    server.meanwhile = b""
    server.rows = [trunk(BridgeId="b"), phone("101", "6", BridgeId="b")]
    server.cut()
    heard += [link.tells() for _ in range(3)]
    assert sorted(heard) == [
        ("101", Phase.RINGING, None),
        ("101", Phase.TALKING, None),
        ("102", Phase.ENDED, End.LOST),
        ("102", Phase.RINGING, None),
        ("103", Phase.ENDED, End.LOST),
        ("103", Phase.RINGING, None),
    ]
    link.stop()
    (part,) = parts_of(tmp_path / "wire", "pbx")
    assert stat.S_IMODE(part.stat().st_mode) == 0o600
    recorded = load_recording(part)
    live = {shape(story) for story in tell(link.events, recorded.began)}
    told = [event for _, events in play(recorded, "pbx") for event in events]
    again = {shape(story) for story in tell(told, recorded.began)}
    # Where the log ends, the leg that talks is lost to it.
    talks = next(story for story in again if story[0] == "101")
    assert talks[2:4] == (("ringing", "talking"), End.LOST)
    assert {story[:3] for story in again} == {story[:3] for story in live}
    wire = written(tmp_path / "wire")
    for secret in (SECRET.encode(), b"01000001234", "김하나".encode(), USER.encode() + b"\r"):
        assert secret not in wire
    assert b"Action: CoreShowChannels" in wire
    assert b"Ping" not in wire


def test_a_whole_day_of_calls_is_told_again(server: AmiServer, tmp_path: Path) -> None:
    server.recording = recording("burst50")
    wire = log_in(tmp_path, most_bytes=5_000_000)
    vendor = AsteriskVendor("pbx", AmiAddress("127.0.0.1", server.port, USER, SECRET))
    vendor.record_to(wire)
    events: list[LegEvent] = []

    def hear(event: LegEvent) -> None:
        events.append(event)
        if sum(one.phase is Phase.ENDED for one in events) == 50:
            vendor.stop()

    vendor.run(hear, lambda: None)
    wire.close()
    (part,) = parts_of(tmp_path, "pbx")
    recorded = load_recording(part)
    told = [event for _, some in play(recorded, "pbx") for event in some]
    live = sorted(map(shape, tell(events, recorded.began)), key=str)
    assert sorted(map(shape, tell(told, recorded.began)), key=str) == live


def test_a_link_that_was_away_for_long_lost_its_calls_in_the_log_too() -> None:
    stamp = "2026-11-22T10:00:00+09:00"
    ring = b"".join(ringing("101", "1")).decode()
    survey = "CoreStartupTime: 1\r\n\r\nEvent: CoreShowChannelsComplete\r\n\r\n"
    text = (
        f"#S {stamp} +0 wire log of asterisk\n#C {stamp} +0 connected\n#T {stamp} +1 <\n{survey}"
        f"#T {stamp} +2 <\n{ring}#C {stamp} +3 connection closed\n"
        f"#T {stamp} +4 >\nAction: x\r\n\r\n"
        f"#C {stamp} +90 connected\n"
    )
    played = list(play(read_recording(text.encode()), "pbx"))
    assert [(second, event.phase) for second, told in played for event in told] == [
        (2, Phase.RINGING),
        (90, Phase.ENDED),
    ]


def test_a_log_of_an_unknown_telephone_system_is_no_recording() -> None:
    text = b"#S 2026-11-22T10:00:00+09:00 +0 wire log of pigeons\n"
    with pytest.raises(RecordingError, match="recording_unknown"):
        list(play(read_recording(text), "pbx"))


def test_a_grown_part_is_left_when_nobody_talks_and_at_twice_its_share_anyhow(
    tmp_path: Path,
) -> None:
    wire, quiet = log_in(tmp_path, most_bytes=10_000), [False]
    wire.begin(lambda: quiet[0])
    for _ in range(15):
        wire.heard(lambda stand_ins: b"x" * 80 + b"\n")
    assert len(parts_of(tmp_path, "pbx")) == 1
    quiet[0] = True
    wire.heard(lambda stand_ins: b"x" * 80)
    assert len(parts_of(tmp_path, "pbx")) == 2
    quiet[0] = False
    for _ in range(40):
        wire.heard(lambda stand_ins: b"x" * 80)
    assert len(parts_of(tmp_path, "pbx")) == 4
    wire.close()


def test_the_log_takes_no_more_of_the_disk_than_it_may(tmp_path: Path) -> None:
    wire = log_in(tmp_path, most_bytes=20_000)
    wire.begin(lambda: True, lambda stand_ins: b"{}\n")
    (tmp_path / "pbx-2-20260101T000000.000000Z.wire").write_bytes(b"another link's")
    (tmp_path / "notes.wire").touch()
    for _ in range(600):
        wire.heard(lambda stand_ins: b"y" * 150)
    assert 10_000 < sum(part.stat().st_size for part in parts_of(tmp_path, "pbx")) <= 20_000
    assert len(list(tmp_path.glob("*.wire"))) == len(parts_of(tmp_path, "pbx")) + 2
    for part in parts_of(tmp_path, "pbx"):
        load_recording(part)
    wire.close()


def test_a_disk_that_refuses_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "wire").touch()
    wire = log_in(tmp_path / "wire")
    wire.connected()
    wire.connected()
    assert caplog.text.count("wire log pbx") == 1
    (tmp_path / "wire").unlink()
    wire.connected()
    assert not (tmp_path / "wire").exists()
    monkeypatch.setattr(wire, "_not_before", datetime.now(UTC))
    wire.connected()
    assert len(parts_of(tmp_path / "wire", "pbx")) == 1
    wire.close()
    wire.close()


def test_a_name_that_is_no_file_name_is_made_one(tmp_path: Path) -> None:
    wire = WireLog(tmp_path, "본점/../1", "asterisk", 1_000)
    wire.connected()
    wire.close()
    assert len(parts_of(tmp_path, "본점/../1")) == 1
    assert log_module.HEADLINE.encode() in next(tmp_path.glob("*.wire")).read_bytes()
