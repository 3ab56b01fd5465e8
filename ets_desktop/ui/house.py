"""Settings and calendar of the house at this desk: read once, and again when an admin changes them.

GUI thread; until the tables are read the defaults of spec 20 hold.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ets_desktop.domain.calendar import BusinessCalendar
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.house import HouseSettings
from ets_desktop.domain.topics import SETTINGS, Topic
from ets_desktop.domain.transfers import AcceptLimits
from ets_desktop.services.holidays import House, house_of, read_house

if TYPE_CHECKING:
    from ets_desktop.ui.context import UiContext


class DeskHouse(QObject):
    """What the screens ask for limits, hours and holidays."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._house = house_of(HouseSettings())
        self._is_read = False

    @property
    def house(self) -> House:
        return self._house

    @property
    def calendar(self) -> BusinessCalendar:
        """Hours and holidays; before the tables are read no holidays, which take long to reckon."""
        return self._house.calendar if self._is_read else BusinessCalendar()

    @property
    def limits(self) -> AcceptLimits:
        return self._house.settings.accept

    def begin(self, context: "UiContext") -> None:
        """Read the tables now, and whenever they change."""
        self._jobs = context.jobs(self)
        context.changes.subscribe(self, (SETTINGS,), self._on_touched)
        self._load()

    def _load(self) -> None:
        self._jobs.load(read_house, on_done=self._on_read, on_error=self._on_failed, lane="house")

    def _on_read(self, house: House) -> None:
        self._house = house
        self._is_read = True
        self.changed.emit()

    def _on_failed(self, _error: EtsError) -> None:
        """What was known holds; when the database is back, everything is read again."""

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        self._load()
