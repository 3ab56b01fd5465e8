"""Calls to CJ: a token that lasts a day, its envelope, and what a failed call means."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, Final

import httpx

from ets_desktop.couriers.missed import Missed
from ets_desktop.domain.calendar import SEOUL
from ets_desktop.domain.couriers import Unsent
from ets_desktop.domain.delivery import Miss

#: Two calls for a token within a second are blocked.
_TOKEN_SPACING: Final = timedelta(seconds=1)
_TOKEN_LIFE: Final = timedelta(hours=24)
#: A token is not used in its last minutes: it could end on the way.
_TOKEN_MARGIN: Final = timedelta(minutes=5)
_UNKNOWN_KEY: Final = "E401"
_LATER: Final = (408, 425, 429)
_CODE_IN_WORDS: Final = re.compile(r"ORA-\d{5}|-20\d{3}")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class KeptToken:
    """The day's token, for all lines of a process that speak for the same customer: every desk's
    주소 정제 would ask for one of its own else. `lock` is held while one is asked for."""

    value: str = ""
    until: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    asked: datetime | None = None
    lock: Lock = field(default_factory=Lock)


class CjLine:
    """Everything is a POST of {"DATA": …} with the token in a header and in the body."""

    def __init__(
        self,
        client: httpx.Client,
        cust_id: str,
        biz_no: str,
        *,
        kept: KeptToken | None = None,
        now: Callable[[], datetime] = _now,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._cust_id = cust_id
        self._biz_no = biz_no
        self.now = now
        self._pause = pause
        self._kept = kept or KeptToken()

    def call(self, resource: str, **fields: Any) -> Any:
        """What stands under DATA of the answer, None where there is none. Raises Missed."""
        token = self._valid_token("")
        answer = self._post(resource, fields, token)
        if _is_unknown_key(answer):
            # Ended before its time, or CJ gave out another one meanwhile.
            answer = self._post(resource, fields, self._valid_token(token))
            if _is_unknown_key(answer):
                raise Missed(Miss(Unsent.LOGIN, _UNKNOWN_KEY))
        return _content(answer)

    def _post(self, resource: str, fields: Mapping[str, Any], token: str) -> httpx.Response:
        return self._send(resource, {**fields, "TOKEN_NUM": token}, {"CJ-Gateway-APIKey": token})

    def _valid_token(self, refused: str) -> str:
        """Another one than `refused`."""
        kept = self._kept
        with kept.lock:
            if kept.value == refused or self.now() >= kept.until - _TOKEN_MARGIN:
                kept.value, kept.until = self._new_token()
            return kept.value

    def _new_token(self) -> tuple[str, datetime]:
        if self._kept.asked is not None:
            rest = self._kept.asked + _TOKEN_SPACING - self.now()
            if rest > timedelta(0):
                self._pause(min(rest, _TOKEN_SPACING).total_seconds())
        self._kept.asked = asked = self.now()
        wanted = {"CUST_ID": self._cust_id, "BIZ_REG_NUM": self._biz_no}
        try:
            answer = _content(self._send("ReqOneDayToken", wanted, {}))
        except Missed as missed:
            if missed.miss.final:
                # Who we are is refused, not the wish: that stays until the settings are right.
                raise Missed(Miss(Unsent.LOGIN, missed.miss.detail)) from missed
            raise
        token = answer.get("TOKEN_NUM") if isinstance(answer, dict) else None
        if not isinstance(token, str) or not token:
            raise Missed(Miss(Unsent.MALFORMED, "TOKEN_NUM"))
        return token, _until(answer.get("TOKEN_EXPRTN_DTM"), asked)

    def _send(
        self, resource: str, data: Mapping[str, Any], headers: Mapping[str, str]
    ) -> httpx.Response:
        try:
            return self._client.post(f"/{resource}", json={"DATA": dict(data)}, headers=headers)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise Missed(Miss(Unsent.UNREACHABLE, type(error).__name__)) from error
        except httpx.HTTPError as error:
            # It may have been heard: whatever it was may be done.
            raise Missed(Miss(Unsent.SILENT, type(error).__name__)) from error


def _until(told: object, asked: datetime) -> datetime:
    try:
        return datetime.strptime(str(told), "%Y%m%d%H%M%S").replace(tzinfo=SEOUL)
    except ValueError:
        return asked + _TOKEN_LIFE


def _is_unknown_key(answer: httpx.Response) -> bool:
    if not answer.is_success:
        return answer.status_code == httpx.codes.UNAUTHORIZED
    return _envelope(answer).get("RESULT_CD") == _UNKNOWN_KEY


def _content(answer: httpx.Response) -> Any:
    status = answer.status_code
    if status in _LATER or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise Missed(Miss(Unsent.BUSY, str(status)))
    if not answer.is_success:
        raise Missed(Miss(Unsent.REFUSED, str(status), final=True))
    envelope = _envelope(answer)
    result = str(envelope["RESULT_CD"])
    if result.startswith("S"):
        return envelope.get("DATA")
    # Codes alone: the words may repeat a name or an address.
    known = _CODE_IN_WORDS.search(str(envelope.get("RESULT_DETAIL", "")))
    detail = known[0] if known else result[:10]
    raise Missed(Miss(Unsent.REFUSED, detail, final=True), envelope.get("DATA"))


def _envelope(answer: httpx.Response) -> dict[str, Any]:
    try:
        content = answer.json()
    except (ValueError, RecursionError) as error:
        # Some of its words are EUC-KR, some answers pages of a proxy.
        raise Missed(Miss(Unsent.MALFORMED, type(error).__name__)) from error
    if not isinstance(content, dict) or "RESULT_CD" not in content:
        raise Missed(Miss(Unsent.MALFORMED, "RESULT_CD"))
    return content
