"""A real desk in its own process, driven over stdin by accessible names, as a user would drive it.

One JSON command a line, one JSON answer a line. Commands wait for what they need (a deadline, not
a sleep): the desk goes on running between looks.
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)

from ets_desktop.app.arguments import Arguments
from ets_desktop.app.desktop import Desktop, settings_with
from ets_desktop.paths import paths
from ets_desktop.ui.status_line import StatusLine

DEADLINE_S = 60.0
POLL_MS = 10
#: More than what ui/widgets/fields.py takes for one stroke.
_SAME_STROKE_MS = 80
AGAIN_S = 3.0


def windows() -> list[QWidget]:
    """Visible windows, modal ones first."""
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    return sorted(shown, key=lambda widget: not widget.isModal())


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it; a combo box's own name is its text on Linux, so its label."""
    name = widget.accessibleName()
    if name or isinstance(widget, QComboBox):
        return name
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def find(kind: type[Any], name: str) -> Any:
    """The visible widget of that kind and accessible name, in the topmost window that has it."""
    for window in windows():
        for widget in [window, *window.findChildren(kind)]:
            if isinstance(widget, kind) and widget.isVisible() and name_of(widget) == name:
                return widget
    raise LookupError(f"{kind.__name__} {name}")


def when(look: Callable[[], Any]) -> Any:
    """What `look` finds now; LookupError when it finds nothing, and the driver tries again."""
    found = look()
    if found is None or found is False:
        raise LookupError("not there yet")
    return found


def patiently(command: Callable[..., Any], *arguments: object) -> Any:
    """Repeat `command` until it finds what it needs; for callers outside the event loop."""
    end = time.monotonic() + DEADLINE_S
    while True:
        try:
            return command(*arguments)
        except LookupError:
            if time.monotonic() > end:
                raise
        QTest.qWait(POLL_MS)


def enabled_button(name: str) -> QAbstractButton | None:
    button: QAbstractButton = find(QAbstractButton, name)
    return button if button.isEnabled() else None


def click(name: str) -> None:
    button = when(lambda: enabled_button(name))
    later.wanted.emit(lambda: QTest.mouseClick(button, Qt.MouseButton.LeftButton))


class Later(QObject):
    """Acts once the command is answered: a question it opens has an event loop of its own."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.wanted.connect(self._on_wanted, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_wanted(self, act: Callable[[], object]) -> None:
        act()


def type_text(name: str, text: str) -> None:
    def field() -> QWidget | None:
        for kind in (QLineEdit, QPlainTextEdit):
            try:
                found: QWidget = find(kind, name)
            except LookupError:
                continue
            return found if found.isEnabled() else None
        raise LookupError(name)

    widget = when(field)
    widget.setFocus()
    if isinstance(widget, QLineEdit):
        widget.setText("")
        widget.insert(text)
    else:
        widget.selectAll()
        widget.insertPlainText(text)


def press(name: str, key: str) -> None:
    QTest.keyClick(when(lambda: find(QWidget, name)), getattr(Qt.Key, f"Key_{key}"))


def select(name: str, text: str) -> None:
    def offered() -> tuple[QComboBox, int] | None:
        combo: QComboBox = find(QComboBox, name)
        index = combo.findText(text, Qt.MatchFlag.MatchStartsWith)
        return (combo, index) if index >= 0 and combo.isEnabled() else None

    combo, index = when(offered)
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def tab(name: str) -> None:
    def bar() -> tuple[QTabBar, int] | None:
        for window in windows():
            for found in window.findChildren(QTabBar):
                for index in range(found.count()):
                    if found.isVisible() and found.accessibleTabName(index) == name:
                        return found, index
        return None

    found, index = when(bar)
    found.setCurrentIndex(index)


def text_of(name: str) -> str:
    for kind in (QLineEdit, QPlainTextEdit, QComboBox, QLabel):
        try:
            widget = find(kind, name)
        except LookupError:
            continue
        if isinstance(widget, QPlainTextEdit):
            return widget.toPlainText()
        return widget.currentText() if isinstance(widget, QComboBox) else widget.text()
    raise LookupError(name)


def wait_text(name: str, part: str) -> str:
    return str(when(lambda: text if part in (text := text_of(name)) and text else None))


def titles() -> list[str]:
    return [window.windowTitle() for window in windows()]


def wait_gone(name: str) -> bool:
    """No field of that name is to be seen any more."""
    try:
        text_of(name)
    except LookupError:
        return True
    raise LookupError(f"{name} is still there")


def wait_empty(name: str) -> None:
    when(lambda: text_of(name) == "")


def rows_of(name: str) -> list[dict[str, str]]:
    model = find(QTableView, name).model()
    titles = [
        str(model.headerData(column, Qt.Orientation.Horizontal))
        for column in range(model.columnCount())
    ]
    return [
        {title: str(model.index(row, column).data()) for column, title in enumerate(titles)}
        for row in range(model.rowCount())
    ]


def row_with(name: str, title: str, text: str) -> int | None:
    for number, row in enumerate(rows_of(name)):
        if text in row[title]:
            return number
    return None


def pick(name: str, title: str, text: str) -> None:
    """Click the row whose column `title` holds `text`."""
    number = when(lambda: None if (row := row_with(name, title, text)) is None else (row,))[0]
    view: QTableView = find(QTableView, name)
    index = view.model().index(number, 0)
    view.scrollTo(index)
    view.setCurrentIndex(index)
    point = QPoint(view.visualRect(index).center())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)


_pressed: dict[str, float] = {}


def load(name: str, title: str, text: str, button: str, field: str) -> str:
    """Pick the row and press `button` until `field` holds `text`, as a person would again."""
    try:
        if text in text_of(field):
            return text_of(field)
    except LookupError:
        pass  # the form is not in front yet
    if time.monotonic() - _pressed.get(text, -AGAIN_S) >= AGAIN_S:
        pick(name, title, text)
        click(button)
        _pressed[text] = time.monotonic()
    raise LookupError(f"{field} without {text}")


def answer(title: str, label: str) -> str:
    """Answer the question with that title; returns what it said."""

    def box() -> QMessageBox | None:
        for window in windows():
            if isinstance(window, QMessageBox) and window.windowTitle() == title:
                return window
        return None

    asked = when(box)
    said = asked.text()
    button = next(button for button in asked.buttons() if button.text() == label)
    later.wanted.emit(lambda: QTest.mouseClick(button, Qt.MouseButton.LeftButton))
    return str(said)


def answer_any(label: str) -> str:
    """Answer whatever question is up; returns what it said."""

    def box() -> QMessageBox | None:
        return next((shown for shown in windows() if isinstance(shown, QMessageBox)), None)

    return answer(when(box).windowTitle(), label)


def double_click(name: str, title: str, text: str) -> None:
    """As a person chooses: the row whose column `title` holds `text`, pressed twice."""
    number = when(lambda: None if (row := row_with(name, title, text)) is None else (row,))[0]
    view: QTableView = find(QTableView, name)
    index = view.model().index(number, 0)
    view.scrollTo(index)
    place = view.visualRect(index).center()
    later.wanted.emit(
        lambda: QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    )


def focused() -> str:
    """The accessible name of what has the keyboard, a cell's table or a combo box by its label."""
    widget = QApplication.focusWidget()
    if widget is None:
        return ""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()
    proxied = widget.parentWidget()
    return name_of(widget) or (name_of(proxied) if proxied is not None else "")


def wait_focus(name: str) -> str:
    return str(when(lambda: name if focused() == name else None))


def wait_popup(name: str) -> None:
    """A menu of that name is open."""

    def is_open() -> bool:
        popup = QApplication.activePopupWidget()
        return popup is not None and popup.accessibleName() == name

    when(is_open)


def key(keys: str) -> None:
    """Press the keys where the keyboard is: "Ctrl+Shift+S", "Tab", "F2"."""
    combination = QKeySequence(keys)[0]
    window = QApplication.activeWindow() or windows()[0]
    # No window manager is there to give the keyboard back when a question has gone.
    window.activateWindow()
    target = QApplication.activePopupWidget() or QApplication.focusWidget() or window
    later.wanted.emit(
        lambda: QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
    )


def write(text: str) -> None:
    """Type with a Korean input method: each letter is composed first, then committed."""
    widget = QApplication.focusWidget()
    if widget is None:
        raise LookupError("nothing has the keyboard")
    for letter in text:
        QApplication.sendEvent(widget, QInputMethodEvent(letter, []))
        done = QInputMethodEvent()
        done.setCommitString(letter)
        QApplication.sendEvent(widget, done)
    # An Enter any sooner would be the one that ended the last syllable.
    QTest.qWait(_SAME_STROKE_MS)


def compose(syllable: str) -> None:
    """Begin a syllable where the keyboard is, and leave it under way."""
    widget = QApplication.focusWidget()
    if widget is None:
        raise LookupError("nothing has the keyboard")
    QApplication.sendEvent(widget, QInputMethodEvent(syllable, []))


def is_enabled(name: str) -> bool:
    button: QAbstractButton = find(QAbstractButton, name)
    return button.isEnabled()


def message() -> str:
    """The status line."""
    for window in windows():
        for line in window.findChildren(StatusLine):
            return line.message
    raise LookupError("status line")


def wait_message(part: str) -> str:
    said = message()
    if part not in said:
        raise LookupError(f"{part!r} in {said!r}")
    return said


def wait_rows(name: str, title: str, text: str) -> list[dict[str, str]]:
    when(lambda: None if row_with(name, title, text) is None else True)
    return rows_of(name)


def wait_count(name: str, count: int) -> list[dict[str, str]]:
    when(lambda: len(rows_of(name)) == count)
    return rows_of(name)


def wait_without(name: str, title: str, text: str) -> list[dict[str, str]]:
    """Until no row holds `text` in that column."""
    when(lambda: row_with(name, title, text) is None)
    return rows_of(name)


def select_all(name: str) -> None:
    """As Ctrl+A in the list does."""
    find(QTableView, name).selectAll()


def shown_tabs() -> list[str]:
    return [
        bar.tabText(index)
        for window in windows()
        for bar in window.findChildren(QTabBar)
        if bar.isVisible()
        for index in range(bar.count())
    ]


def wait_tab(text: str) -> str:
    return str(when(lambda: next((tab for tab in shown_tabs() if text in tab), None)))


def said() -> list[str]:
    """Every label that can be read now."""
    return [
        label.text()
        for window in windows()
        for label in window.findChildren(QLabel)
        if label.isVisible() and label.text()
    ]


def wait_said(part: str) -> str:
    return str(when(lambda: next((text for text in said() if part in text), None)))


def wait_unsaid(part: str) -> bool:
    return bool(when(lambda: not any(part in text for text in said())))


COMMANDS: dict[str, Callable[..., Any]] = {
    "answer": answer,
    "answer_any": answer_any,
    "click": click,
    "compose": compose,
    "double_click": double_click,
    "focused": focused,
    "is_enabled": is_enabled,
    "key": key,
    "load": load,
    "pick": pick,
    "press": press,
    "rows": rows_of,
    "select": select,
    "select_all": select_all,
    "tab": tab,
    "text": text_of,
    "titles": titles,
    "type": type_text,
    "wait_count": wait_count,
    "wait_gone": wait_gone,
    "wait_empty": wait_empty,
    "wait_focus": wait_focus,
    "wait_message": wait_message,
    "wait_popup": wait_popup,
    "wait_rows": wait_rows,
    "wait_said": wait_said,
    "wait_tab": wait_tab,
    "wait_text": wait_text,
    "wait_unsaid": wait_unsaid,
    "wait_without": wait_without,
    "write": write,
}


later = Later()


class Driver(QObject):
    """Reads commands on a thread, runs them on the GUI thread."""

    received = Signal(str)

    def __init__(self, desktop: Desktop) -> None:
        super().__init__()
        self._desktop = desktop
        self.received.connect(self._on_received, Qt.ConnectionType.QueuedConnection)
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.received.emit(line)
        self.received.emit("")

    @Slot(str)
    def _on_received(self, line: str) -> None:
        if not line:
            self._close()
            return
        name, *arguments = json.loads(line)
        self._try(partial(COMMANDS[name], *arguments), time.monotonic() + DEADLINE_S)

    def _try(self, command: Callable[[], Any], deadline: float) -> None:
        """By timer, not by a loop of our own: a question opened in it would never return."""
        try:
            self._tell({"value": command()})
        except LookupError as error:
            if time.monotonic() > deadline:
                self._tell({"missing": str(error)})
            else:
                QTimer.singleShot(POLL_MS, partial(self._try, command, deadline))

    def _tell(self, answer: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    def _close(self) -> None:
        seat = self._desktop.seat
        if seat is not None and self._desktop.hub.is_busy:
            # A window does not close under a save; a person would look first.
            QTimer.singleShot(POLL_MS, self._close)
        elif seat is not None:
            seat.window.close()
        else:
            QApplication.quit()


def main() -> int:
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    desktop = Desktop(application, settings_with(Arguments()), paths())
    driver = Driver(desktop)
    desktop.start()
    code = application.exec()
    driver.deleteLater()
    desktop.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
