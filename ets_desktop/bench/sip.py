"""Telephones that only ring, and callers who give up: as much SIP as that takes."""

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from threading import Thread

from ets_desktop.bench.asterisk import DIRECT, TRUNK_MARK

#: Nobody speaks: the port of a service that throws everything away.
_SOUND = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 9 RTP/AVP 0\r\n"
)
_BUFFER = 4 << 20
_LARGEST = 65_535
_JOIN_S = 5.0

Hear = Callable[[str, Mapping[str, str]], None]


class _Line:
    """A UDP port on loopback, read by a thread of its own."""

    def __init__(self, name: str, hear: Hear) -> None:
        self._hear = hear
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._is_open = True
        self._thread = Thread(target=self._listen, name=name, daemon=True)
        self._thread.start()

    def say(self, port: int, first: str, headers: Mapping[str, str], body: str = "") -> None:
        lines = [first, *(f"{key}: {value}" for key, value in headers.items())]
        lines += [f"Content-Length: {len(body)}", "", body]
        self._socket.sendto("\r\n".join(lines).encode(), ("127.0.0.1", port))

    def close(self) -> None:
        """Its thread ends at the next datagram, which is our own."""
        self._is_open = False
        self._socket.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join(_JOIN_S)
        self._socket.close()

    def _listen(self) -> None:
        while self._is_open:
            heard = self._socket.recv(_LARGEST).decode("utf-8", "replace").strip()
            first, *lines = heard.partition("\r\n\r\n")[0].split("\r\n")
            pairs = (line.partition(":") for line in lines)
            if first:
                self._hear(first, {key.strip(): value.strip() for key, _, value in pairs})


class Telephones:
    """All phones at the port `phones`, and a trunk for whoever calls; `pbx` is Asterisk's port."""

    def __init__(self, pbx: int) -> None:
        self._pbx = pbx
        self._calls = count(1)
        self._invites: dict[int, dict[str, str]] = {}
        self._ringing: dict[str, dict[str, str]] = {}
        self._trunk = _Line("trunk", self._on_answer)
        self._phones = _Line("phones", self._on_request)
        self.phones = self._phones.port

    @contextmanager
    def connected(self) -> Iterator["Telephones"]:
        try:
            yield self
        finally:
            self._trunk.close()
            self._phones.close()

    def call(self, extension: str, number: str) -> int:
        """Dial `extension` from outside as `number`; the call, to be given up."""
        call = next(self._calls)
        port = self._trunk.port
        headers = {
            "Via": f"SIP/2.0/UDP 127.0.0.1:{port};rport;branch=z9hG4bKbench{call}",
            "Max-Forwards": "70",
            "From": f"<sip:{number}@127.0.0.1>;tag=from{call}",
            "To": f"<sip:{DIRECT}{extension}@127.0.0.1:{self._pbx}>",
            "Call-ID": f"bench-{call}",
            "CSeq": "1 INVITE",
            "Contact": f"<sip:trunk@127.0.0.1:{port}>",
        }
        self._invites[call] = headers
        more = {"Content-Type": "application/sdp", TRUNK_MARK[0]: TRUNK_MARK[1]}
        self._trunk.say(self._pbx, f"INVITE {_uri(headers)} SIP/2.0", headers | more, _SOUND)
        return call

    def give_up(self, call: int) -> None:
        """It may be over already: a busy Asterisk refuses calls."""
        headers = self._invites.get(call)
        if headers is not None:
            first = f"CANCEL {_uri(headers)} SIP/2.0"
            self._trunk.say(self._pbx, first, headers | {"CSeq": "1 CANCEL"})

    def _on_answer(self, first: str, heard: Mapping[str, str]) -> None:
        """To a caller: an end is to be acknowledged."""
        if first.startswith("SIP/2.0 ") and int(first.split()[1]) >= 300:
            call = int(heard["Call-ID"].removeprefix("bench-"))
            headers = self._invites.pop(call, None)
            if headers is not None:
                more = {"CSeq": "1 ACK", "To": heard["To"]}
                self._trunk.say(self._pbx, f"ACK {_uri(headers)} SIP/2.0", headers | more)

    def _on_request(self, first: str, heard: Mapping[str, str]) -> None:
        """At a phone: it rings until the caller gives up."""
        method, key = first.partition(" ")[0], heard.get("Call-ID", "")
        names = ("Via", "From", "To", "Call-ID", "CSeq")
        answer = {name: heard.get(name, "") for name in names}
        answer["Contact"] = f"<sip:phone@127.0.0.1:{self.phones}>"
        if method == "INVITE":
            self._ringing[key] = answer | {"To": f"{heard['To']};tag=bench"}
            self._phones.say(self._pbx, "SIP/2.0 180 Ringing", self._ringing[key])
        elif method in ("CANCEL", "OPTIONS", "BYE"):
            self._phones.say(self._pbx, "SIP/2.0 200 OK", answer)
            if method == "CANCEL" and key in self._ringing:
                rang = self._ringing.pop(key)
                self._phones.say(self._pbx, "SIP/2.0 487 Request Terminated", rang)


def _uri(headers: Mapping[str, str]) -> str:
    return headers["To"].strip("<>")
