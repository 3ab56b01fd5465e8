"""The operating system's key store, which may hang, refuse or be none at all.

A locked collection asks somebody who may not be there; nothing waits for it longer than `LIMIT_S`.
"""

import logging
import os
import sys
from collections.abc import Callable
from importlib import import_module
from threading import Thread
from typing import Final, Protocol, TypeVar

LIMIT_S: Final = 3.0

_STORES: Final = {
    "win32": "keyring.backends.Windows.WinVaultKeyring",
    "darwin": "keyring.backends.macOS.Keyring",
    "linux": "keyring.backends.SecretService.Keyring",
}

_log = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class Backend(Protocol):
    """What is used of `keyring`."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...


def system_backend() -> Backend:
    """The key store of this platform, or the one that keyring's own variable names.

    Not `keyring.get_keyring`, which loads the stores of all platforms to choose among them: a
    quarter of a second of the login.
    """
    chosen = os.environ.get("PYTHON_KEYRING_BACKEND") or _STORES.get(sys.platform, _STORES["linux"])
    module, _, name = chosen.rpartition(".")
    store = getattr(import_module(module), name)
    if store.priority < 1:
        raise LookupError("not usable here")
    backend: Backend = store()
    return backend


def answered(look: Callable[[], Answer], limit_s: float) -> Answer | None:
    """What the key store says, None if it refuses; a thread that hangs is left behind."""
    found: list[Answer] = []

    def ask() -> None:
        try:
            found.append(look())
        except Exception as error:  # noqa: BLE001 - backends raise whatever their system does
            _log.info("the key store refused: %s", type(error).__name__)

    thread = Thread(target=ask, name="key store", daemon=True)
    thread.start()
    thread.join(limit_s)
    return found[0] if found else None
