"""The sources of 고객여정, in the order in which what happened at once is told, oldest first."""

from ets_desktop.queries.journey.claims import CLAIMS, PICKUPS
from ets_desktop.queries.journey.sources import (
    ACTIVITIES,
    ARRIVALS,
    CALLBACKS,
    CALLS,
    DISPATCHES,
    MERGES,
    ORDERS,
    PAYMENTS,
    PROMISES,
    STATUSES,
    TICKETS,
    TRANSFERS,
    UNTIED_CALLS,
    Source,
)

# Recipe for a new source (deliveries, messages of a new kind):
# 1. a `Source` in sources.py (or a module of its own) that walks an index from the newest;
# 2. its name in the tuple below;
# 3. the words of its states in ui/labels.py, JOURNEY_STATES; an event that is new also gets its
#    word in JOURNEY_EVENTS and its mark in ui/widgets/marks.py.
# tests/queries/test_journey.py reads every source listed here, one statement for all.
SOURCES: tuple[Source, ...] = (
    ORDERS,
    PAYMENTS,
    DISPATCHES,
    ARRIVALS,
    CALLS,
    UNTIED_CALLS,
    TICKETS,
    ACTIVITIES,
    PROMISES,
    CALLBACKS,
    TRANSFERS,
    STATUSES,
    MERGES,
    CLAIMS,
    PICKUPS,
)
