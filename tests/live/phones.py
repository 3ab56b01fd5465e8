"""Telephones on loopback: one UDP port each, ringing and dialling at a test's word."""

import socket
import time
import uuid
from collections import deque
from collections.abc import Callable
from functools import partial
from threading import Condition, Thread

from tests.live.sip import REASONS, SipCall, SipMessage, new_branch, new_tag, sound, tag_in, uri_in

PATIENCE_S = 20.0
#: A burst of calls must not overflow it.
_BUFFER = 4 << 20
_LARGEST = 65_535
_GIVING_UP_S = 0.5


class Line:
    """One party: an agent's phone, or the trunk that all customers call through."""

    def __init__(self, user: str, headers: tuple[tuple[str, str], ...] = ()) -> None:
        """`headers` go with every call it makes."""
        self.user = user
        #: where Asterisk is; set before anything is dialled
        self.pbx = ("127.0.0.1", 0)
        #: set to True it hears nothing more, as a phone whose plug was pulled
        self.is_dead = False
        self._is_open = True
        self._headers = headers
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.calls: dict[str, SipCall] = {}
        self._rung: deque[SipCall] = deque()
        self._log: deque[str] = deque(maxlen=40)
        self._changed = Condition()
        self._thread = Thread(target=self._listen, name=f"phone {user}", daemon=True)
        self._thread.start()

    @property
    def contact(self) -> str:
        return f"<sip:{self.user}@127.0.0.1:{self.port}>"

    def via(self) -> str:
        return f"SIP/2.0/UDP 127.0.0.1:{self.port};rport;branch={new_branch()}"

    def dial(self, number: str, caller: str = "", name: str = "") -> SipCall:
        """Call `number`; `caller` and `name` are what a trunk says of who calls."""
        target = f"sip:{number}@{self.pbx[0]}:{self.pbx[1]}"
        shown = f'"{name}" ' if name else ""
        local = f"{shown}<sip:{caller or self.user}@127.0.0.1>;tag={new_tag()}"
        call_id = uuid.uuid4().hex
        headers = (
            ("Via", self.via()),
            ("Max-Forwards", "70"),
            ("From", local),
            ("To", f"<{target}>"),
            ("Call-ID", call_id),
            ("CSeq", "1 INVITE"),
            ("Contact", self.contact),
            *self._headers,
            ("Content-Type", "application/sdp"),
        )
        invite = SipMessage(f"INVITE {target} SIP/2.0", headers, sound())
        call = SipCall(self, call_id, local, f"<{target}>", target, "calling", invite)
        with self._changed:
            self.calls[call_id] = call
        self.send(invite)
        return call

    def rung(self, seconds: float = PATIENCE_S) -> SipCall:
        """The next call that came and still rings, oldest first."""
        self.wait(lambda: any(call.state == "ringing" for call in self._rung), "a ring", seconds)
        while (call := self._rung.popleft()).state != "ringing":
            pass  # it was gone before anybody looked
        return call

    def send(self, message: SipMessage) -> None:
        self._note(">", message)
        self._socket.sendto(message.wire(), self.pbx)

    def response(
        self, to: SipMessage, code: int, local: str, body: str = "", contact: str = ""
    ) -> SipMessage:
        vias = [(key, value) for key, value in to.headers if key.lower() == "via"]
        headers = [
            *vias,
            ("From", to.get("From")),
            ("To", to.get("To") if tag_in(to.get("To")) else local),
            ("Call-ID", to.get("Call-ID")),
            ("CSeq", to.get("CSeq")),
            ("Contact", contact or self.contact),
        ]
        headers += [("Content-Type", "application/sdp")] if body else []
        return SipMessage(f"SIP/2.0 {code} {REASONS[code]}", tuple(headers), body)

    def wait(self, holds: Callable[[], bool], what: str, seconds: float = PATIENCE_S) -> None:
        with self._changed:
            there = self._changed.wait_for(holds, seconds)
        assert there, "\n".join([f"{self.user} waits for {what}", *self._log])

    def be_free(self) -> None:
        """End what is left of a test's calls, and forget them."""
        for call in list(self.calls.values()):
            if call.state == "ringing" and call.answered_last is not None:
                with self._changed:
                    # Whoever called has given up just now, or else never will.
                    gone = self._changed.wait_for(partial(_is_over, call), _GIVING_UP_S)
                if not gone:
                    call.refuse(480)
            elif call.state != "ended" and not self.is_dead:
                call.hang_up()
        self.is_dead = False
        self.forget()

    def forget(self) -> None:
        """Its calls are no more."""
        with self._changed:
            self.calls.clear()
            self._rung.clear()

    def close(self) -> None:
        """Its thread ends at the next datagram, which is our own."""
        self._is_open = False
        self._socket.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join(PATIENCE_S)
        self._socket.close()

    def _listen(self) -> None:
        while self._is_open:
            wire = self._socket.recv(_LARGEST)
            if wire.strip() and not self.is_dead:
                with self._changed:
                    self._take(SipMessage.parse(wire))
                    self._changed.notify_all()

    def _note(self, way: str, message: SipMessage) -> None:
        """For whoever wants to know why a test failed."""
        call = message.get("Call-ID")[:8]
        told = f"{time.monotonic():.3f} {way} {call} {message.get('CSeq')} {message.first}"
        self._log.append(told)

    def _take(self, heard: SipMessage) -> None:
        self._note("<", heard)
        call = self.calls.get(heard.get("Call-ID"))
        if call is not None and heard.status:
            call.take_response(heard)
        elif call is not None:
            call.take_request(heard)
        elif heard.method == "INVITE":
            self._ring(heard)
        elif heard.method in ("OPTIONS", "NOTIFY"):
            self.send(self.response(heard, 200, f"{heard.get('To')};tag={new_tag()}"))
        elif heard.method not in ("", "ACK"):
            self.send(self.response(heard, 481, f"{heard.get('To')};tag={new_tag()}"))

    def _ring(self, invite: SipMessage) -> None:
        local = f"{invite.get('To')};tag={new_tag()}"
        remote, target = invite.get("From"), uri_in(invite.get("Contact"))
        call_id = invite.get("Call-ID")
        call = SipCall(self, call_id, local, remote, target, "ringing", invite, requests=100)
        self.calls[call_id] = call
        self._rung.append(call)
        call.answered_last = self.response(invite, 180, local)
        self.send(call.answered_last)


def _is_over(call: SipCall) -> bool:
    return call.state == "ended"


def until(is_true: Callable[[], bool], what: str = "it", seconds: float = PATIENCE_S) -> None:
    """Look again and again: what is waited for goes on in other threads and programs."""
    deadline = time.monotonic() + seconds
    pause = Condition()
    while not is_true():
        assert time.monotonic() < deadline, f"{what} did not come about"
        with pause:
            pause.wait(0.01)
