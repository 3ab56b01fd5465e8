"""All benchmarks. A new one: a function from Ground to figures, and a line in BENCHES."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from ets_desktop.bench import (
    boards,
    desk,
    imports,
    rings,
    searches,
    telephone,
    ticket_searches,
    windows,
    year,
)
from ets_desktop.bench.ground import Ground
from ets_desktop.bench.timing import Figure

Bench = Callable[[Ground], Iterator[Figure]]

#: name → what measures it. `--only` takes names, or the beginning of some.
BENCHES: Mapping[str, Bench] = MappingProxyType(
    {
        "search": searches.searches,
        "search-far-page": searches.far_page,
        "search-count": searches.capped_count,
        "tickets": ticket_searches.ticket_searches,
        "screen-pop": searches.screen_pop,
        "work-lists": desk.work_lists,
        "board": boards.board_refresh,
        "transfer-queue": boards.queue_refresh,
        "statistics-year": year.statistics_year,
        "statistics-beside": year.searches_beside,
        "save": desk.save,
        "ring-to-desk": rings.ring_to_desk,
        "pbx-to-painted": telephone.pbx_to_painted,
        "import": imports.order_file,
        "window-start": windows.start,
        "window-login": windows.login,
        "window-desk": windows.desk,
    }
)


def chosen(only: tuple[str, ...]) -> dict[str, Bench]:
    """The benchmarks whose names begin with one of `only`; all of them without any."""
    return {
        name: bench
        for name, bench in BENCHES.items()
        if not only or any(name.startswith(wanted) for wanted in only)
    }
