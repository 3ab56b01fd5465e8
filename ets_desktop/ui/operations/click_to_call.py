"""전화 걸기 wherever a number is shown: the row or the field that has the focus, or a button's."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from ets_desktop.domain import phone
from ets_desktop.domain.dialling import NOTHING
from ets_desktop.domain.masking import mask_phone
from ets_desktop.domain.phone import NumberKind
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.record_table import RecordTable
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.tables import Dialled
from ets_desktop.ui.widgets.dial_button import DIAL, NUMBER
from ets_desktop.ui.widgets.timeline import Timeline


class ClickToCall(QObject):
    """Ctrl+D in `window`, the ☎ beside fields, and the menu of tables."""

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._action = context.desk.actions.bind(DIAL, window, self.dial, window=True)
        self._action.setObjectName(DIAL)

    @Slot()
    def dial(self) -> None:
        place = self._action.data() or self._window.focusWidget()
        whom = dialled_at(place) if isinstance(place, QWidget) else None
        desk = self._context.desk
        if whom is None:
            desk.say(self.tr("전화를 걸 번호를 먼저 고르십시오."))
        elif not whom.number:
            desk.say(self.tr("전화번호가 없습니다."))
        elif whom.about.callback_id is not None:
            # A promise counts its attempts and asks what came of it.
            desk.call_back(whom.about.callback_id, mask_phone(whom.number))
        else:
            desk.dial(whom.number, whom.about)


def dialled_at(place: QWidget) -> Dialled | None:
    """Whom a call from `place` reaches; None where no number is shown, or no row is chosen."""
    around: QWidget | None = place
    while around is not None:
        if isinstance(around, RecordTable):
            return _of_row(around)
        if isinstance(around, Timeline):
            return around.dialled()
        if isinstance(around, QLineEdit) and around.property(NUMBER):
            return _of_field(around)
        around = around.parentWidget()
    return None


def _of_row(table: RecordTable) -> Dialled | None:
    dials = (column.dials for column in table.rows_model.columns)
    of = next((each for each in dials if each is not None), None)
    row = table.current_row()
    return None if of is None or row is None else of(row)


def _of_field(field: QLineEdit) -> Dialled:
    stored = field.property(NUMBER)
    digits = phone.digits_of(stored if isinstance(stored, str) else field.text())
    if digits is None or phone.kind(digits) is NumberKind.INTERNAL:
        return Dialled("")
    around = field.parentWidget()
    while around is not None and not isinstance(around, Screen):
        around = around.parentWidget()
    return Dialled(digits, NOTHING if around is None else around.dialled_from())
