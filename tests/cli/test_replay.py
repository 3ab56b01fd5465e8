"""`ets replay`: the story of a recording, as JSON and to read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ets_desktop.cli import main
from tests.pbx.stories import RECORDINGS


def ets(*words: str) -> Result:
    return CliRunner().invoke(main, ["replay", *words])


def recording(name: str) -> str:
    return str(RECORDINGS / "ami" / f"{name}.ami")


def test_json_has_one_object_a_leg() -> None:
    result = ets(recording("blind_transfer_refer"), "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == [
        {
            "extension": "101",
            "direction": "in",
            "number": "01012345678",
            "dialled": "0212340101",
            "queue": None,
            "phases": [[0.57, "ringing"], [1.08, "talking"], [2.1, "ended"]],
            "end": "transferred",
            "via": None,
            "peers": [],
            "transferred_to": "102",
            "transfer": "blind",
        },
        {
            "extension": "102",
            "direction": "in",
            "number": "01012345678",
            "dialled": "0212340101",
            "queue": None,
            "phases": [[2.1, "ringing"], [3.31, "talking"], [4.32, "ended"]],
            "end": "completed",
            "via": "102",
            "peers": [],
            "transferred_to": None,
            "transfer": None,
        },
    ]


def test_a_click_to_call_goes_out() -> None:
    (leg,) = json.loads(ets(recording("c2c_customer_busy"), "--json").stdout)
    assert (leg["direction"], leg["dialled"], leg["end"]) == ("out", None, "busy")


def test_without_json_it_can_be_read() -> None:
    shown = ets(recording("attended_transfer_refer")).stdout
    assert "4.74 peer 01012345678" in shown
    assert "transferred → 103" in shown


def test_a_recording_without_calls_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert ets(recording("direct_unreachable")).stdout == "통화가 없습니다.\n"
    assert json.loads(ets(recording("direct_unreachable"), "--json").stdout) == []


BAD = {
    "empty": b"",
    "text": "안녕하세요\n".encode(),
    "binary": bytes(range(256)) * 40,
    "no_time": b"#T yesterday +0.1 <\nEvent: Hangup\r\n\r\n",
    "no_zone": b"#T 2026-11-21T19:41:16 +0.1 <\nEvent: Hangup\r\n\r\n",
    "bare_ami": b"Event: Hangup\r\nUniqueid: 1.1\r\n\r\n",
}


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_is_no_recording_is_refused(kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"{kind}.ami"
    file.write_bytes(BAD[kind])
    result = ets(str(file), "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "recording unknown" in result.stderr or "녹화 파일이 아닙니다" in result.stderr


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    assert ets(str(tmp_path / "absent.ami")).exit_code == 2
    assert ets(str(tmp_path)).exit_code == 2


def test_a_recording_cut_in_the_middle_is_told_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = Path(recording("direct_answer")).read_bytes()
    file = tmp_path / "cut.ami"
    for end in range(0, len(whole), 997):
        file.write_bytes(whole[: end + 60])
        result = ets(str(file), "--json")
        assert result.exit_code in (0, 2)
    (leg,) = json.loads(result.stdout)
    assert leg["end"] in ("completed", "lost")
