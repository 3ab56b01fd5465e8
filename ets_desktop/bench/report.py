"""Figures as text for people and as JSON for later comparison."""

import os
import platform
from collections.abc import Sequence
from typing import Any

from ets_desktop import __version__
from ets_desktop.bench.ground import Ground
from ets_desktop.bench.timing import Figure, Spread

HEADER = f"{'':34} {'floor p50/p99':>19} {'ours p50/p99':>19} {'ratio':>12}"


def line_of(figure: Figure) -> str:
    """One line, `!` where a goal of spec 90 is missed; further ones say what the worst was, and
    what the clock starts with."""
    ratio = figure.ratio
    shown = f"{ratio.p50:.2f}/{ratio.p99:.2f}" if ratio is not None else ""
    mark = "" if figure.holds else " !"
    floor, ours = _spread(figure.floor), _spread(figure.ours)
    unit = "" if figure.unit == "ms" else f" {figure.unit}"
    further = "".join(f"\n    {told}" for told in (figure.worst, figure.clock) if told)
    return f"{figure.name:34} {floor:>19} {ours:>19} {shown:>12}{unit}{mark}{further}"


def report_of(figures: Sequence[Figure], ground: Ground, failures: Sequence[str]) -> dict[str, Any]:
    """Everything measured, with what it was measured on."""
    server = ground.bare.execute(
        "SELECT current_setting('server_version'), current_setting('shared_buffers'),"
        " (SELECT count(*) FROM sales_order), (SELECT count(*) FROM customer)"
    ).fetchone()
    version, buffers, orders, customers = server or ("", "", 0, 0)
    return {
        "program": __version__,
        "machine": {
            "cores": os.cpu_count(),
            "platform": platform.platform(),
            "python": platform.python_version(),
        },
        "server": {"version": version, "shared_buffers": buffers},
        "orders": orders,
        "customers": customers,
        "rounds": ground.rounds,
        "failures": list(failures),
        "figures": [_as_json(figure) for figure in figures],
    }


def _as_json(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "about": figure.about,
        "unit": figure.unit,
        "floor": _plain(figure.floor),
        "ours": _plain(figure.ours),
        "ratio": _plain(figure.ratio),
        "goal_ratio_p50": figure.goal,
        "limit_p50": figure.limit,
        "holds": figure.holds,
        "note": figure.note,
        "clock": figure.clock,
        "worst": figure.worst,
    }


def _plain(spread: Spread | None) -> dict[str, float] | None:
    if spread is None:
        return None
    return {"p50": round(spread.p50, 3), "p99": round(spread.p99, 3)}


def _spread(spread: Spread | None) -> str:
    return f"{spread.p50:.2f}/{spread.p99:.2f}" if spread is not None else ""
