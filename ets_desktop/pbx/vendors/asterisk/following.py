"""One Asterisk over many connections: what is asked after each of them, and what a gap costs.

Pure, so that a wire log plays as the link lived it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from ets_desktop.domain.calls import LegEvent
from ets_desktop.pbx.protocol import KnownLeg
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage
from ets_desktop.pbx.vendors.asterisk.tracker import Tracker

#: How long a link may be away before its legs are told as lost; a cut cable comes back sooner.
LOST_AFTER = timedelta(seconds=60)


class Following:
    """`feed` makes sense once `surveyed` was called on the connection."""

    def __init__(self, link: str) -> None:
        self._tracker = Tracker(link)
        self._pbx_began = ""
        self._left_at: datetime | None = None

    def remember(self, legs: Iterable[KnownLeg]) -> None:
        self._tracker.remember(legs)

    def connecting(self, at: datetime) -> tuple[LegEvent, ...]:
        """The legs under way are lost once the link has been away for too long."""
        if self._left_at is None or at - self._left_at < LOST_AFTER:
            return ()
        return self._tracker.disconnected(at)

    def surveyed(
        self, status: AmiMessage, rows: Sequence[AmiMessage], at: datetime
    ) -> tuple[LegEvent, ...]:
        """The answers to CoreStatus and CoreShowChannels: what goes on, and what has ended."""
        began = f"{status.get('CoreStartupDate')} {status.get('CoreStartupTime')}"
        dead: tuple[LegEvent, ...] = ()
        if self._pbx_began not in ("", began):
            # Its channels begin at 0 again: whatever we knew is dead.
            dead = self._tracker.disconnected(at)
        self._pbx_began, self._left_at = began, None
        return dead + self._tracker.survey(rows, at)

    def feed(self, message: AmiMessage, at: datetime) -> tuple[LegEvent, ...]:
        return self._tracker.feed(message, at)

    def closed(self, at: datetime) -> None:
        self._left_at = self._left_at or at

    def ended(self, at: datetime) -> tuple[LegEvent, ...]:
        """Nothing more will come: the legs under way are lost."""
        return self._tracker.disconnected(at)

    def legs_under_way(self) -> frozenset[str]:
        return self._tracker.legs_under_way()
