"""Light and dark: the same names, readable, live, and never a colour of its own in code."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ets_desktop.paths import resource
from ets_desktop.ui.theme import Theme, colours, style_sheet

READABLE = 4.5  # WCAG AA for text


def luminance(name: str) -> float:
    colour = QColor(name)
    parts = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def theme(qapp: QApplication):
    theme = Theme(qapp, "light")
    yield theme
    qapp.setStyleSheet("")
    theme.deleteLater()


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("text", ["text", "muted", "accent", "red"])
@pytest.mark.parametrize("ground", ["window", "surface", "stripe", "shown"])
def test_text_is_readable_on_every_ground(name: str, text: str, ground: str) -> None:
    named = colours(name)
    assert contrast(named[text], named[ground]) >= READABLE


@pytest.mark.parametrize("name", ["light", "dark"])
def test_marked_rows_stay_readable(name: str) -> None:
    named = colours(name)
    for ground in ("selection", "selection_idle", "bar", "red_surface"):
        assert contrast(named["text"], named[ground]) >= READABLE
    assert contrast(named["red"], named["selection"]) >= 3
    assert contrast(named["on_accent"], named["accent"]) >= READABLE


def test_both_themes_name_the_same_colours() -> None:
    assert colours("light").keys() == colours("dark").keys()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_style_sheet_finds_all_it_names(name: str) -> None:
    filled = style_sheet(name, colours(name))
    assert "$" not in filled
    for image in re.findall(r'url\("([^"]+)"\)', filled):
        assert resource("icons", image.rsplit("/", 1)[1]).exists()


def test_a_lacking_colour_is_noticed() -> None:
    with pytest.raises(KeyError):
        style_sheet("light", {"window": "#ffffff"})


def test_every_colour_of_a_theme_is_used() -> None:
    template = resource("theme", "style.qss").read_text(encoding="utf-8")
    code = resource("..", "ets_desktop", "ui", "theme.py").read_text(encoding="utf-8")
    unused = [
        name for name in colours("light") if f"${name}" not in template and f'"{name}"' not in code
    ]
    assert unused == []


def test_the_shipped_font_is_used(theme: Theme, qapp: QApplication) -> None:
    assert QFontInfo(qapp.font()).family() == "Pretendard"
    assert qapp.font().pixelSize() == 13


def test_a_forced_theme_stays_when_the_system_changes(theme: Theme, qapp: QApplication) -> None:
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.name == "light"


def test_the_theme_follows_the_system_live(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    theme.choose("system")
    with qtbot.waitSignal(theme.changed) as changed:
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert changed.args == ["dark"]
    assert qapp.palette().window().color().name() == colours("dark")["window"]
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.name == "light"


def test_a_theme_can_be_chosen(theme: Theme) -> None:
    theme.choose("dark")
    assert theme.name == "dark"


def test_what_is_built_undressed_is_dressed_at_the_end(theme: Theme, qapp: QApplication) -> None:
    sheet = qapp.styleSheet()
    with theme.laid_aside():
        assert qapp.styleSheet() == ""
    assert qapp.styleSheet() == sheet != ""


def test_a_failure_while_building_leaves_nobody_undressed(theme: Theme, qapp: QApplication) -> None:
    with pytest.raises(ZeroDivisionError), theme.laid_aside():
        raise ZeroDivisionError
    assert qapp.styleSheet() != ""
