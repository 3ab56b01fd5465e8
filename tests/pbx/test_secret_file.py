"""The secret of a link: a file that nobody else reads, or the system's key store."""

import hashlib
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.secret_file import read_secret, secret_changed_at, write_secret
from ets_desktop.settings import GatewayLink
from ets_desktop.ui.labels import error_text
from tests.pbx.key_ring import KeyRing

OPTION = "secret_file"


def link(file: Path | str = "", vendor: str = "asterisk") -> GatewayLink:
    name = "password_sha512_file" if vendor.startswith("lgu") else OPTION
    return GatewayLink("office", vendor, {name: str(file)} if file else {})


@pytest.fixture
def key_ring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.pbx.key_ring.KeyRing")
    monkeypatch.setattr(KeyRing, "kept", {})
    return KeyRing.kept


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o755])
def test_a_file_that_others_may_read_is_refused_in_plain_korean(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "ami"
    file.write_text("not-a-secret")
    file.chmod(mode)
    with pytest.raises(EtsError, match="secret_file_mode") as refused:
        read_secret(link(file), OPTION)
    told = error_text(refused.value)
    assert f"남도 읽을 수 있는 비밀번호 파일입니다({mode:04o}). chmod 600 {file} (office)" in told
    assert "not-a-secret" not in told + str(refused.value)


def test_what_is_written_is_read_and_nobody_elses(tmp_path: Path) -> None:
    file = tmp_path / "ami"
    file.write_text("old")
    file.chmod(0o644)
    (tmp_path / ".ami.new").write_text("left by a power cut")
    assert write_secret(link(file), "not-a-secret") == str(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_secret(link(file), OPTION) == "not-a-secret"
    assert list(tmp_path.iterdir()) == [file]
    changed_at = secret_changed_at(link(file), OPTION)
    assert changed_at is not None
    assert datetime.now(UTC) - changed_at < timedelta(minutes=1)
    file.unlink()
    assert secret_changed_at(link(file), OPTION) is None


def test_of_a_centrex_password_only_the_hash_is_kept(
    tmp_path: Path, key_ring: dict[tuple[str, str], str]
) -> None:
    hashed = hashlib.sha512("비밀!1".encode()).hexdigest()
    file = tmp_path / "sha512"
    write_secret(link(file, "lgu_centrex"), "비밀!1")
    assert file.read_text() == f"{hashed}\n"
    assert write_secret(link(vendor="lgu_ippbx"), "비밀!1") == ""
    assert read_secret(link(vendor="lgu_ippbx"), "password_sha512_file") == hashed
    assert "비밀!1" not in str(key_ring)


def test_without_a_file_the_key_store_is_asked(key_ring: dict[tuple[str, str], str]) -> None:
    with pytest.raises(EtsError, match="secret_missing"):
        read_secret(link(), OPTION)
    assert secret_changed_at(link(), OPTION) is None
    write_secret(link(), "not a secret")
    assert read_secret(link(), OPTION) == "not a secret"
    changed_at = secret_changed_at(link(), OPTION)
    assert changed_at is not None
    assert datetime.now(UTC) - changed_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    "backend", ["keyring.backends.fail.Keyring", "tests.pbx.key_ring.Forgetful"]
)
def test_a_key_store_that_keeps_nothing_is_told(
    backend: str, key_ring: dict[tuple[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    with pytest.raises(EtsError, match="key_store_refused"):
        write_secret(link(), "not-a-secret")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(EtsError, match="secret_file"):
        write_secret(link(tmp_path / "none" / "ami"), "not-a-secret")
    with pytest.raises(EtsError, match="secret_not_wanted"):
        write_secret(link(vendor="simulator"), "not-a-secret")
