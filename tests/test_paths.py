"""Where files go."""

import stat
from pathlib import Path

import pytest

from ets_desktop.domain.errors import EtsError
from ets_desktop.paths import make_private, migrations_dir, paths, resource


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def test_ets_home_moves_every_folder_into_one(tmp_path: Path) -> None:
    home = tmp_path / "김 상담" / "집"
    found = paths({"ETS_HOME": str(home)})
    for folder in (found.config_dir, found.data_dir, found.state_dir, found.log_dir):
        assert folder.is_relative_to(home)
    assert not home.exists()


def test_a_relative_home_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths({"ETS_HOME": "집"}).data_dir == tmp_path / "집" / "data"


def test_an_empty_home_means_the_platforms_places() -> None:
    assert paths({"ETS_HOME": ""}) == paths({})
    assert paths({}).data_dir.is_absolute()


def test_folders_made_are_their_owners_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private(tmp_path / "하나" / "둘")
    assert mode(tmp_path / "하나") == mode(tmp_path / "하나" / "둘") == 0o700
    assert mode(tmp_path) == 0o755


def test_folders_that_exist_keep_their_modes(tmp_path: Path) -> None:
    folder = tmp_path / "있음"
    folder.mkdir()
    folder.chmod(0o750)
    assert make_private(folder) == folder
    assert mode(folder) == 0o750


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "파일").write_text("")
    with pytest.raises(EtsError, match="folder_unusable"):
        make_private(tmp_path / "파일" / "data")


def test_shipped_files_are_found() -> None:
    assert resource("fonts", "OFL.txt").is_file()
    assert (migrations_dir() / "env.py").is_file()
