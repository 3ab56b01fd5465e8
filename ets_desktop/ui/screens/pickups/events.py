"""회수 진행 of one pickup: what we did with it, and what its courier told of it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import PICKUPS, Topic
from ets_desktop.queries.pickups import PickupEventRow, pickup_events
from ets_desktop.ui.claim_labels import FAILED_AT, PICKUP_STATES
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import error_text, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import Column

NAME = "회수 진행"
_EVENTS = "events"


def state_of(row: PickupEventRow) -> str:
    """Our word; the courier's own for a scan that moves nothing."""
    return word(PICKUP_STATES, row.state) if row.state else row.courier_state


def words_of(row: PickupEventRow) -> str:
    """What the courier said, with the place it said it from: 미집화 09 권역 아님."""
    where = word(FAILED_AT, row.courier_state) if row.state else ""
    return " ".join(part for part in (where, row.code, row.words) if part)


_COLUMNS: tuple[Column[PickupEventRow], ...] = (
    Column("일시", lambda row: moment_text(row.at), 19),
    Column("위치", lambda row: row.place, 14, least=8),
    Column("상태", state_of, 10, least=8),
    Column("내용", words_of, 26, least=10),
    Column("담당자", lambda row: row.agent, 8, least=6),
)


def _key(row: PickupEventRow) -> int:
    return row.event_id


class PickupEvents(TablePanel[PickupEventRow]):
    """Nothing to choose here: the list only tells, the newest first."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(NAME, _COLUMNS, _key, buttons=(), state=context.state)
        title = QLabel(translated(NAME))
        title.setProperty("role", "title")
        self.add_tool(title)
        self._pickup_id: int | None = None
        self._jobs = context.jobs(self)
        context.changes.subscribe(self, (PICKUPS,), self._on_touched)

    def show_pickup(self, pickup_id: int) -> None:
        if pickup_id != self._pickup_id:
            self._pickup_id = pickup_id
            self.clear()
            self._load(pickup_id)

    @Slot()
    def forget(self) -> None:
        """No pickup is in hand any more."""
        self._pickup_id = None
        self._jobs.stop(_EVENTS)
        self.clear()

    def _load(self, pickup_id: int) -> None:
        self._jobs.load(
            pickup_events,
            pickup_id,
            on_done=self._on_loaded,
            on_error=self._on_failed,
            lane=_EVENTS,
        )

    def _on_loaded(self, events: tuple[PickupEventRow, ...]) -> None:
        self.reload_rows(events[::-1])

    def _on_failed(self, error: EtsError) -> None:
        self.show_error(error_text(error))

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        if self._pickup_id is not None and self.isVisible():
            self._load(self._pickup_id)
