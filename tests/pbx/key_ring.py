"""A key store of this process, for `PYTHON_KEYRING_BACKEND`."""

from typing import ClassVar


class KeyRing:
    priority = 9
    kept: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class Forgetful(KeyRing):
    def set_password(self, service: str, username: str, password: str) -> None:
        """Says nothing, keeps nothing."""
