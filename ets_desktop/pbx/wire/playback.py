"""Plays a recording, whichever telephone system it is of: its first marker says."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from ets_desktop.domain.calls import LegEvent
from ets_desktop.pbx.vendors.asterisk.playing import played as of_asterisk
from ets_desktop.pbx.vendors.asterisk.recording import Recording, RecordingError, replayed
from ets_desktop.pbx.vendors.lgu_centrex.playing import played as of_centrex
from ets_desktop.pbx.vendors.lgu_ippbx.playing import played as of_ippbx
from ets_desktop.pbx.wire.log import HEADLINE

Play = Callable[[Recording, str], Iterator[tuple[float, tuple[LegEvent, ...]]]]

#: A vendor that keeps a wire log has its line here.
PLAYERS: Mapping[str, Play] = MappingProxyType(
    {"asterisk": of_asterisk, "lgu_centrex": of_centrex, "lgu_ippbx": of_ippbx}
)


def play(recording: Recording, link: str) -> Iterator[tuple[float, tuple[LegEvent, ...]]]:
    """What `link` would tell at each piece, with the second it would tell it at.

    A recording without our headline is one of AMI's bytes. Raises RecordingError
    `recording_unknown` for a vendor that is none of ours.
    """
    headline = recording.pieces[0].text
    if not headline.startswith(HEADLINE):
        return replayed(recording, link)
    player = PLAYERS.get(headline.removeprefix(HEADLINE))
    if player is None:
        raise RecordingError("recording_unknown", file="-", reason="a vendor unknown here")
    return player(recording, link)
