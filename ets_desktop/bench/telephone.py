"""From a caller's INVITE to the painted card, while forty desks are rung.

Where there is no Asterisk the clock starts with its events on the gateway's socket.
"""

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from ets_desktop.bench.asterisk import installed
from ets_desktop.bench.exchange import Exchange
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

Pbx = Switchboard | Exchange
#: When something happened, by this machine's clock.
Rung = tuple[str, float]


def pbx_to_painted(ground: Ground) -> Iterator[Figure]:
    """Rings through a gateway and the database to one real desk; the others have ears only."""
    numbers = ground.some(
        b"SELECT orderer_phone FROM sales_order WHERE id = ANY(%(ids)s) AND orderer_phone <> ''"
    )
    samples = max(4, min(_PAINTED, ground.rounds // 4))
    asterisk = installed(ground.asterisk)
    if asterisk is None and ground.asterisk is not None:
        raise Unavailable("link_connecting", reason=f"no Asterisk below {ground.asterisk}")
    pbx = Switchboard() if asterisk is None else Exchange(asterisk, (EXTENSION, *_OTHERS))
    with visitor(ground) as guest, ExitStack() as stack:
        stack.callback(forget_calls, ground)
        stack.enter_context(pbx.running())
        # Before the gateway listens, which would tell these calls too.
        event = _events(pbx, numbers[0], samples)
        stack.enter_context(_gateway(ground, pbx))
        url = ground.database.url
        desk = stack.enter_context(probe("desk", url, guest.login, guest.password))
        ears = stack.enter_context(probe("ears", url, url, *_OTHERS))
        desk.hear()
        ears.hear()
        frame = spread_of(desk.ask("frames", ground.rounds))
        rung = _ring_all(pbx, (numbers * samples)[:samples])
        painted = _waits(rung, _painted(desk, len(rung)))
        heard = int(ears.ask("heard"))
        floor = _sum(event, _told(ground, samples), _pops(ground, numbers), frame)
    others = (_SHARE - 1) * samples
    told = f"{len(painted)} of {samples} painted, {heard} of {2 * others} events at the others"
    yield _figure(pbx, spread_of(painted), event, floor, told)


def _figure(pbx: Pbx, painted: Spread, event: Spread, floor: Spread, told: str) -> Figure:
    """Says where its clock starts: its floor starts there too."""
    is_real = isinstance(pbx, Exchange)
    name = "INVITE to painted" if is_real else "PBX event to painted"
    began = "INVITE to AMI event" if is_real else "a hop over a socket"
    where = (
        f"Asterisk {pbx.version}: INVITE to AMI event alone {event.p50:.1f} ms, p99 {event.p99:.1f}"
        if isinstance(pbx, Exchange)
        else "no Asterisk here (--asterisk DIR): from the events on the AMI socket, not the INVITE"
    )
    return Figure(
        name,
        f"{RINGS_A_SECOND} rings/s over {DESKS} desks, each {_SHARE}th at a painted one; floor:"
        f" {began} + rows and NOTIFY by hand + pop by hand + a bare frame",
        painted,
        floor,
        limit=25.0,
        note=f"{told}; the goal is p50 ≤ 25 ms, p99 ≤ 100 ms",
        clock=where,
    )


def _events(pbx: Pbx, number: str, rounds: int) -> Spread:
    """How long the telephone system itself takes to tell of a ring."""
    if isinstance(pbx, Exchange):
        return spread_of(pbx.waits_for_events(EXTENSION, number, rounds))
    near, far = socket.socketpair()
    with near, far:

        def hop() -> None:
            near.sendall(b"Event: Newstate\r\n\r\n")
            far.recv(1_024)

        return spread_of([timed(hop) for _ in range(rounds)])


@contextmanager
def _gateway(ground: Ground, pbx: Pbx) -> Iterator[None]:
    """A gateway of our own on the link. Raises Unavailable when another one works."""
    with TemporaryDirectory(prefix="ets-bench-") as folder:
        secret = Path(folder) / "secret"
        secret.touch(mode=0o600)
        secret.write_text(pbx.secret, encoding="utf-8")
        options = {"port": pbx.port, "user": pbx.user, "secret_file": str(secret)}
        with closing(Database(ground.database.url, application_name="ets bench gateway")) as own:
            gateway = Gateway(own, [GatewayLink(LINK, "asterisk", options)])
            gateway.start()
            try:
                if not _is_up(gateway):
                    raise Unavailable("link_connecting", reason="another gateway works here")
                yield
            finally:
                gateway.stop()


def _is_up(gateway: Gateway) -> bool:
    deadline, pause = time.monotonic() + _WAIT_S, Event()
    while time.monotonic() < deadline:
        if any(state.up_since for state in gateway.states.values()):
            return True
        pause.wait(0.02)
    return False


def _ring_all(pbx: Pbx, numbers: Sequence[str]) -> list[Rung]:
    """Ten rings a second; each has its caller give up before the desk rings again."""
    pause, began = Event(), time.monotonic()
    rung: list[Rung] = []
    ringing: list[tuple[float, int, str]] = []
    for turn in range(len(numbers) * _SHARE):
        due = began + turn / RINGS_A_SECOND
        while ringing and ringing[0][0] <= due:
            at, call, extension = ringing.pop(0)
            pause.wait(max(0.0, at - time.monotonic()))
            pbx.give_up(call, extension)
        pause.wait(max(0.0, due - time.monotonic()))
        ours = turn % _SHARE == 0
        extension = EXTENSION if ours else _OTHERS[turn % len(_OTHERS)]
        number = numbers[turn // _SHARE]
        if ours:
            rung.append((number, time.time()))
        ringing.append((due + _RINGS_S, pbx.ring(extension, number), extension))
    for at, call, extension in ringing:
        pause.wait(max(0.0, at - time.monotonic()))
        pbx.give_up(call, extension)
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


def _told(ground: Ground, rounds: int) -> Spread:
    """What the database cannot save: the rows, the notice, the reading of it."""
    with closing(ground.database.listening_connection()) as ear:
        ear.execute("LISTEN ets_bench")
        return spread_of([timed(partial(ring_by_hand, ground, ear)) for _ in range(rounds)])


def _pops(ground: Ground, numbers: Sequence[Any]) -> Spread:
    return spread_of([timed(partial(pop_by_hand, ground, number)) for number in numbers])


def _sum(*parts: Spread) -> Spread:
    return Spread(sum(part.p50 for part in parts), sum(part.p99 for part in parts))
