"""Which question comes next, and when: the callback's registration, the history, after a failure.

Pure: `now` is in seconds of a clock that only goes forward.
"""

from urllib.parse import urlsplit

from ets_desktop.domain.backoff import Patience
from ets_desktop.pbx.vendors.lgu_centrex.answers import Row
from ets_desktop.pbx.vendors.lgu_centrex.client import Question
from ets_desktop.pbx.vendors.lgu_centrex.history import INBOUND, OUTBOUND
from ets_desktop.pbx.vendors.lgu_centrex.options import CentrexOptions

GET_CALLBACK = "getringcallback"
SET_CALLBACK = "setringcallback"
DIAL = "clickdial"

#: The registration is looked at so often: addresses change, and nobody is told (LG U+ §4).
RECHECK_S = 3600.0
#: The most rows that a list of calls gives.
_ROWS = "200"
#: Parts of `CALLBACK`, between carets: address, page and port are these.
_HOST, _PAGE, _PORT, _PARTS = 2, 3, 4, 8

#: The first wait after a failure; they double up to half a minute.
FIRST_WAIT_S = 5.0


class Schedule:
    """One question at a time: after `next` gave one, `answered` or `failed` must follow."""

    def __init__(self, options: CentrexOptions) -> None:
        self._options = options
        self._patience = Patience(FIRST_WAIT_S)
        self._asking = False
        self._must_set = False
        self._after_inbound = False
        self._check_at = self._poll_at = self._not_before = 0.0
        self.halted = False

    def next(self, now: float, *, awaits_dialled: bool) -> Question | None:
        """The question to ask now, if there is one."""
        if self._asking or self.halted or now < self._not_before:
            return None
        question = self._due(now, awaits_dialled)
        self._asking = question is not None
        return question

    def answered(self, operation: str, rows: tuple[Row, ...], now: float) -> bool:
        """Take an answer in; whether the line is known to be registered and readable by it."""
        self._asking = False
        self._patience = Patience(FIRST_WAIT_S)
        if operation == GET_CALLBACK:
            self._must_set = not any(self._is_ours(row) for row in rows)
        if operation in (GET_CALLBACK, SET_CALLBACK):
            self._check_at = now + RECHECK_S
        if operation == SET_CALLBACK:
            self._must_set = False
        if operation == INBOUND:
            self._poll_at = now + self._options.poll_s
        self._after_inbound = operation == INBOUND
        return not self._must_set

    def failed(self, now: float) -> None:
        self._asking = False
        self._not_before = now + self._patience.wait_after(0.0)

    def _due(self, now: float, awaits_dialled: bool) -> Question | None:
        if self._must_set:
            return Question(SET_CALLBACK, self._callback())
        if now >= self._check_at:
            return Question(GET_CALLBACK)
        if self._after_inbound and awaits_dialled:
            return Question(OUTBOUND, {"page": "1", "calltype": "outbound"})
        if now >= self._poll_at:
            return Question(INBOUND, {"page": "1", "num_per_page": _ROWS})
        return None

    def _callback(self) -> dict[str, str]:
        return {
            "callbackurl": self._options.path,
            "callbackhost": self._options.callback_host,
            "callbackport": str(self._options.callback_port),
        }

    def _is_ours(self, row: Row) -> bool:
        parts = row.get("CALLBACK", "").split("^")
        if len(parts) != _PARTS:
            return False
        try:
            page = urlsplit(parts[_PAGE]).path
        except ValueError:
            return False
        mine = self._callback()
        return (parts[_HOST], page, parts[_PORT]) == (
            mine["callbackhost"],
            mine["callbackurl"],
            mine["callbackport"],
        )
