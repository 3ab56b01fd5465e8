"""Five wrong passwords lock for ten minutes (spec 80); the clock is an argument, in seconds."""

from dataclasses import dataclass

MOST_FAILURES = 5
LOCKED_S = 600.0


@dataclass(frozen=True, slots=True)
class Attempts:
    """Passwords refused in a row, and when the last one was (seconds of the PC's clock)."""

    failures: int = 0
    last_at: float = 0.0


def locked_for(attempts: Attempts, now: float) -> float:
    """Seconds until the next password is taken; a clock that was set back shortens nothing."""
    if attempts.failures < MOST_FAILURES:
        return 0.0
    return min(LOCKED_S, max(0.0, attempts.last_at + LOCKED_S - now))


def after_failure(attempts: Attempts, now: float) -> Attempts:
    """One more; when a lock is over the count begins anew."""
    if attempts.failures >= MOST_FAILURES and not locked_for(attempts, now):
        return Attempts(1, now)
    return Attempts(attempts.failures + 1, now)
