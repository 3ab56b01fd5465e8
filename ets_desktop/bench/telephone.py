"""From the PBX's event on the gateway's socket to the painted card, while forty desks are rung."""

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from ets_desktop.bench.ground import Ground
from ets_desktop.bench.probing import EXTENSION, Probe, probe, visitor
from ets_desktop.bench.rings import LINK, forget_calls, ring_by_hand
from ets_desktop.bench.searches import pop_by_hand
from ets_desktop.bench.switchboard import Switchboard
from ets_desktop.bench.timing import Figure, Spread, spread_of, timed
from ets_desktop.db.engine import Database
from ets_desktop.domain.errors import Unavailable
from ets_desktop.gateway.service import Gateway
from ets_desktop.settings import GatewayLink

DESKS, RINGS_A_SECOND = 40, 10
#: Every fourth ring is the painted desk's: a second would bring it one in four otherwise.
_SHARE = 4
_PAINTED = 50
#: How long a caller waits: gone before the same desk rings again.
_RINGS_S = 0.35
_OTHERS = tuple(str(99_950 + number) for number in range(DESKS - 1))
_WAIT_S = 10.0

#: When something happened, by this machine's clock.
Rung = tuple[str, float]


def pbx_to_painted(ground: Ground) -> Iterator[Figure]:
    """AMI events through a gateway and the database to one real desk; the others have ears only."""
    numbers = ground.some(
        b"SELECT orderer_phone FROM sales_order WHERE id = ANY(%(ids)s) AND orderer_phone <> ''"
    )
    samples = max(4, min(_PAINTED, ground.rounds // 4))
    with visitor(ground) as guest, ExitStack() as stack:
        stack.callback(forget_calls, ground)
        switchboard = stack.enter_context(Switchboard().running())
        stack.enter_context(_gateway(ground, switchboard))
        url = ground.database.url
        desk = stack.enter_context(probe("desk", url, guest.login, guest.password))
        ears = stack.enter_context(probe("ears", url, url, *_OTHERS))
        desk.hear()
        ears.hear()
        frame = spread_of(desk.ask("frames", ground.rounds))
        rung = _ring_all(switchboard, (numbers * samples)[:samples])
        painted = _waits(rung, _painted(desk, len(rung)))
        heard = int(ears.ask("heard"))
        floor = _sum(_floor(ground, samples), _pops(ground, numbers), frame)
    others = (_SHARE - 1) * samples
    yield Figure(
        "PBX event to painted",
        f"{RINGS_A_SECOND} rings/s over {DESKS} desks, each {_SHARE}th at a painted one; floor:"
        " socket, rows and NOTIFY by hand + pop by hand + a bare frame",
        spread_of(painted),
        floor,
        limit=25.0,
        note=f"{len(painted)} of {samples} painted, {heard} of {2 * others} events at the others;"
        " the goal is p50 ≤ 25 ms, p99 ≤ 100 ms",
    )


@contextmanager
def _gateway(ground: Ground, switchboard: Switchboard) -> Iterator[None]:
    """A gateway of our own on the link. Raises Unavailable when another one works."""
    with TemporaryDirectory(prefix="ets-bench-") as folder:
        secret = Path(folder) / "secret"
        secret.touch(mode=0o600)
        secret.write_text("none", encoding="utf-8")
        options = {"port": switchboard.port, "user": "bench", "secret_file": str(secret)}
        with closing(Database(ground.database.url, application_name="ets bench gateway")) as own:
            gateway = Gateway(own, [GatewayLink(LINK, "asterisk", options)])
            gateway.start()
            try:
                if not switchboard.wait_for_link():
                    raise Unavailable("link_connecting", reason="another gateway works here")
                yield
            finally:
                gateway.stop()


def _ring_all(switchboard: Switchboard, numbers: Sequence[str]) -> list[Rung]:
    """Ten rings a second; each has its caller give up before the desk rings again."""
    pause, began = Event(), time.monotonic()
    rung: list[Rung] = []
    ringing: list[tuple[float, int, str]] = []
    for turn in range(len(numbers) * _SHARE):
        due = began + turn / RINGS_A_SECOND
        while ringing and ringing[0][0] <= due:
            at, call, extension = ringing.pop(0)
            pause.wait(max(0.0, at - time.monotonic()))
            switchboard.give_up(call, extension)
        pause.wait(max(0.0, due - time.monotonic()))
        ours = turn % _SHARE == 0
        extension = EXTENSION if ours else _OTHERS[turn % len(_OTHERS)]
        number = numbers[turn // _SHARE]
        if ours:
            rung.append((number, time.time()))
        ringing.append((due + _RINGS_S, switchboard.ring(extension, number), extension))
    for at, call, extension in ringing:
        pause.wait(max(0.0, at - time.monotonic()))
        switchboard.give_up(call, extension)
    return rung


def _painted(desk: Probe, count: int) -> list[Rung]:
    """Whose call was on the screen when, as often as `count` or for as long as it is worth it."""
    deadline = time.monotonic() + _WAIT_S
    while True:
        painted = [(str(number), float(at)) for number, at in desk.ask("painted")]
        if len(painted) >= count or time.monotonic() > deadline:
            return painted
        Event().wait(0.1)


def _waits(rung: Sequence[Rung], painted: Sequence[Rung]) -> list[float]:
    """ms from each ring to its picture; a ring without one has none."""
    found = []
    for number, at in rung:
        later = [shown - at for who, shown in painted if who == number and shown >= at]
        found += [min(later) * 1000] if later else []
    if not found:
        raise Unavailable("link_connecting", reason="no ring was painted")
    return found


def _floor(ground: Ground, rounds: int) -> Spread:
    """What cannot be saved: a hop over a socket, the rows, the notice, the reading of it."""
    near, far = socket.socketpair()
    with near, far, closing(ground.database.listening_connection()) as ear:
        ear.execute("LISTEN ets_bench")

        def once() -> None:
            near.sendall(b"Event: Newstate\r\n\r\n")
            far.recv(1_024)
            ring_by_hand(ground, ear)

        return spread_of([timed(once) for _ in range(rounds)])


def _pops(ground: Ground, numbers: Sequence[Any]) -> Spread:
    return spread_of([timed(partial(pop_by_hand, ground, number)) for number in numbers])


def _sum(*parts: Spread) -> Spread:
    return Spread(sum(part.p50 for part in parts), sum(part.p99 for part in parts))
