"""A PostgreSQL as a shop has it: the system's own, 15 or newer, with TLS and a pg_hba.conf.

The embedded one speaks no TLS. Where none is installed, the tests that need it are skipped.
"""

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ets_desktop.local.server_account import ServerAccount, give_tree_to, run_as, server_account

SUPERUSER_PASSWORD = "kept-by-the-dba-1"
#: What a shop's server should have; `ets server init` says so of each that is missing.
RIGHT = {
    "ssl": "on",
    "ssl_cert_file": "server.crt",
    "ssl_key_file": "server.key",
    "password_encryption": "scram-sha-256",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "jit": "off",
    # So that the tests take no memory: what they say of it is tried by itself.
    "shared_buffers": "32MB",
    "max_connections": "200",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
}
SAFE_HBA = "hostssl all all 127.0.0.1/32 scram-sha-256"


@dataclass(frozen=True)
class TlsServer:
    """`authority` signed its certificate, which is for `localhost`; `stranger` signed none."""

    folder: Path
    programs: Path
    account: ServerAccount | None
    port: int

    @property
    def authority(self) -> Path:
        return self.folder / "ca.crt"

    @property
    def stranger(self) -> Path:
        return self.folder / "stranger.crt"

    def url(self, database: str, login: str = "ets_owner", **options: str) -> str:
        asked = {"sslmode": "verify-full", "sslrootcert": str(self.authority)} | options
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        return f"postgresql://{login}@localhost:{self.port}/{database}?{query}"

    def superuser(self, database: str = "postgres") -> psycopg.Connection[Any]:
        url = self.url(database, "postgres")
        return psycopg.connect(url, password=SUPERUSER_PASSWORD, autocommit=True)

    def let_in(self, *lines: str) -> None:
        """Write pg_hba.conf; in force for whoever connects next."""
        (self.folder / "data" / "pg_hba.conf").write_text("\n".join((SAFE_HBA, *lines)) + "\n")
        with self.superuser() as connection:
            connection.execute("SELECT pg_reload_conf()")


@contextmanager
def tls_server() -> Iterator[TlsServer]:
    programs = _programs()
    # Not below the tests' own folder: the server's account may not go there.
    folder = Path(tempfile.mkdtemp(prefix="ets-tls-"))
    account = server_account(folder / "data")
    server = TlsServer(folder, programs, account, _free_port())
    folder.chmod(0o711)
    try:
        _create(server)
        _run(server, "pg_ctl", "start", "-w", "-D", f"{folder}/data", "-l", f"{folder}/data/log")
        yield server
        _run(server, "pg_ctl", "stop", "-w", "-m", "immediate", "-D", f"{folder}/data")
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    asked = shutil.which("pg_config")
    if not found or not asked or not shutil.which("openssl"):
        pytest.skip("no PostgreSQL of the system with TLS is installed")
    return found[-1].parent


def _create(server: TlsServer) -> None:
    data = server.folder / "data"
    data.mkdir(mode=0o700)
    password = server.folder / "password"
    password.write_text(SUPERUSER_PASSWORD)
    give_tree_to(server.account, data)
    if server.account:
        shutil.chown(password, server.account.uid, server.account.gid)
    # The trap of spec 90: a cluster whose letters are those of C.
    _run(
        server,
        "initdb",
        "-D",
        str(data),
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
        "-A",
        "scram-sha-256",
        f"--pwfile={password}",
    )
    for name in ("ca", "stranger"):
        _openssl(
            server,
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-subj",
            f"/CN={name}",
            "-keyout",
            f"{name}.key",
            "-out",
            f"{name}.crt",
        )
    _openssl(
        server,
        "req",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=localhost",
        "-keyout",
        "data/server.key",
        "-out",
        "server.csr",
    )
    (server.folder / "names").write_text("subjectAltName=DNS:localhost\n")
    _openssl(
        server,
        "x509",
        "-req",
        "-in",
        "server.csr",
        "-CA",
        "ca.crt",
        "-CAkey",
        "ca.key",
        "-days",
        "2",
        "-extfile",
        "names",
        "-out",
        "data/server.crt",
    )
    (data / "server.key").chmod(0o600)
    settings = RIGHT | {"port": str(server.port), "fsync": "on"}
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
    (data / "pg_hba.conf").write_text(SAFE_HBA + "\n")
    for file_ in data.iterdir():
        if server.account:
            shutil.chown(file_, server.account.uid, server.account.gid)


def _run(server: TlsServer, program: str, *arguments: str) -> None:
    done = run_as(server.account, [str(server.programs / program), *arguments])
    assert done.code == 0, done.said


def _openssl(server: TlsServer, *arguments: str) -> None:
    command = ["openssl", *arguments]
    subprocess.run(command, check=True, capture_output=True, cwd=server.folder)


def _free_port() -> int:
    with socket.socket() as anybody:
        anybody.bind(("127.0.0.1", 0))
        return int(anybody.getsockname()[1])
