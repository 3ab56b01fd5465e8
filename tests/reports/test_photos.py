"""Photos are kept once, by their content, and read only as what was kept."""

from pathlib import Path

import pytest

from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.domain.photos import is_photo_reference
from ets_desktop.reports.photos import PhotoFolder

PHOTO = b"\xff\xd8\xff\xe0 a box, its corner dented"


@pytest.fixture
def folder(tmp_path: Path) -> PhotoFolder:
    return PhotoFolder(tmp_path / "photos")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "사진 1.exe"
    file.write_bytes(PHOTO)
    return file


def kept_files(tmp_path: Path) -> list[Path]:
    return [file for file in (tmp_path / "photos").rglob("*") if file.is_file()]


def test_the_same_photo_is_kept_once_under_a_name_of_ours(
    folder: PhotoFolder, photo: Path, tmp_path: Path
) -> None:
    reference = folder.keep(photo)
    assert is_photo_reference(reference)
    assert folder.keep(photo) == reference
    assert [file.name for file in kept_files(tmp_path)] == [reference]
    assert folder.read(reference) == PHOTO


def test_what_is_no_photo_leaves_nothing(folder: PhotoFolder, photo: Path, tmp_path: Path) -> None:
    photo.write_bytes(b"MZ\x90\x00 a program")
    with pytest.raises(RuleViolation):
        folder.keep(photo)
    assert not (tmp_path / "photos").exists()


def test_a_file_that_cannot_be_read_is_told(folder: PhotoFolder, tmp_path: Path) -> None:
    with pytest.raises(EtsError) as failure:
        folder.keep(tmp_path / "gone.jpg")
    assert failure.value.code == "photo_unreadable"


def test_a_folder_that_cannot_be_written_is_told(photo: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EtsError) as failure:
        PhotoFolder(tmp_path / "file").keep(photo)
    assert failure.value.code == "folder_unusable"


def test_a_disk_that_takes_nothing_is_told(
    folder: PhotoFolder, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_file: Path, _content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(EtsError) as failure:
        folder.keep(photo)
    assert failure.value.code == "folder_unusable"


def test_another_file_under_its_name_is_not_shown(
    folder: PhotoFolder, photo: Path, tmp_path: Path
) -> None:
    reference = folder.keep(photo)
    (kept,) = kept_files(tmp_path)
    kept.write_bytes(PHOTO + b"!")
    for asked in (reference, "../../etc/passwd"):
        with pytest.raises(EtsError) as failure:
            folder.read(asked)
        assert failure.value.code == "photo_unreadable"
