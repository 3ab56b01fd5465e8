"""Instructions one by one over HTTP: POST, JSON, the key in `Idempotency-Key`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

import httpx

from ets_desktop.domain.delivery import Miss, Undelivered
from ets_desktop.erp.delivery import Delivery, Instruction, Result
from ets_desktop.erp.options import Options

#: Statuses that say "later": the same request may well be taken then.
_LATER: Final = (408, 425, 429)
_LONGEST_WAIT: Final = timedelta(hours=6)


class HttpDelivery:
    """Each instruction is a request of its own, so that one the ERP refuses stops no other."""

    def __init__(self, client: httpx.Client, url: str) -> None:
        self._client = client
        self._url = url

    def deliver(self, batch: Sequence[Instruction]) -> Iterator[Result]:
        """What cannot be reached for one is not asked for the others of the batch."""
        for number, instruction in enumerate(batch):
            miss = self._post(instruction)
            yield instruction, miss
            if miss is not None and miss.why in (Undelivered.UNREACHABLE, Undelivered.SILENT):
                yield from ((rest, miss) for rest in batch[number + 1 :])
                return

    def _post(self, instruction: Instruction) -> Miss | None:
        content = {
            "key": instruction.key,
            "kind": instruction.kind,
            "paid_in_full": instruction.paid_in_full,
            "created_at": instruction.created_at.isoformat(),
            "body": dict(instruction.body),
        }
        try:
            answer = self._client.post(
                self._url, json=content, headers={"Idempotency-Key": instruction.key}
            )
        except httpx.TimeoutException as error:
            return Miss(Undelivered.SILENT, type(error).__name__)
        except httpx.HTTPError as error:
            return Miss(Undelivered.UNREACHABLE, type(error).__name__)
        return _miss_of(answer)


def _miss_of(answer: httpx.Response) -> Miss | None:
    """Redirections are not followed: an outbox that names the wrong place has to be told."""
    if answer.is_success:
        return None
    status = answer.status_code
    if status in _LATER or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return Miss(Undelivered.BUSY, str(status), wait=_asked_wait(answer))
    return Miss(Undelivered.REFUSED, str(status), final=True)


def _asked_wait(answer: httpx.Response) -> timedelta | None:
    """`Retry-After` in seconds; its other form, a date, is left to our own waits."""
    asked = answer.headers.get("Retry-After", "")
    if not asked.isascii() or not asked.isdigit():
        return None
    return min(timedelta(seconds=int(asked[:9])), _LONGEST_WAIT)


@contextmanager
def http_delivery(options: Options) -> Iterator[Delivery]:
    """Options: `url`, `token_file` (a bearer token), `patience_s`. Raises EtsError `erp_option`."""
    url = options.take("url", str)
    if not url.startswith(("http://", "https://")):
        raise options.bad("url", "http(s)://…")
    token = options.secret("token_file")
    patience = options.take("patience_s", int, 10)
    options.refuse_the_rest()
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with httpx.Client(timeout=patience, headers=headers) as client:
        yield HttpDelivery(client, url)
