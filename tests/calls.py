"""Leg events for tests: one call at one extension, step by step."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ets_desktop.domain.calls import Direction, End, LegEvent, Phase

BEGAN = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def ring(
    extension: str = "101",
    number: str | None = "01000001234",
    call: str = "call-1",
    leg: str = "leg-1",
    at: datetime = BEGAN,
) -> LegEvent:
    return LegEvent(
        link="test",
        vendor_call_id=call,
        leg_key=leg,
        extension=extension,
        direction=Direction.IN,
        phase=Phase.RINGING,
        at=at,
        heard_at=at,
        event_key=f"test:{leg}:ringing",
        number=number,
    )


def then(
    event: LegEvent,
    phase: Phase,
    after_s: float,
    end: End | None = None,
    details: dict[str, str] | None = None,
) -> LegEvent:
    """The next step of the same leg, `after_s` seconds later."""
    step = phase if details is None else "+".join(details)
    return replace(
        event,
        phase=phase,
        at=event.at + timedelta(seconds=after_s),
        end=end,
        event_key=f"test:{event.leg_key}:{step}:{after_s}",
        details=details or {},
    )
