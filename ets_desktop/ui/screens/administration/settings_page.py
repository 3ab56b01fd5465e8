"""A page of 관리 whose form shows settings of the house, and who changed them.

A subclass names the settings and the label of each field (domain/house_entry.py). What is being
typed stays when somebody else saves, and is told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.domain.house_entry import typed_of, value_of
from ets_desktop.domain.topics import SETTINGS, Done, Topic
from ets_desktop.queries.house_settings import stored_settings
from ets_desktop.queries.setting_changes import SettingChangeRow, setting_changes
from ets_desktop.services.house_settings import ChangeSettings, change_settings
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.prompts import CANCEL as STAY
from ets_desktop.ui.prompts import DISCARD, SAVE, UNSAVED
from ets_desktop.ui.screens.administration.changes import KINDS, ChangeLine, ChangeList
from ets_desktop.ui.screens.administration.page import AdministrationPage
from ets_desktop.ui.screens.administration.record_form import RecordForm
from ets_desktop.ui.widgets.fields import TextField

_ROWS = "rows"
_LONGEST = 40


@dataclass(frozen=True)
class SettingsShown:
    """The settings as they are stored, and who changed them."""

    stored: Mapping[str, Any]
    changes: tuple[ChangeLine, ...]


class SettingsPage(AdministrationPage):
    """Ctrl+S saves, Ctrl+Alt+C takes back what was typed."""

    #: what the page is called, what there is to say about it
    NAME: ClassVar[str]
    HINT: ClassVar[str]
    #: the label of each field, by its code; the key of its setting stands before the dot
    LABELS: ClassVar[Mapping[str, str]]

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._keys = tuple(dict.fromkeys(code.partition(".")[0] for code in self.LABELS))
        self._stored: Mapping[str, Any] = {}
        self._then: Callable[[], object] | None = None
        self.form = RecordForm()
        self.history = ChangeList(self.NAME, self.jobs, context.state)
        for code, label in self.LABELS.items():
            self.form.add_field(code, label, self.field_of(code, label))
        self.form.lay_out()
        self.form.show_title(translated(self.HINT))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.form, 2)
        row.addWidget(self.history, 3)
        self._pace = Pace(self.jobs, _ROWS, self._load)
        self._wire()
        self._show({})

    def field_of(self, code: str, label: str) -> TextField | QPlainTextEdit:
        """What the field is typed in; its tests are those of domain/house_entry.py."""
        return TextField(label, maximum=_LONGEST)

    def _wire(self) -> None:
        bind = self.context.desk.actions.bind_button
        bind("save_record", self.form.save, self)
        bind("leave_record", self.form.cancel, self)
        self.form.save.clicked.connect(self._on_save_clicked)
        self.form.cancel.clicked.connect(self._on_cancel_clicked)
        self.form.reload_wanted.connect(self._on_cancel_clicked)
        self.context.changes.subscribe(self, (SETTINGS,), self._on_touched)

    # The page

    def refresh(self) -> None:
        self._pace.ask()

    def take_focus(self) -> None:
        self.form.take_focus()

    def leave(self, then: Callable[[], object]) -> None:
        if not self.form.is_changed:
            then()
            return
        told = self.tr("{title}에 저장하지 않은 내용이 있습니다.")
        title = translated(self.NAME)
        answer = self.context.prompts.ask(UNSAVED, told.format(title=title), (SAVE, DISCARD, STAY))
        if answer == DISCARD:
            self._show(self._stored)
            then()
        elif answer == SAVE:
            self._then = then
            self._save()

    # Reading

    def _load(self) -> None:
        self.jobs.load(
            _read,
            self._keys,
            dict(self.LABELS),
            on_done=self._on_loaded,
            on_error=self._on_load_failed,
            lane=_ROWS,
        )

    def _on_load_failed(self, error: EtsError) -> None:
        self.history.show_error(error_text(error))

    def _on_loaded(self, shown: SettingsShown) -> None:
        self.history.show_rows(shown.changes)
        if not self.form.is_changed:
            self._show(shown.stored)
        elif self._typed(shown.stored) != self._typed(self._stored):
            self.form.tell(self.tr("고치는 동안 다른 사람이 바꾼 항목입니다."), reload=True)

    def _show(self, stored: Mapping[str, Any]) -> None:
        self._stored = stored
        self.form.fill(self._typed(stored))

    def _typed(self, stored: Mapping[str, Any]) -> dict[str, str]:
        fields: dict[str, str] = {}
        for key in self._keys:
            fields |= typed_of(key, stored.get(key))
        return fields

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        if self.isVisible():
            self.refresh()

    # Saving

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self._show(self._stored)
        self.refresh()

    @Slot()
    def _on_save_clicked(self) -> None:
        self._then = None
        self._save()

    def _save(self) -> None:
        self.form.finish_typing()
        self.form.clear_errors()
        if not self.form.is_changed:
            self.context.desk.say(self.tr("바뀐 내용이 없습니다."))
            return
        typed = {code: str(value) for code, value in self.form.values().items()}
        try:
            values = {key: value_of(key, typed) for key in self._changed_keys(typed)}
        except RuleViolation as refusal:
            self._on_refused(refusal)
            return
        command = ChangeSettings(values, self._stored, self.form.reason)
        on_done = partial(self._on_saved, values)
        self.jobs.save(change_settings, command, on_done=on_done, on_error=self._on_refused)

    def _changed_keys(self, typed: Mapping[str, str]) -> list[str]:
        was = self._typed(self._stored)
        return [
            key
            for key in self._keys
            if any(typed[code] != was[code] for code in was if code.partition(".")[0] == key)
        ]

    def _on_refused(self, error: EtsError) -> None:
        self._then = None
        self.form.show_refusal(error)

    def _on_saved(self, values: Mapping[str, Any], _done: Done[None]) -> None:
        self._show({**self._stored, **values})
        self.context.desk.say(self.tr("설정을 저장했습니다."))
        self.refresh()
        then, self._then = self._then, None
        if then is not None:
            then()


def _read(session: Any, keys: Sequence[str], labels: Mapping[str, str]) -> SettingsShown:
    changes = [(key, change) for key in keys for change in setting_changes(session, "setting", key)]
    changes.sort(key=lambda each: each[1].change_id, reverse=True)
    stored = stored_settings(session)
    lines = tuple(_line(key, change, labels) for key, change in changes)
    return SettingsShown({key: stored[key] for key in keys if key in stored}, lines)


def _line(key: str, change: SettingChangeRow, labels: Mapping[str, str]) -> ChangeLine:
    old, new = (typed_of(key, (told or {}).get("value")) for told in (change.old, change.new))
    nothing = translated("없음")
    told = (
        f"{translated(labels[code])}: {old[code] or nothing} → {new[code] or nothing}"
        for code in labels
        if code in new and old[code] != new[code]
    )
    kind = word(KINDS, change.change)
    return ChangeLine(change.change_id, change.at, change.who, kind, ", ".join(told), change.reason)
