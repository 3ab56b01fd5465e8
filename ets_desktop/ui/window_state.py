"""What the window remembers between starts: sizes, columns, pins, the last login name."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings


class WindowState:
    """Typed access to one INI file under the given folder; never personal data of customers."""

    def __init__(self, folder: Path) -> None:
        self._file = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        value = self._file.value(key, default)
        return value if isinstance(value, str) else default

    def set_text(self, key: str, value: str) -> None:
        self._file.setValue(key, value)

    def flag(self, key: str, default: bool) -> bool:
        return self.text(key, "yes" if default else "no") == "yes"

    def set_flag(self, key: str, value: bool) -> None:
        self.set_text(key, "yes" if value else "no")

    def blob(self, key: str) -> QByteArray:
        """What `saveState`/`saveGeometry` gave; empty if never kept or damaged."""
        value = self._file.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_blob(self, key: str, value: QByteArray) -> None:
        self._file.setValue(key, value)

    def save(self) -> None:
        """Write through to the disk."""
        self._file.sync()
