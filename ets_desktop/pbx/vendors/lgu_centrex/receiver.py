"""Hears the ring callback of LG U+: behind the secret path everything is 200 at once (§1.5)."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from ets_desktop.domain.errors import Unavailable
from ets_desktop.pbx import door
from ets_desktop.pbx.door import OK, Answer, Ear

log = logging.getLogger(__name__)

_MOST_FIELDS = 20
_KNOWN = ("sender", "receiver", "kind", "inner_num")
_CALL = "1"
_HEARD: Final = Answer(OK, b'{"SVC_RT":"0000","SVC_MSG":"OK"}')


@dataclass(frozen=True, slots=True)
class Ring:
    """What LG U+ tells: the caller as shown, the number that was called, the phone's own one."""

    sender: str
    receiver: str
    inner_num: str


Hear = Callable[[Ring], None]


def read_ring(query: str) -> Ring | None:
    """The call of a query string; None for a text message and for what is no callback at all."""
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, errors="replace", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        return None
    told = {key: value.strip() for key, value in pairs if key in _KNOWN}
    twice = len(told) != sum(key in _KNOWN for key, _ in pairs)
    if twice or told.get("kind") != _CALL:
        return None
    return Ring(told.get("sender", ""), told.get("receiver", ""), told.get("inner_num", ""))


def ear_of(hear: Hear) -> Ear:
    """Tells `hear` the rings among what is asked, on the door's thread."""

    def take(query: bytes, _body: bytes, peer: str) -> Answer:
        ring = read_ring(query.decode("ascii", errors="replace"))
        if ring is None:
            log.warning("ring callback: %s told no call", peer)
        else:
            log.info("ring callback from %s", peer)
            hear(ring)
        return _HEARD

    return Ear(b"GET", take)


def listen(host: str, port: int, path: str, hear: Hear) -> None:
    """Hear the rings told at `path`, at the door that another line may have opened.

    Raises Unavailable `centrex_callback_port` when the port or the path is not to be had.
    """
    try:
        door.listen(host, port, path, ear_of(hear))
    except Unavailable as error:
        reason = error.details["reason"]
        raise Unavailable("centrex_callback_port", port=port, reason=reason) from error


def hang_up(host: str, port: int, path: str) -> None:
    """Hear no more of `path`; the last one closes the door."""
    door.hang_up(host, port, path)
