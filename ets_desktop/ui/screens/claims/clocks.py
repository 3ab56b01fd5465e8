"""The clocks of the law on the rows of a list: reckoned once a day and row, for a cell is drawn
thousands of times and a business day takes a tenth of a millisecond."""

from collections.abc import Callable
from datetime import date, datetime

from ets_desktop.domain.calendar import BusinessCalendar, seoul_date
from ets_desktop.domain.claim_clocks import ClaimClocks
from ets_desktop.queries.claims import ClaimRow
from ets_desktop.ui.ticket_columns import Now

#: The calendar of the house as it is now.
Calendar = Callable[[], BusinessCalendar]


class RowClocks:
    def __init__(self, now: Now, calendar: Calendar) -> None:
        self._now = now
        self._calendar = calendar
        self._day: date | None = None
        self._by: BusinessCalendar | None = None
        self._known: dict[tuple[int, int, datetime | None], ClaimClocks] = {}

    def of(self, row: ClaimRow) -> ClaimClocks:
        """By the calendar and the day of now; whatever moves a clock changes the row's version,
        but for the delivery, which is the order's."""
        now, calendar = self._now(), self._calendar()
        day = seoul_date(now)
        if day != self._day or calendar is not self._by:
            self._day, self._by = day, calendar
            self._known.clear()
        key = (row.claim_id, row.version, row.delivered_at)
        clocks = self._known.get(key)
        if clocks is None:
            clocks = self._known[key] = row.clocks(now, calendar)
        return clocks
