"""What a running Asterisk tells of its calls, as the messages a tracker would have heard.

After a connection was away, and when the gateway joins a PBX in mid-call, the list of channels says
who rings and who talks; what happened in between is not to be had (facts: Asterisk §3.5).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ets_desktop.pbx.vendors.asterisk.channels import RINGING, extension_of
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage

_QUEUE = "Queue"
#: What a channel runs that somebody else dialled.
_CALLED = ("AppDial", "AppDial2", "AppQueue")


def messages_of(rows: Sequence[AmiMessage]) -> Iterator[AmiMessage]:
    """The messages that lead to the state in `rows` (CoreShowChannels), callers before called."""
    by_id = {row.get("Uniqueid"): row for row in rows}
    ordered = sorted(rows, key=lambda row: row.get("Uniqueid") != row.get("Linkedid"))
    for row in ordered:
        yield _message("Newchannel", row)
        if row.get("Application") == _QUEUE:
            queue = row.get("ApplicationData").partition(",")[0]
            yield _message("QueueCallerJoin", row, Queue=queue)
    for row in ordered:
        caller = by_id.get(row.get("Linkedid"))
        if row.get("Application") in _CALLED and caller is not None:
            # Whose call began with being called was made to ring by AMI: nobody dialled it.
            yield _dialled(None if caller is row else caller, row)
        if row.get("ChannelState") == RINGING and extension_of(row.get("Channel")) is not None:
            yield _message("Newstate", row)
    yield from _bridged(ordered)


def _bridged(rows: Iterable[AmiMessage]) -> Iterator[AmiMessage]:
    joined = [row for row in rows if row.get("BridgeId")]
    counts = Counter(row.get("BridgeId") for row in joined)
    for row in joined:
        bridge = row.get("BridgeId")
        yield _message(
            "BridgeEnter", row, BridgeUniqueid=bridge, BridgeNumChannels=str(counts[bridge])
        )


def _dialled(caller: AmiMessage | None, called: AmiMessage) -> AmiMessage:
    """As if the caller's channel, where it is still there, had dialled just now."""
    return _message("DialBegin", caller, **{f"Dest{key}": called.get(key) for key in _kept(called)})


def _message(event: str, row: AmiMessage | None, **more: str) -> AmiMessage:
    kept = {} if row is None else _kept(row)
    fields = {"Event": event, **kept, **more}
    return AmiMessage(tuple(fields.items()), fields)


def _kept(row: AmiMessage) -> dict[str, str]:
    return {key: value for key, value in row.pairs if key not in ("Event", "ActionID")}
