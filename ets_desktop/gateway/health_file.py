"""How the links stand, kept beside the gateway: to be read where the database is away."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from ets_desktop.paths import make_private
from ets_desktop.queries.health import LinkHealth

NAME = "health.json"


def write_health(file: Path, links: Sequence[LinkHealth]) -> None:
    """Whole or not at all. Raises OSError, EtsError `folder_unusable`."""
    told = {"seen_at": datetime.now(UTC).isoformat(), "links": [_plain(link) for link in links]}
    make_private(file.parent)
    fresh = file.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    fresh.replace(file)


def read_health(file: Path) -> tuple[LinkHealth, ...]:
    """What the gateway of this PC wrote last; nothing when there is none, or no sense in it."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        silent_s = (datetime.now(UTC) - datetime.fromisoformat(told["seen_at"])).total_seconds()
        return tuple(_health(link, silent_s) for link in told["links"])
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def _plain(link: LinkHealth) -> dict[str, object]:
    moments = {name: _iso(getattr(link, name)) for name in ("up_since", "last_event_at")}
    return asdict(link) | moments


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _health(told: dict[str, object], silent_s: float) -> LinkHealth:
    return LinkHealth(
        name=str(told["name"]),
        vendor=str(told["vendor"]),
        up_since=_moment(told["up_since"]),
        last_event_at=_moment(told["last_event_at"]),
        reason=str(told["reason"]),
        silent_s=silent_s,
        waiting=int(str(told["waiting"])),
        lag_s=float(str(told["lag_s"])),
        alone=told.get("alone") is True,
    )


def _moment(told: object) -> datetime | None:
    return None if told is None else datetime.fromisoformat(str(told))
