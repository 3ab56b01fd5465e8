"""What all benchmarks stand on: the database, a bare connection to it, things to search for."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from ets_desktop.bench.timing import Figure, turn_by_turn
from ets_desktop.db.engine import Database

#: How many different values each search is asked for.
VARIETY = 40

Bare = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Ground:
    """`bare` is what a floor is measured on: psycopg by hand, nothing between."""

    database: Database
    bare: Bare
    orders: int
    rounds: int
    #: where an Asterisk is, if it was said
    asterisk: Path | None = None
    rng: random.Random = field(default_factory=lambda: random.Random(90))

    def compare(
        self,
        name: str,
        about: str,
        ours: Sequence[Callable[[], object]],
        floor: Sequence[Callable[[], object]],
        *,
        goal: float | None,
        note: str = "",
    ) -> Figure:
        """Both measured turn by turn, as a figure."""
        mine, bare = turn_by_turn(ours, floor, self.rounds)
        return Figure(name, about, mine, bare, goal=goal, note=note)

    def by_hand(self, statement: str, values: Mapping[str, Any]) -> list[Any]:
        """The floor of a read: one statement in a transaction, as psycopg does by itself."""
        rows = self.bare.execute(statement.encode(), values).fetchall()
        self.bare.commit()
        return rows

    def some(self, statement: bytes) -> list[Any]:
        """The first column of `statement`, which takes %(ids)s: ids of orders drawn at random."""
        ids = [self.rng.randint(1, max(self.orders, 1)) for _ in range(VARIETY * 3)]
        found = [row[0] for row in self.bare.execute(statement, {"ids": ids}).fetchall()]
        return found[:VARIETY]


@contextmanager
def ground(database: Database, rounds: int, asterisk: Path | None = None) -> Iterator[Ground]:
    """The ground on a database that has orders in it."""
    with psycopg.connect(database.url, prepare_threshold=None) as bare:
        last = bare.execute("SELECT coalesce(max(id), 0) FROM sales_order").fetchone()
        yield Ground(database, bare, int(last[0]) if last else 0, rounds, asterisk)
