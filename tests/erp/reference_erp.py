"""A small ERP to talk to: an instruction inbox in a database of its own, and its face on HTTP.

It keeps each key once, whatever is sent how often; faults are asked for one by one.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import psycopg

_TABLES = """
    CREATE TABLE inbox (
        place bigint GENERATED ALWAYS AS IDENTITY, key text PRIMARY KEY, kind text NOT NULL,
        content jsonb NOT NULL, times integer NOT NULL DEFAULT 1
    )
"""
_PUT = """
    INSERT INTO inbox (key, kind, content) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET times = inbox.times + 1
"""


class ReferenceErp:
    """`faults` are used up one a request: a status, "silent", "lost" (taken, no answer) or None
    for a request that is answered as it should be."""

    def __init__(self, database_url: str) -> None:
        self.url = ""
        self.faults: list[int | str | None] = []
        self.tokens: list[str] = []
        self.headers: dict[str, str] = {}
        self.kept_waiting = threading.Event()
        self.unhurried = threading.Event()
        self._database_url = database_url
        self._lock = threading.Lock()
        with psycopg.connect(database_url) as connection:
            connection.execute(_TABLES)

    def inbox(self) -> list[tuple[str, str, int]]:
        """(key, kind, how often it came), in the order of their first coming."""
        with psycopg.connect(self._database_url) as connection:
            rows = connection.execute("SELECT key, kind, times FROM inbox ORDER BY place")
            return [(key, kind, times) for key, kind, times in rows]

    def contents(self) -> list[dict[str, Any]]:
        with psycopg.connect(self._database_url) as connection:
            rows = connection.execute("SELECT content FROM inbox ORDER BY place").fetchall()
            return [content for (content,) in rows]

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers["Content-Length"])
        content = json.loads(handler.rfile.read(length))
        with self._lock:
            fault = self.faults.pop(0) if self.faults else None
            self.tokens.append(handler.headers.get("Authorization", ""))
        if fault == "silent":
            self.kept_waiting.set()
            self.unhurried.wait(10)
            return
        if fault in (None, "lost"):
            assert handler.headers["Idempotency-Key"] == content["key"]
            with psycopg.connect(self._database_url) as connection:
                connection.execute(_PUT, [content["key"], content["kind"], json.dumps(content)])
        if fault == "lost":
            handler.close_connection = True
            return
        handler.send_response(201 if fault is None else int(fault))
        for name, value in self.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()


@contextmanager
def reference_erp(database_url: str) -> Iterator[ReferenceErp]:
    """On a free port of loopback, over an empty database."""
    erp = ReferenceErp(database_url)

    class Face(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            erp.take(self)

        def log_message(self, *_: object) -> None:
            """Tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Face)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="reference ERP")
    thread.start()
    erp.url = f"http://127.0.0.1:{server.server_port}/instructions"
    try:
        yield erp
    finally:
        erp.unhurried.set()
        server.shutdown()
        thread.join()
        server.server_close()
