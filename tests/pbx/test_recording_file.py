"""Reading recordings, and playing them as if they happened now."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ets_desktop.domain.calls import LegEvent
from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.scene import Scene
from ets_desktop.pbx.vendors.asterisk import recording as recordings
from ets_desktop.pbx.vendors.asterisk.recording import RecordingError, load_recording
from ets_desktop.pbx.vendors.replay import ReplayVendor
from ets_desktop.settings import GatewayLink
from tests.pbx.stories import RECORDINGS, recording

FILE = RECORDINGS / "ami" / "call_waiting.ami"


def test_markers_give_way_to_the_bytes_between_them() -> None:
    recorded = recording("direct_answer")
    assert recorded.began == datetime(2026, 11, 21, 19, 41, 16, 812936, UTC)
    assert recorded.pieces[0].text == "connected"
    assert recorded.pieces[1].wire == b"Asterisk Call Manager/5.0.4\r\n"
    assert {piece.kind for piece in recorded.pieces} == {"C", "T", "S"}


def test_a_file_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings, "LARGEST", 10)
    with pytest.raises(RecordingError, match="too large"):
        load_recording(FILE)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_file_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings, "LARGEST", 1_000_000)
    with pytest.raises(RecordingError, match="too large"):
        load_recording(Path("/dev/zero"))


@pytest.mark.parametrize(
    "marker",
    [
        "#T 2026-11-21T19:41:16+00:00 +" + "9" * 400,
        "#T 0001-01-01T00:00:00+00:00 +9.0",
        "#T 9999-12-31T23:59:59+00:00 +9.0",
        "#T 2026-11-21T19:41:16 +9.0",
    ],
)
def test_times_no_recording_has_are_refused(tmp_path: Path, marker: str) -> None:
    file = tmp_path / "odd.ami"
    file.write_text(f"{marker} <\nEvent: Hangup\r\n\r\n")
    with pytest.raises(RecordingError, match="recording_unknown"):
        load_recording(file)


def test_it_plays_as_if_it_happened_now() -> None:
    events: list[LegEvent] = []
    before = datetime.now(UTC)
    ReplayVendor("tape", FILE, speed=0).run(events.append, lambda: None)
    assert all((event.at - before).total_seconds() < 30 for event in events)
    assert all(event.at >= before for event in events)


def test_it_plays_as_fast_as_told() -> None:
    events: list[LegEvent] = []
    ReplayVendor("tape", FILE, speed=200).run(events.append, lambda: None)
    assert len(events) == 8


@pytest.mark.parametrize("options", [{"file": "x", "speed": -1}, {"file": 3}])
def test_a_bad_option_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(EtsError, match="link_option"):
        ReplayVendor.of_link(GatewayLink("tape", "replay", options), Scene())


def test_an_absent_file_fails_the_link(tmp_path: Path) -> None:
    absent = ReplayVendor("tape", tmp_path / "absent.ami")
    with pytest.raises(RecordingError, match="recording_unreadable"):
        absent.run(lambda event: None, lambda: None)
