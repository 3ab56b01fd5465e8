"""A real Asterisk that only rings: each ring is an INVITE from outside."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from ets_desktop.bench.asterisk import SECRET, USER, Installation, write_files
from ets_desktop.bench.sip import Telephones
from ets_desktop.domain.errors import Unavailable

_START_S = 30.0
_STOP_S = 5.0
_ANSWER_S = 5.0
_PIECE = 65_536

_RINGING = b"ChannelState: 5\r\n"
_GONE = b"Event: Hangup\r\n"


class Exchange:
    """Takes calls for `extensions` while `running`; `port` is AMI's."""

    user, secret = USER, SECRET

    def __init__(self, installation: Installation, extensions: Sequence[str]) -> None:
        self.version = installation.version
        self._installation = installation
        self._extensions = extensions
        self.port, self._sip = _free_port(socket.SOCK_STREAM), _free_port(socket.SOCK_DGRAM)
        self._telephones: Telephones | None = None

    @contextmanager
    def running(self) -> Iterator["Exchange"]:
        """Raises Unavailable `link_connecting` when it does not start."""
        with (
            TemporaryDirectory(prefix="ets-bench-pbx-") as folder,
            Telephones(self._sip).connected() as telephones,
            open(Path(folder) / "out", "wb") as out,
        ):
            files = write_files(
                Path(folder),
                self._installation,
                sip=self._sip,
                ami=self.port,
                phones=telephones.phones,
                extensions=self._extensions,
            )
            process = subprocess.Popen(
                [*self._installation.command, "-f", "-C", str(files)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TERM": "dumb"},
            )
            try:
                self._wait_until_booted(process)
                self._telephones = telephones
                yield self
            finally:
                _end(process)

    def ring(self, extension: str, number: str) -> int:
        """Send the INVITE of a caller; the call to be passed to `give_up`."""
        assert self._telephones is not None
        return self._telephones.call(extension, number)

    def give_up(self, call: int, extension: str) -> None:
        assert self._telephones is not None
        self._telephones.give_up(call)

    def waits_for_events(self, extension: str, number: str, rounds: int) -> list[float]:
        """ms from each INVITE to the event that the phone rings, on a bare connection."""
        found = []
        with closing(self._logged_in()) as ami:
            for _ in range(rounds):
                began = time.perf_counter()
                call = self.ring(extension, number)
                _read_until(ami, _RINGING)
                found.append((time.perf_counter() - began) * 1000)
                self.give_up(call, extension)
                _read_until(ami, _GONE, 2)
        return found

    def _wait_until_booted(self, process: "subprocess.Popen[bytes]") -> None:
        deadline, pause = time.monotonic() + _START_S, Event()
        while process.poll() is None and time.monotonic() < deadline:
            try:
                with closing(self._logged_in()) as ami:
                    _read_until(ami, b"FullyBooted")
                return
            except (OSError, Unavailable):
                pause.wait(0.05)
        raise Unavailable("link_connecting", reason="Asterisk does not start")

    def _logged_in(self) -> socket.socket:
        ami = socket.create_connection(("127.0.0.1", self.port), 1)
        ami.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ami.settimeout(_ANSWER_S)
        ami.sendall(f"Action: Login\r\nUsername: {USER}\r\nSecret: {SECRET}\r\n\r\n".encode())
        return ami


def _read_until(ami: socket.socket, word: bytes, times: int = 1) -> None:
    """Raises Unavailable `link_connecting` when that is not heard in time."""
    heard = b""
    try:
        while heard.count(word) < times:
            piece = ami.recv(_PIECE)
            if not piece:
                raise Unavailable("link_connecting", reason="Asterisk says nothing")
            heard += piece
    except TimeoutError as error:
        raise Unavailable("link_connecting", reason="Asterisk says nothing") from error


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
