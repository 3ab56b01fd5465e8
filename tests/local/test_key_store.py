"""The journal's key: kept by the system, or in a file when that refuses, hangs or is not there."""

import stat
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import keyring.backends.fail
import keyring.backends.null
import pytest

from ets_desktop import key_stores
from ets_desktop.key_stores import system_backend
from ets_desktop.local import key_store
from ets_desktop.local.key_store import KEY_FILE, Keys, keys_of, usable_store

OWNER = "0123456789abcdef"


class KeptStore:
    """A key store that works."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class ForgetfulStore(KeptStore):
    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class LockedStore(KeptStore):
    """Waits for a person who does not come."""

    def __init__(self) -> None:
        super().__init__()
        self.unlocked = Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.unlocked.wait(10)
        return super().get_password(service, username)


def keys(folder: Path, store: object, **given: float) -> Keys:
    return keys_of(OWNER, folder, backend=lambda: store, **given)  # type: ignore[arg-type,return-value]


def test_the_system_keeps_one_key_for_each_login(tmp_path: Path) -> None:
    store = KeptStore()
    first = keys(tmp_path, store)
    assert (keys(tmp_path, store), first.store) == (first, __name__)
    other = keys_of("another", tmp_path, backend=lambda: store)
    assert other.current != first.current
    assert not (tmp_path / KEY_FILE).exists()


@pytest.mark.parametrize("store", [keyring.backends.fail.Keyring(), ForgetfulStore()])
def test_without_a_key_store_a_private_file_keeps_the_key(tmp_path: Path, store: object) -> None:
    first = keys(tmp_path, store)
    assert (keys(tmp_path, store), first.store) == (first, "")
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_a_store_that_hangs_holds_nobody_up(tmp_path: Path) -> None:
    store = LockedStore()
    found = keys(tmp_path, store, limit_s=0.05)
    assert (found.store, (tmp_path / KEY_FILE).exists()) == ("", True)
    store.unlocked.set()


def test_what_the_file_sealed_is_read_when_the_store_is_back(tmp_path: Path) -> None:
    filed = keys(tmp_path, keyring.backends.fail.Keyring())
    stored = keys(tmp_path, KeptStore())
    assert stored.current != filed.current
    assert set(filed.known) < set(stored.known)


def test_a_store_that_keeps_something_else_is_none(tmp_path: Path) -> None:
    store = KeptStore()
    for kept in ("no base 64!", "c2hvcnQ="):
        store.kept[key_store.SERVICE, OWNER] = kept
        assert keys(tmp_path, store).store == ""


@pytest.mark.parametrize("torn", [b"", b"c2hvcnQ=", b"\xff\xfe"])
def test_a_torn_key_file_is_made_anew(tmp_path: Path, torn: bytes) -> None:
    (tmp_path / KEY_FILE).write_bytes(torn)
    found = keys(tmp_path, keyring.backends.fail.Keyring())
    assert keys(tmp_path, keyring.backends.fail.Keyring()) == found


def test_the_doctor_learns_which_store_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_store, "system_backend", KeptStore)
    assert usable_store() == __name__
    monkeypatch.setattr(key_store, "system_backend", lambda: SimpleNamespace())
    assert usable_store() is None
    locked = LockedStore()
    monkeypatch.setattr(key_store, "system_backend", lambda: locked)
    assert usable_store(0.05) is None
    locked.unlocked.set()


def test_only_the_store_of_the_platform_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with pytest.raises(LookupError):
        system_backend()
    monkeypatch.setattr(keyring.backends.null.Keyring, "priority", 9)
    assert isinstance(system_backend(), keyring.backends.null.Keyring)
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    monkeypatch.setattr(key_stores, "_STORES", {"linux": "keyring.backends.fail.Keyring"})
    monkeypatch.setattr("sys.platform", "plan9")
    with pytest.raises(LookupError):
        system_backend()
