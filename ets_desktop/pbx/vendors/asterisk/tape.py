"""The wire log of an AMI connection: whole messages, masked; pings and their answers left out."""

from collections.abc import Mapping, Sequence

from ets_desktop.pbx.vendors.asterisk.masking import masked
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage
from ets_desktop.pbx.wire.log import WireLog


class Tape:
    """Of one connection."""

    def __init__(self, wire: WireLog) -> None:
        self._wire = wire

    def connected(self) -> None:
        self._wire.connected()

    def closed(self) -> None:
        self._wire.closed()

    def heard(self, messages: Sequence[AmiMessage]) -> None:
        worth = [message for message in messages if message.get("Ping") != "Pong"]
        if worth:
            self._wire.heard(lambda stand_ins: masked(worth, stand_ins))

    def asked(self, fields: Mapping[str, str]) -> None:
        if fields["Action"] != "Ping":
            message = AmiMessage(tuple(fields.items()), dict(fields))
            self._wire.asked(lambda stand_ins: masked((message,), stand_ins))
