"""A telephone system that only rings: AMI on a loopback socket, as an Asterisk would speak it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from threading import Thread

_BANNER = b"Asterisk Call Manager/11.0.0\r\n"
_PIECE = 65_536
_WAIT_S = 10.0

#: What a link asks for before it listens, beside answers that say no more than yes.
_ANSWERS = {
    "Challenge": "Challenge: 1\r\n",
    "CoreStatus": "CoreStartupDate: 2026-11-22\r\nCoreStartupTime: 09:00:00\r\n",
}
_NOTHING = "Event: {}Complete\r\nActionID: {}\r\nEventList: Complete\r\n\r\n"


class Switchboard:
    """Serves one connection, which may log in as anybody."""

    user, secret = "bench", "none"

    def __init__(self) -> None:
        self._calls = count(1)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._link: socket.socket | None = None
        self._thread = Thread(target=self._serve, name="switchboard", daemon=True)

    @contextmanager
    def running(self) -> Iterator["Switchboard"]:
        self._thread.start()
        try:
            yield self
        finally:
            for end in (self._listening, self._link):
                if end is not None:
                    _hang_up(end)
            self._thread.join(_WAIT_S)

    def ring(self, extension: str, number: str) -> int:
        """Let the phone of `extension` ring for a caller; the call to be passed to `give_up`."""
        call = next(self._calls)
        caller, phone = _channel(call, "trunk", ""), _channel(call, extension, "Dest")
        shown = f"CallerIDNum: {number}\r\nExten: 0700000{extension}\r\n"
        ringing = _channel(call, extension, "") + f"ConnectedLineNum: {number}\r\n"
        self._tell(
            f"Event: Newchannel\r\n{caller}{shown}ChannelState: 4\r\n\r\n"
            f"Event: DialBegin\r\n{caller}{shown}{phone}\r\n"
            f"Event: Newstate\r\n{ringing}ChannelState: 5\r\n\r\n"
        )
        return call

    def give_up(self, call: int, extension: str) -> None:
        """The caller hangs up."""
        caller, phone = _channel(call, "trunk", ""), _channel(call, extension, "")
        rang = _channel(call, extension, "Dest")
        self._tell(
            f"Event: DialEnd\r\n{caller}{rang}DialStatus: CANCEL\r\n\r\n"
            f"Event: Hangup\r\n{phone}Cause: 16\r\n\r\nEvent: Hangup\r\n{caller}Cause: 16\r\n\r\n"
        )

    def _tell(self, events: str) -> None:
        assert self._link is not None
        self._link.sendall(events.encode())

    def _serve(self) -> None:
        try:
            self._link, _ = self._listening.accept()
        except OSError:
            return
        finally:
            self._listening.close()
        with self._link as link:
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            link.sendall(_BANNER)
            heard = b""
            try:
                while piece := link.recv(_PIECE):
                    *actions, heard = (heard + piece).split(b"\r\n\r\n")
                    for action in actions:
                        self._answer(link, action.decode())
            except OSError:
                return

    def _answer(self, link: socket.socket, action: str) -> None:
        asked = dict(line.split(": ", 1) for line in action.split("\r\n"))
        name, action_id = asked["Action"], asked["ActionID"]
        more = _ANSWERS.get(name, "")
        told = f"Response: Success\r\nActionID: {action_id}\r\n{more}\r\n"
        if name in ("CoreShowChannels", "QueueStatus"):
            told += _NOTHING.format(name, action_id)
        link.sendall(told.encode())


def _channel(call: int, party: str, prefix: str) -> str:
    uniqueid = f"bench-{call}" if party == "trunk" else f"bench-{call}.{party}"
    return (
        f"{prefix}Channel: PJSIP/{party}-{call:08x}\r\n"
        f"{prefix}Uniqueid: {uniqueid}\r\n{prefix}Linkedid: bench-{call}\r\n"
    )


def _hang_up(end: socket.socket) -> None:
    """Wakes who waits at it."""
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
