"""완료예정일 of a new ticket: proposed by its type, until somebody picks another day."""

from datetime import date

from PySide6.QtCore import QObject, Slot

from ets_desktop.domain.calendar import seoul_date
from ets_desktop.ui.context import ScreenJobs
from ets_desktop.ui.house import DeskHouse
from ets_desktop.ui.screens.ticket_form.fields import TicketFields
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm
from ets_desktop.ui.screens.ticket_form.pressed.saving import Now


class DueDate(QObject):
    """Reckoned on a worker: a year that no table has takes longer than a frame."""

    def __init__(
        self,
        house: DeskHouse,
        jobs: ScreenJobs,
        form: OpenForm,
        fields: TicketFields,
        now: Now,
    ) -> None:
        super().__init__(form)
        self._house = house
        self._jobs = jobs
        self._form = form
        self._fields = fields
        self._now = now
        self._proposed: date | None = None
        form.replaced.connect(self._on_replaced)
        fields.type_chosen.connect(self._propose)

    @property
    def _is_chosen(self) -> bool:
        """Whether somebody picked the day that stands there."""
        return self._fields.due_on.day() not in (None, self._proposed)

    @Slot()
    def _on_replaced(self) -> None:
        self._proposed = None
        self._propose()

    @Slot()
    def _propose(self) -> None:
        ticket_type = self._fields.ticket_type.code()
        if self._form.ticket_id is not None or self._is_chosen or not ticket_type:
            self._jobs.stop("due")
            return
        today = seoul_date(self._now())
        reckon = self._house.house.default_due_on
        self._jobs.read(reckon, ticket_type, today, on_done=self._on_reckoned, lane="due")

    def _on_reckoned(self, day: date) -> None:
        if not self._is_chosen:
            self._proposed = day
            self._fields.due_on.set_day(day)
