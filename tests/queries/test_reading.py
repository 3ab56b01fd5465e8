"""What every query of the lists stands on."""

from datetime import UTC, datetime, timedelta

from ets_desktop.db.engine import Database
from ets_desktop.queries.reading import read_at


def test_the_age_of_a_list_is_told_by_the_databases_clock(database: Database) -> None:
    first, second = database.call(read_at), database.call(read_at)
    assert first < second
    assert abs(second - datetime.now(UTC)) < timedelta(minutes=1)
