"""AMI bytes without the people in them: what the tracker reads stays to be read, the rest goes.

Keys are allowed one by one: a variable of somebody's dialplan may hold anything.
"""

import re
from collections.abc import Iterable

from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage
from ets_desktop.pbx.wire.pseudonyms import Pseudonyms

HIDDEN = "***"

#: Keys, and how keys end, whose values name nobody.
_PLAIN = {
    *("Action", "ActionID", "Event", "EventList", "Response", "Timestamp", "Reason", "Result"),
    *("CoreStartupDate", "CoreStartupTime", "ListItems", "Async", "Timeout", "AuthType"),
    *("BridgeId", "BridgeNumChannels", "BridgeType", "Position", "Count"),
}
_PLAIN_ENDS = (
    *("Uniqueid", "Linkedid", "ChannelState", "ChannelStateDesc", "Priority", "Context"),
    *("Cause", "Cause-txt", "DialStatus", "Application"),
)
_NUMBERS = ("CallerIDNum", "ConnectedLineNum")
_NAMES = ("CallerIDName", "ConnectedLineName", "MemberName")
#: Dialplan places and channels, with numbers between other things.
_PLACES = ("Channel", "ChannelId", "Exten", "Extension", "Forward", "Queue", "ApplicationData")
_KEY = re.compile(r"[A-Za-z][A-Za-z-]*")
_PRESENTATION = re.compile(r"CALLERID\(pres\)=[a-z_]+")
#: The number Asterisk gives each channel, in eight hexadecimal digits.
_SERIAL = re.compile(r"(-[0-9A-Fa-f]{8})(?=$|[;,])")


def masked(messages: Iterable[AmiMessage], stand_ins: Pseudonyms) -> bytes:
    """The messages as they came but for the people in them; no secret is among the keys kept."""
    return "".join(_text(message.pairs, stand_ins) for message in messages).encode()


def _text(pairs: Iterable[tuple[str, str]], stand_ins: Pseudonyms) -> str:
    lines = (
        f"{key}: {_one_line(_value(key, value, stand_ins))}\r\n"
        for key, value in pairs
        if _KEY.fullmatch(key)
    )
    return "".join(lines) + "\r\n"


def _value(key: str, value: str, stand_ins: Pseudonyms) -> str:
    if not value or key in _PLAIN or key.endswith(_PLAIN_ENDS):
        return value
    if key.endswith(_NUMBERS) or key == "CallerID":
        return stand_ins.number(value)
    if key.endswith(_NAMES):
        return stand_ins.name(value)
    if key.endswith(_PLACES):
        pieces = _SERIAL.split(value)
        return "".join(p if _SERIAL.fullmatch(p) else stand_ins.within(p) for p in pieces)
    if key == "ChanVariable" and _PRESENTATION.fullmatch(value):
        return value
    return HIDDEN


def _one_line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")
