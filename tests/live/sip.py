"""SIP as far as a desk telephone needs it: messages, and dialogs that can be told what to do."""

import itertools
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.live.phones import Line

_LINE = "\r\n"
#: Nobody speaks: the port of a service that throws everything away.
_NO_SOUND = 9
_numbers = itertools.count(1)

REASONS = {180: "Ringing", 200: "OK", 202: "Accepted", 302: "Moved Temporarily"} | {
    480: "Temporarily Unavailable",
    481: "Call Does Not Exist",
    486: "Busy Here",
    487: "Request Terminated",
    603: "Decline",
}


@dataclass(frozen=True)
class SipMessage:
    """A request or a response."""

    first: str
    headers: tuple[tuple[str, str], ...]
    body: str = ""

    @classmethod
    def parse(cls, wire: bytes) -> "SipMessage":
        head, _, body = wire.decode("utf-8", "replace").partition(_LINE * 2)
        first, *lines = head.split(_LINE)
        pairs = (line.partition(":") for line in lines)
        return cls(first, tuple((key.strip(), value.strip()) for key, _, value in pairs), body)

    def wire(self) -> bytes:
        told = [*self.headers, ("Content-Length", str(len(self.body.encode())))]
        lines = [self.first, *(f"{key}: {value}" for key, value in told)]
        return (_LINE.join(lines) + _LINE * 2 + self.body).encode()

    def get(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def method(self) -> str:
        """Of a request; nothing for a response."""
        return "" if self.status else self.first.partition(" ")[0]

    @property
    def status(self) -> int:
        return int(self.first.split()[1]) if self.first.startswith("SIP/2.0 ") else 0

    @property
    def asked(self) -> str:
        """The method that a response answers."""
        return self.get("CSeq").partition(" ")[2]


def uri_in(header: str) -> str:
    return header.partition("<")[2].partition(">")[0] or header.partition(";")[0]


def tag_in(header: str) -> str:
    return header.partition(";tag=")[2].partition(";")[0]


def sound(direction: str = "sendrecv") -> str:
    lines = ["v=0", f"o=- {next(_numbers)} {next(_numbers)} IN IP4 127.0.0.1", "s=-"]
    lines += ["c=IN IP4 127.0.0.1", "t=0 0", f"m=audio {_NO_SOUND} RTP/AVP 0", f"a={direction}"]
    return _LINE.join([*lines, ""])


@dataclass(eq=False)
class SipCall:
    """One call of a line; states: calling, ringing, talking, ended. Its methods are the user's."""

    line: "Line"
    call_id: str
    local: str
    remote: str
    target: str
    state: str
    invite: SipMessage
    code: int = 0
    requests: int = 1
    is_given_up: bool = False
    #: what REFER has led to, as the other side tells it
    news: list[str] = field(default_factory=list)
    answered_last: SipMessage | None = None

    def wait(self, *states: str, seconds: float = 20) -> "SipCall":
        self.line.wait(lambda: self.state in states, f"{states}, not {self.state}", seconds)
        return self

    # A call that came

    def answer(self) -> "SipCall":
        self._respond(200, sound())
        return self.wait("talking")

    def refuse(self, code: int, to: str = "") -> None:
        """486 busy, 603 declined, 302 forwarded `to` another extension."""
        pbx = self.line.pbx
        contact = f"<sip:{to}@{pbx[0]}:{pbx[1]}>" if to else ""
        self._respond(code, contact=contact)
        self.wait("ended")

    def _respond(self, code: int, body: str = "", contact: str = "") -> None:
        self.answered_last = self.line.response(self.invite, code, self.local, body, contact)
        self.line.send(self.answered_last)

    # Any call

    def hang_up(self) -> None:
        """Also what a caller does while it still rings."""
        if self.state in ("calling", "ringing"):
            self.is_given_up = True
            self.line.send(self._request("CANCEL", of=self.invite))
        else:
            self.line.send(self._request("BYE"))
        self.wait("ended")

    def hold(self) -> None:
        self._ask_again("sendonly")

    def unhold(self) -> None:
        self._ask_again("sendrecv")

    def transfer(self, to: str, instead_of: "SipCall | None" = None) -> None:
        """Blind; or attended, when that second call is to be handed over."""
        pbx = self.line.pbx
        replaced = "" if instead_of is None else f"?Replaces={instead_of.quoted_identity}"
        refer_to = ("Refer-To", f"<sip:{to}@{pbx[0]}:{pbx[1]}{replaced}>")
        by = ("Referred-By", f"<{uri_in(self.local)}>")
        self.line.send(self._request("REFER", more=(refer_to, by)))

    @property
    def quoted_identity(self) -> str:
        to, of = tag_in(self.remote), tag_in(self.local)
        return f"{self.call_id}%3Bto-tag%3D{to}%3Bfrom-tag%3D{of}"

    def _ask_again(self, direction: str) -> None:
        self.invite = self._request("INVITE", body=sound(direction))
        self.code = 0
        self.line.send(self.invite)
        self.line.wait(lambda: self.code >= 200, "an answer to a changed offer")

    def _request(
        self,
        method: str,
        *,
        of: SipMessage | None = None,
        body: str = "",
        more: tuple[tuple[str, str], ...] = (),
    ) -> SipMessage:
        """A request in this dialog; CANCEL and ACK belong to an INVITE and look like it."""
        if of is None:
            self.requests += 1
        number = self.requests if of is None else int(of.get("CSeq").split()[0])
        via = self.line.via() if of is None else of.get("Via")
        headers = [
            ("Via", via),
            ("Max-Forwards", "70"),
            ("From", self.local),
            ("To", self.remote if of is None or method == "ACK" else of.get("To")),
            ("Call-ID", self.call_id),
            ("CSeq", f"{number} {method}"),
            ("Contact", self.line.contact),
            *more,
        ]
        headers += [("Content-Type", "application/sdp")] if body else []
        return SipMessage(f"{method} {self.target} SIP/2.0", tuple(headers), body)

    # What the line hears

    def take_response(self, heard: SipMessage) -> None:
        if heard.asked != "INVITE":
            if heard.asked == "BYE":
                self.state = "ended"
            return
        if heard.status < 200:
            self.state = "ringing" if heard.status > 100 and self.state == "calling" else self.state
            return
        self.remote = heard.get("To")
        if heard.status < 300:
            self.target = uri_in(heard.get("Contact")) or self.target
            acknowledgement = self._request("ACK", of=self.invite)
            # Unlike that of a refusal it is a transaction of its own.
            own = tuple(
                (key, self.line.via() if key == "Via" else value)
                for key, value in acknowledgement.headers
            )
            self.line.send(SipMessage(acknowledgement.first, own))
            self.state = "talking" if self.state != "ended" else "ended"
            if self.is_given_up:
                # The answer was faster.
                self.line.send(self._request("BYE"))
        else:
            self.line.send(self._request("ACK", of=self.invite))
            self.state = "ended"
        self.code = heard.status

    def take_request(self, heard: SipMessage) -> None:
        """A request in this dialog."""
        line = self.line
        if heard.method == "INVITE" and heard.get("CSeq") == self.invite.get("CSeq"):
            if self.answered_last is not None:
                line.send(self.answered_last)
        elif heard.method == "INVITE":
            line.send(line.response(heard, 200, self.local, sound()))
        elif heard.method == "ACK":
            refused = self.answered_last is None or self.answered_last.status >= 300
            self.state = "ended" if refused or self.state == "ended" else "talking"
        elif heard.method == "CANCEL":
            line.send(line.response(heard, 200, self.local))
            self._respond(487)
            self.state = "ended"
        elif heard.method == "BYE":
            line.send(line.response(heard, 200, self.local))
            self.state = "ended"
        else:
            if heard.method == "NOTIFY":
                self.news.append(heard.body.strip())
            line.send(line.response(heard, 200, self.local))


def new_branch() -> str:
    return f"z9hG4bK{uuid.uuid4().hex}"


def new_tag() -> str:
    return uuid.uuid4().hex[:10]
