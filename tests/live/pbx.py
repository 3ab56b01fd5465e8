"""A running Asterisk with its phones, and the cable between it and the gateway."""

import os
import select
import shutil
import signal
import socket
import struct
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from ets_desktop.bench.asterisk import SECRET, TRUNK_MARK, USER, Installation
from tests.live.phones import Line, until
from tests.live.plan import EXTENSIONS, write_plan

_START_S = 30.0
_STOP_S = 5.0
_PIECE = 65_536


class Pbx:
    """Asterisk with a phone for each extension and the trunk, from `start` to `close`."""

    def __init__(self, installation: Installation, folder: Path) -> None:
        self._installation = installation
        self._folder = folder
        self.version = installation.version
        self.phones = {extension: Line(extension) for extension in EXTENSIONS}
        self.trunk = Line("trunk", (TRUNK_MARK,))
        self.sip_port = _free_port(socket.SOCK_DGRAM)
        self.ami_port = _free_port(socket.SOCK_STREAM)
        for line in self._lines:
            line.pbx = ("127.0.0.1", self.sip_port)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def _lines(self) -> list[Line]:
        # A caller who gives up gives up before phones refuse.
        return [self.trunk, *self.phones.values()]

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Returns when it takes calls."""
        root = self._installation.root
        share = root / "usr/share/asterisk"
        ports: Mapping[str, int] = {line.user: line.port for line in self._lines}
        settings = write_plan(
            self._folder, self._installation.modules, share, self.sip_port, self.ami_port, ports
        )
        with open(self._folder / "out", "ab") as out:
            self._process = subprocess.Popen(
                [*_dying_with_us(), *self._installation.command, "-f", "-C", str(settings)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TERM": "dumb"},
            )
        until(self._is_booted, "Asterisk", _START_S)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """SIGKILL: it says nothing to anybody."""
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def redirect(self, caller: str, to: str) -> None:
        """Send the channel of who calls from that number to another extension, as a PBX's own
        console would: by an AMI action of somebody else."""
        with self._logged_in() as asked:
            asked.sendall(b"Action: CoreShowChannels\r\n\r\n")
            rows = _until(asked, b"CoreShowChannelsComplete").split("\r\n\r\n")
            row = next(r for r in rows if f"CallerIDNum: {caller}\r\n" in r and "PJSIP/trunk" in r)
            channel = row.partition("Channel: ")[2].partition("\r\n")[0]
            action = f"Action: Redirect\r\nChannel: {channel}\r\nContext: outside\r\n"
            asked.sendall(f"{action}Exten: {to}\r\nPriority: 1\r\n\r\n".encode())
            _until(asked, b"Redirect successful")

    def paused(self) -> set[str]:
        """The members of queues that are left alone, by the names of their phones."""
        with self._logged_in() as asked:
            found = _members(asked)
        names = {row.partition("StateInterface: ")[2].partition("\r\n")[0] for row in found}
        awake = [row for row in found if "Paused: 1" not in row]
        return {name for name in names if not any(f"StateInterface: {name}" in r for r in awake)}

    def be_free(self) -> None:
        """Nobody talks any more."""
        for line in self._lines:
            line.be_free()

    def end_pauses(self) -> None:
        """Every queue calls all of its members again, whatever a desk that is gone last said."""
        with self._logged_in() as asked:
            for row in _members(asked):
                if "Paused: 1" in row:
                    member = row.partition("Location: ")[2].partition("\r\n")[0]
                    action = f"Action: QueuePause\r\nInterface: {member}\r\nPaused: false\r\n\r\n"
                    asked.sendall(action.encode())
                    _until(asked, b"unpaused successfully")

    def forget(self) -> None:
        """Its calls went down with it."""
        for line in self._lines:
            line.forget()

    def close(self) -> None:
        self.stop()
        for line in self._lines:
            line.close()

    def _is_booted(self) -> bool:
        assert self.is_running, (self._folder / "out").read_text("utf-8", "replace")[-2000:]
        try:
            with self._logged_in() as asked:
                _until(asked, b"FullyBooted")
        except (OSError, EOFError):
            return False
        return True

    @contextmanager
    def _logged_in(self) -> Iterator[socket.socket]:
        with socket.create_connection(("127.0.0.1", self.ami_port), 1) as asked:
            asked.settimeout(_START_S)
            login = f"Action: Login\r\nUsername: {USER}\r\nSecret: {SECRET}\r\n\r\n"
            asked.sendall(login.encode())
            yield asked


def _members(asked: socket.socket) -> list[str]:
    """An event for each member of each queue."""
    asked.sendall(b"Action: QueueStatus\r\n\r\n")
    rows = _until(asked, b"QueueStatusComplete").split("\r\n\r\n")
    return [row for row in rows if "Event: QueueMember\r\n" in row]


def _until(asked: socket.socket, word: bytes) -> str:
    """What is heard up to `word`. Raises EOFError when the other side has gone."""
    heard = b""
    while word not in heard:
        piece = asked.recv(_PIECE)
        if not piece:
            raise EOFError
        heard += piece
    return heard.decode("utf-8", "replace")


class Cable:
    """Leads from a port of its own to `port`; can be cut, and repaired."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._joined: list[socket.socket] = []
        self.is_cut = False
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._threads = [Thread(target=self._serve, name="cable", daemon=True)]
        self._threads[0].start()

    def cut(self) -> None:
        """Both sides see a reset, and nobody gets through until `repair`."""
        self.is_cut = True
        joined, self._joined = self._joined, []
        for end in joined:
            _reset(end)

    def repair(self) -> None:
        self.is_cut = False

    def lead_to(self, port: int) -> None:
        """From now on; what is joined stays so."""
        self._to = port

    def close(self) -> None:
        # What waits in accept() is woken by it.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._threads[0].join()
        self.cut()
        for thread in self._threads:
            thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._socket.accept()
            except OSError:
                return
            try:
                if self.is_cut:
                    raise ConnectionRefusedError
                far = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                near.close()
                continue
            self._joined += [near, far]
            self._threads.append(Thread(target=_carry, args=(near, far), name="cable"))
            self._threads[-1].start()


def _carry(near: socket.socket, far: socket.socket) -> None:
    """What either end says goes to the other, until one of them is gone."""
    with near, far:
        try:
            while True:
                for source in select.select([near, far], [], [])[0]:
                    piece = source.recv(_PIECE)
                    if not piece:
                        return
                    (far if source is near else near).sendall(piece)
        except OSError:
            return


def _reset(end: socket.socket) -> None:
    try:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was gone already


def _dying_with_us() -> list[str]:
    """What lets a program end when these tests are killed, where there is such a thing."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL"] if setpriv else []


def _free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
