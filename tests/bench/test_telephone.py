"""Where the clock of a ring starts: with an INVITE where there is an Asterisk, and it says so."""

from pathlib import Path

import pytest

from ets_desktop.bench.asterisk import DIRECT, Installation, installed, write_files
from ets_desktop.bench.switchboard import Switchboard
from ets_desktop.bench.telephone import _events, _figure
from ets_desktop.bench.timing import Spread


def an_installation(root: Path) -> Path:
    (root / "usr/sbin").mkdir(parents=True)
    (root / "usr/sbin/asterisk").touch()
    modules = root / "usr/lib/somewhere/asterisk/modules"
    modules.mkdir(parents=True)
    (modules / "app_dial.so").touch()
    return root


def test_an_asterisk_is_where_it_is_said_to_be(tmp_path: Path) -> None:
    assert installed(tmp_path) is None
    root = an_installation(tmp_path / "asterisk-22")
    assert installed(root) == Installation("22", root)


def test_without_a_word_the_newest_that_the_tests_keep_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda program, path: None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert installed() is None
    for version in ("16", "22"):
        an_installation(tmp_path / "ets-desktop-tests" / f"asterisk-{version}")
    found = installed()
    assert found is not None
    assert found.version == "22"


def test_each_phone_has_its_place_in_the_files(tmp_path: Path) -> None:
    found = Installation("22", an_installation(tmp_path / "asterisk-22"))
    file = write_files(tmp_path, found, sip=1, ami=2, phones=3, extensions=("99950", "99951"))
    assert str(found.modules) in file.read_text()
    assert "load = app_dial.so" in (tmp_path / "modules.conf").read_text()
    phones = (tmp_path / "pjsip.conf").read_text()
    assert "contact = sip:99951@127.0.0.1:3" in phones
    assert f"_{DIRECT}X." in (tmp_path / "extensions.conf").read_text()


def test_a_figure_without_asterisk_says_so() -> None:
    spread = Spread(1.0, 2.0)
    with Switchboard().running() as switchboard:
        assert _events(switchboard, "01000000001", 3).p50 < 1_000
        figure = _figure(switchboard, spread, spread, spread, "")
    assert figure.name == "PBX event to painted"
    assert "not the INVITE" in figure.clock
