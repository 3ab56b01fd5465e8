"""Colours by name, one style sheet, the shipped font; light and dark as the system says."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from string import Template

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ets_desktop.paths import resource

FONT = "Pretendard"
#: Pixels of the base font (spec 10).
FONT_PIXELS = 13

#: The colour group in which a delegate finds the red of overdue rows.
RED_ROLE = QPalette.ColorRole.BrightText

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "stripe",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Mid: "line",
    RED_ROLE: "red",
}

#: What painters ask by name. The marks of a time line are kept apart for the colour-blind,
#: beside their shapes; a style sheet leaves no muted text in the palette.
PAINTED = ("muted", "mark_blue", "mark_green", "mark_purple", "mark_orange", "mark_grey")


def painted_colours(dressed: QPalette) -> dict[str, str]:
    """The colours of PAINTED in the theme that `dressed` is of."""
    dark = dressed.color(QPalette.ColorRole.Window).lightness() < 128
    return _painted_in("dark" if dark else "light")


@lru_cache
def _painted_in(name: str) -> dict[str, str]:
    named = colours(name)
    return {colour: named[colour] for colour in PAINTED}


def colours(name: str) -> dict[str, str]:
    """The colours of the theme "light" or "dark", by name, as #rrggbb."""
    lines = resource("theme", f"{name}.toml").read_text(encoding="utf-8").splitlines()
    # Importing tomllib takes as long as the rest of dressing the login window (spec 90).
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): colour.strip().strip('"') for name, _, colour in pairs}


def load_font() -> None:
    """Make the shipped font known; the system's own stays if the files are damaged."""
    for weight in ("Regular", "SemiBold"):
        QFontDatabase.addApplicationFont(str(resource("fonts", f"{FONT}-{weight}.ttf")))


class Theme(QObject):
    """Dresses the application and follows the system while `choice` is "system"."""

    #: the new theme's name
    changed = Signal(str)

    def __init__(
        self, application: QApplication, choice: str = "system", pixels: int = FONT_PIXELS
    ) -> None:
        super().__init__(application)
        self._application = application
        self._name = ""
        self._choice = choice
        load_font()
        font = QFont(FONT)
        font.setPixelSize(pixels)
        application.setFont(font)
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._on_colour_scheme_changed)
        self.choose(choice)

    @property
    def name(self) -> str:
        """ "light" or "dark"."""
        return self._name

    def choose(self, choice: str) -> None:
        """ "system", "light" or "dark"; window frames follow where the platform can."""
        hints = self._application.styleHints()
        self._choice = choice
        if choice == "system":
            hints.unsetColorScheme()
            # Fusion's own palette follows the system, and asking it costs no enum (spec 90).
            window = self._application.style().standardPalette().window().color()
            self._dress("dark" if window.lightness() < 128 else "light")
        else:
            hints.setColorScheme(QtCore.Qt.ColorScheme[choice.capitalize()])
            # A platform that cannot be forced still gets our colours.
            self._dress(choice)

    @contextmanager
    def laid_aside(self) -> Iterator[None]:
        """While many widgets are put together: Qt dresses each anew with every parent it gets.

        Nothing is painted meanwhile; what is there at the end is dressed once.
        """
        sheet = self._application.styleSheet()
        self._application.setStyleSheet("")
        try:
            yield
        finally:
            self._application.setStyleSheet(sheet)

    def _on_colour_scheme_changed(self, scheme: "QtCore.Qt.ColorScheme") -> None:
        if self._choice == "system":
            self._dress("dark" if scheme.name == "Dark" else "light")

    def _dress(self, name: str) -> None:
        if name == self._name:
            return
        self._name = name
        named = colours(name)
        self._application.setPalette(palette(named))
        self._application.setStyleSheet(style_sheet(name, named))
        self.changed.emit(name)


def palette(named: dict[str, str]) -> QPalette:
    made = QPalette()
    for role, colour in _ROLES.items():
        made.setColor(role, QColor(named[colour]))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(named["disabled"]))
    idle = QColor(named["selection_idle"])
    made.setColor(QPalette.ColorGroup.Inactive, QPalette.ColorRole.Highlight, idle)
    return made


def style_sheet(name: str, named: dict[str, str]) -> str:
    """The one template, filled; a colour it names and the theme lacks raises KeyError."""
    template = Template(resource("theme", "style.qss").read_text(encoding="utf-8"))
    return template.substitute(named, name=name, icons=resource("icons").as_posix())
