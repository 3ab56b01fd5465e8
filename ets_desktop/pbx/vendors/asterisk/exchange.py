"""What a tracker knows of one Asterisk: its channels, its legs, and whom not to bring back."""

from collections.abc import Callable
from datetime import datetime

from ets_desktop.pbx.vendors.asterisk.channels import Channel, Channels
from ets_desktop.pbx.vendors.asterisk.ledger import Ledger
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage

Handlers = dict[str, Callable[[AmiMessage], None]]

_NOBODY = ("", "<unknown>", "unknown")

#: Channels of a lost connection that late messages must not bring back to life.
_DEAD_REMEMBERED = 5_000


class Exchange:
    """Shared by the handlers of all kinds of messages."""

    def __init__(self, link: str) -> None:
        self._link = link
        self.dead: dict[str, None] = {}
        self.channels = Channels()
        self.ledger = Ledger(link, self.channels)

    def forget_all(self, at: datetime) -> None:
        """Begin anew: what was known is dead."""
        for uniqueid in self.channels.ids():
            self.bury(uniqueid)
        self.channels = Channels()
        self.ledger = Ledger(self._link, self.channels)
        self.ledger.at = at

    def bury(self, uniqueid: str) -> None:
        """Never hear of that channel again."""
        self.dead[uniqueid] = None
        while len(self.dead) > _DEAD_REMEMBERED:
            del self.dead[next(iter(self.dead))]

    def drop(self, uniqueid: str) -> None:
        """A channel went while nobody listened."""
        self.bury(uniqueid)
        self.hang_up(self.channels[uniqueid])

    def hang_up(self, channel: Channel) -> None:
        """Take a channel away, and what is known of those that went long ago."""
        for forgotten in self.channels.hang_up(channel, self.ledger.at):
            self.ledger.forget(forgotten)

    def channel(self, message: AmiMessage, prefix: str = "") -> Channel | None:
        """The channel that `message` speaks of under keys with `prefix`; None if it is dead."""
        uniqueid = message.get(f"{prefix}Uniqueid")
        if uniqueid in self.dead:
            return None
        channel = self.channels.note(
            uniqueid,
            name=message.get(f"{prefix}Channel"),
            linkedid=message.get(f"{prefix}Linkedid"),
            exten=message.get(f"{prefix}Exten"),
            state=message.get(f"{prefix}ChannelState"),
            at=self.ledger.at,
        )
        if channel is not None:
            channel.connected = message.get(f"{prefix}ConnectedLineNum") or channel.connected
        return channel


def known_number(text: str) -> str | None:
    """A number or name as Asterisk shows it; None where it shows nobody."""
    return None if text in _NOBODY else text
