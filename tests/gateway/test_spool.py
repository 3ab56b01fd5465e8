"""Events that wait on disk: in order, also over a kill, and never two gateways' at once."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ets_desktop.domain.calls import End, Phase
from ets_desktop.domain.errors import EtsError
from ets_desktop.gateway.outbox import Outbox, Waiting
from ets_desktop.gateway.spool import Spool
from tests.calls import ring, then

ENDED = replace(
    then(ring(leg="two"), Phase.ENDED, 3.0),
    end=End.TRANSFERRED,
    caller_name="김하나 (서울)\n",
    details={"transferred_to": "102"},
)

KILLED = """
import os, sys
from pathlib import Path
from ets_desktop.gateway.outbox import Outbox
from ets_desktop.gateway.spool import Spool
from tests.calls import ring

outbox = Outbox(Spool(Path(sys.argv[1])))
for number in range(50):
    outbox.put(ring(leg=f"leg {number}"))
outbox.drop_first()
os.kill(os.getpid(), 9)
"""


def test_what_waits_is_there_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "deeper" / "spool.sqlite"
    first = Spool(file)
    outbox = Outbox(first)
    for event in (ring(leg="one"), ENDED):
        outbox.put(event)
    first.close()
    again = Outbox(Spool(file))
    assert len(again) == 2
    assert again.first() == ring(leg="one")
    again.drop_first()
    assert again.first() == ENDED
    again.drop_first()
    assert again.first() is None
    assert len(again) == 0


def test_a_killed_gateway_loses_and_doubles_nothing(tmp_path: Path) -> None:
    file = tmp_path / "spool.sqlite"
    killed = subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False)
    assert killed.returncode == -9
    outbox = Outbox(Spool(file))
    legs = []
    while (event := outbox.first()) is not None:
        legs.append(event.leg_key)
        outbox.drop_first()
    assert legs == [f"leg {number}" for number in range(1, 50)]


def test_two_gateways_do_not_share_a_spool(tmp_path: Path) -> None:
    ours = Spool(tmp_path / "spool.sqlite")
    with pytest.raises(EtsError, match="spool_unusable"):
        Spool(tmp_path / "spool.sqlite")
    ours.append(ring())
    ours.close()


def test_a_file_that_is_no_spool_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "spool.sqlite"
    file.write_bytes(b"something else entirely " * 100)
    with pytest.raises(EtsError, match="spool_unusable"):
        Spool(file)
    assert file.read_bytes() == b"something else entirely " * 100


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_nobody_else_reads_who_called(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "spool.sqlite"
    Spool(file).append(ring())
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("torn", ["", "{}", "[1]", '{"at": "never", "heard_at": "x"}'])
def test_a_torn_event_does_not_hold_up_those_behind_it(
    tmp_path: Path, torn: str, caplog: pytest.LogCaptureFixture
) -> None:
    spool = Spool(tmp_path / "spool.sqlite")
    spool.append(ring(leg="torn"))
    spool.append(ring(leg="two"))
    spool._disk.ask("UPDATE waiting SET event = ? WHERE place = 1", (torn,))
    assert spool.first() == ring(leg="two")
    assert len(spool) == 1
    assert "cannot be read" in caplog.text
    spool.close()


def test_each_links_own_share_waits(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.sqlite")
    outbox = Outbox(spool)
    assert outbox.by_link() == {}
    one, other = ring(leg="one"), replace(ring(leg="two"), link="shop")
    later = then(one, Phase.TALKING, 5.0)
    for event in (one, other, later):
        outbox.put(event)
    assert outbox.by_link() == {one.link: Waiting(2, one.at), "shop": Waiting(1, other.at)}
    spool.append(ring(leg="torn"))
    spool._disk.ask("UPDATE waiting SET event = '{' WHERE place = 4")
    assert outbox.by_link()[one.link].count == 2
    spool.close()
