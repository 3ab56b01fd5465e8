"""The wire log of a Centrex line: no number, no password, no secret path, and the same story."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ets_desktop.domain.calls import Direction, End, LegStory, Phase, tell
from ets_desktop.pbx.vendors.asterisk.recording import (
    RecordingError,
    load_recording,
    read_recording,
)
from ets_desktop.pbx.wire.log import WireLog, parts_of
from ets_desktop.pbx.wire.playback import play
from ets_desktop.settings import GatewayLink
from tests.pbx.centrex_server import LINE, PATH, SECRET, CentrexServer, inbound, outbound
from tests.pbx.test_centrex import Listener, link, quick, server, until

__all__ = ["link", "quick", "server"]

STAMP = "2026-11-22T10:00:00+09:00"
HEAD = (
    f'#S {STAMP} +0 wire log of lgu_centrex\n{{"lines": {{"01000000001": "101"}}, "own": "101"}}\n'
)


@pytest.fixture
def taped(link: GatewayLink, tmp_path: Path) -> Iterator[Listener]:
    listener = Listener(link)
    wire = WireLog(tmp_path / "wire", "office", "lgu_centrex", 1_000_000)
    listener.vendor.record_to(wire)
    listener.worker.start()
    yield listener
    listener.worker.stop()
    wire.close()


def replayed(folder: Path) -> list[LegStory]:
    (part,) = parts_of(folder, "office")
    recorded = load_recording(part)
    told = [event for _, events in play(recorded, "office") for event in events]
    return list(tell(told, recorded.began))


def test_rings_and_what_became_of_them_are_told_again(
    taped: Listener, server: CentrexServer, tmp_path: Path
) -> None:
    taped.is_up()
    server.ring("01012345678", "051-000-0000", inner_num="302")
    server.ring("+821098765432", LINE)
    server.ring("anonymous")
    assert [taped.tells()[1] for _ in range(3)] == [Phase.RINGING] * 3
    server.inbound.append(inbound("01012345678", "ANSWERED"))
    server.inbound.append(inbound("01098765432", "NO ANSWER"))
    assert [taped.tells()[1] for _ in range(3)] == [Phase.TALKING, Phase.ENDED, Phase.ENDED]
    taped.worker.stop()
    stories = replayed(tmp_path / "wire")
    ends = {story.number: (story.end, len(story.phases)) for story in stories}
    assert set(ends.values()) == {(End.COMPLETED, 3), (End.NO_ANSWER, 2), (None, 1)}
    assert {number[:7] for number in ends if number} == {"0100000", "+821000"}
    (part,) = parts_of(tmp_path / "wire", "office")
    wire = part.read_text("utf-8")
    for secret in ("12345678", "98765432", SECRET, PATH, LINE, "051-000"):
        assert secret not in wire


@pytest.mark.parametrize("ending", ["lifted", "refused", "silent"])
def test_a_dial_is_told_again(
    taped: Listener, server: CentrexServer, tmp_path: Path, ending: str
) -> None:
    outcomes: dict[str, Callable[[], object]] = {
        "lifted": server.lifted.set,
        "refused": lambda: server.results.update(clickdial="2002"),
        "silent": lambda: server.results.update(clickdial=b"<html>"),
    }
    outcomes[ending]()
    taped.is_up()
    taped.vendor.dial("101", "010-1234-5678", "wish")
    assert taped.tells()[1] is Phase.RINGING
    if ending == "lifted":
        assert taped.tells()[1] is Phase.DIALLING
        server.outbound.append(outbound("0101234****", "OK", ago=4, lasted="1"))
        assert taped.tells() == ("101", Phase.ENDED, End.COMPLETED)
    elif ending == "refused":
        assert taped.tells() == ("101", Phase.ENDED, End.NOT_REACHABLE)
    else:
        (part,) = parts_of(tmp_path / "wire", "office")
        until(lambda: '"ambiguous": true' in part.read_text("utf-8"))
    taped.worker.stop()
    (story,) = replayed(tmp_path / "wire")
    assert (story.extension, story.direction) == ("101", Direction.OUT)
    assert story.number is not None
    assert story.number.startswith("0100000")
    told = {"lifted": End.COMPLETED, "refused": End.NOT_REACHABLE, "silent": None}
    assert story.end is told[ending]


@pytest.mark.parametrize("piece", ["[]", "{", '{"ring": [1]}', '{"dial": "1"}'])
def test_a_log_that_no_line_has_written_is_no_recording(piece: str) -> None:
    recorded = read_recording(f"{HEAD}#T {STAMP} +1 <\n{piece}\n".encode())
    with pytest.raises(RecordingError, match="recording_unknown"):
        list(play(recorded, "office"))


def test_what_no_leg_knows_tells_nothing() -> None:
    rows = json.dumps({"answer": "getinboundcall", "rows": [{"TIME": "never"}]})
    recorded = read_recording(
        f'{HEAD}#T {STAMP} +1 <\n{rows}\n#T {STAMP} +2 >\n{{"ask": 1}}\n'.encode()
    )
    assert [told for _, told in play(recorded, "office")] == [(), ()]
