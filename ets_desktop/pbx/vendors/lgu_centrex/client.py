"""Asks the Centrex: one question at a time, with a pause after each, for it blocks the hasty."""

import http.client
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event, Thread
from types import MappingProxyType
from urllib.parse import urlencode, urlsplit

from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.pbx.vendors.lgu_centrex import turns
from ets_desktop.pbx.vendors.lgu_centrex.answers import Row, read_answer
from ets_desktop.pbx.vendors.lgu_centrex.turns import turn

#: Seconds for an answer.
PATIENCE_S = 10.0
#: A click-to-call is answered once the agent has lifted the own phone.
DIAL_PATIENCE_S = 45.0

#: A list of 200 calls is some fifty thousand characters.
_LONGEST_ANSWER = 2_000_000


@dataclass(frozen=True, slots=True)
class Account:
    """`number` is the line's 070 number; `secret`, the password's SHA-512, appears in no text."""

    base_url: str
    number: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """`about` is whatever the asker wants to find again beside the answer."""

    operation: str
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    patience_s: float | None = None
    about: str = ""


#: The rows of the answer, or why there are none.
Outcome = tuple[Row, ...] | EtsError


def ask(account: Account, question: Question) -> tuple[Row, ...]:
    """One question, never asked twice. Raises CentrexRefused, Unavailable `centrex_…`, which is
    `ambiguous` once the question may have arrived."""
    connection = _connection(account, question.patience_s or PATIENCE_S)
    sent = False
    try:
        connection.connect()
        sent = True
        # In the body: a query string would put the password into every access log on the way.
        body = urlencode({"id": account.number, "pass": account.secret, **question.fields})
        path = f"{urlsplit(account.base_url).path.rstrip('/')}/{question.operation}"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        answer = response.read(_LONGEST_ANSWER)
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        reason = type(error).__name__
        raise Unavailable("centrex_unreachable", ambiguous=sent, reason=reason) from error
    finally:
        connection.close()
    if response.status != http.HTTPStatus.OK:
        raise Unavailable("centrex_unreachable", ambiguous=True, reason=response.status)
    return read_answer(question.operation, answer)


def _connection(account: Account, patience_s: float) -> http.client.HTTPConnection:
    address = urlsplit(account.base_url)
    host = address.hostname or ""
    if address.scheme == "http":
        return http.client.HTTPConnection(host, address.port, timeout=patience_s)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(host, address.port, timeout=patience_s, context=context)


class Courier:
    """Asks on a thread of its own and delivers there, in the order of `send`.

    It ends with the program: a question under way at `close` may wait for a phone to be lifted.
    """

    def __init__(self, name: str, deliver: Callable[[Question, Outcome], None]) -> None:
        self._deliver = deliver
        self._waiting: SimpleQueue[tuple[Account, Question] | None] = SimpleQueue()
        self._closing = Event()
        self._thread = Thread(target=self._run, name=f"courier {name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def send(self, account: Account, question: Question) -> None:
        self._waiting.put((account, question))

    def close(self) -> None:
        """Whatever was not asked yet never is."""
        self._closing.set()
        self._waiting.put(None)

    def _run(self) -> None:
        free_at = time.monotonic()
        while (item := self._waiting.get()) is not None:
            account, question = item
            # Also where the disk lets nobody take a turn.
            self._closing.wait(max(0.0, free_at - time.monotonic()))
            with turn(account.number, self._closing) as is_ours:
                if not is_ours:
                    return
                try:
                    outcome: Outcome = ask(account, question)
                except EtsError as error:
                    outcome = error
            free_at = time.monotonic() + turns.SPACING_S
            self._deliver(question, outcome)
