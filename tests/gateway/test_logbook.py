"""What the next run of a gateway finds of this one: whose the telephone was, and its calls."""

import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ets_desktop.domain.calls import End, Phase
from ets_desktop.domain.errors import EtsError
from ets_desktop.gateway.logbook import Logbook, stopping_no_call
from ets_desktop.pbx.protocol import Past
from tests.calls import ring, then

DAY = timedelta(days=1)


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    one = Logbook(tmp_path / "last.sqlite", "host/ets")
    yield one
    one.close()


def test_the_telephone_is_ours_for_one_database_until_it_is_let_go(
    logbook: Logbook, tmp_path: Path
) -> None:
    assert logbook.seen_at is None
    now = datetime.now(UTC)
    for at in (now - DAY, now):
        logbook.note_seen(at)
    assert logbook.seen_at == now
    logbook.close()
    file = tmp_path / "last.sqlite"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    other = Logbook(file, "elsewhere/ets")
    assert other.seen_at is None
    other.close()
    again = Logbook(file, "host/ets")
    assert again.seen_at == now
    again.note_told(ring())
    again.let_go()
    assert (again.seen_at, again.past("test", DAY, ())) == (None, Past())
    again.close()


def test_the_past_is_what_was_told_and_what_waits(logbook: Logbook) -> None:
    now = datetime.now(UTC)
    old, open_ = ring(leg="old", at=now - 3 * DAY), ring(leg="open", at=now - 2 * DAY)
    new = replace(ring(leg="new", at=now - DAY / 2), dialled="0212340101")
    for event in (old, then(old, Phase.ENDED, 5, End.ABANDONED), open_, new, new):
        logbook.note_told(event)
    waiting = [then(new, Phase.TALKING, 3), then(new, Phase.ENDED, 9, End.COMPLETED)]
    past = logbook.past("test", DAY, waiting)
    assert {leg.leg_key: (leg.phase, leg.end) for leg in past.legs} == {
        "open": (Phase.RINGING, None),
        "new": (Phase.ENDED, End.COMPLETED),
    }
    assert past.legs[1].event_keys == (new.event_key, *(event.event_key for event in waiting))
    assert (past.legs[1].number, past.legs[1].dialled) == (new.number, "0212340101")
    assert past.since == new.at
    logbook.note_seen(now - 2 * DAY)
    since = logbook.past("test", DAY, ()).since
    assert since is not None
    assert abs(since - (now - DAY)) < timedelta(minutes=1)
    assert logbook.past("office", DAY, ()).legs == ()


def test_what_is_over_for_long_is_forgotten(logbook: Logbook) -> None:
    now = datetime.now(UTC)
    over, under_way = ring(leg="over", at=now - DAY), ring(leg="open", at=now - DAY)
    for event in (over, then(over, Phase.ENDED, 5), under_way, ring(leg="lost", at=now - 8 * DAY)):
        logbook.note_told(event)
    logbook.forget("office", timedelta(0))
    logbook.forget("test", timedelta(0))
    assert [leg.leg_key for leg in logbook.past("test", 9 * DAY, ()).legs] == ["open"]


def test_a_disk_that_refuses_stops_no_call(
    logbook: Logbook, caplog: pytest.LogCaptureFixture
) -> None:
    logbook.close()
    with pytest.raises(EtsError, match="spool_unusable"):
        logbook.note_told(ring())
    with stopping_no_call():
        logbook.note_told(ring())
    assert "nothing is kept for the next start: spool_unusable" in caplog.text
