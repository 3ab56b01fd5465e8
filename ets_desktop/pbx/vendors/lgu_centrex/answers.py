"""What the Centrex answers, its habits folded away, and what to do about a refusal (LG U+ §1)."""

import json
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from ets_desktop.domain.errors import EtsError, Unavailable

#: Fields in upper case as sent, values as text: numbers come as strings or as integers.
Row = Mapping[str, str]

_DONE = "0000"
#: Some operations have said so instead.
_ALSO_DONE = "OK"
#: "No data" and "no channel" are empty lists, no errors, where a list or a state was asked for.
_EMPTY = ("4002", "4004")
_ASKING = {
    *("callhistory", "getinboundcall", "getringcallback"),
    *("getrecvsmslist", "getforwardtype", "hangup"),
}


class Reaction(Enum):
    """RETRY later; GIVE_UP: asking the same again is refused again; HALT: ask nothing any more."""

    RETRY = "retry"
    GIVE_UP = "give_up"
    HALT = "halt"


#: Every further question with a refused password brings the account nearer to being blocked.
_REFUSALS: Mapping[str, tuple[str, Reaction]] = MappingProxyType(
    {
        "1001": ("centrex_question_wrong", Reaction.GIVE_UP),
        "1002": ("centrex_question_wrong", Reaction.GIVE_UP),
        "1003": ("centrex_id_refused", Reaction.HALT),
        "1004": ("centrex_password_refused", Reaction.HALT),
        "1005": ("centrex_not_subscribed", Reaction.GIVE_UP),
        "1007": ("centrex_password_initial", Reaction.HALT),
        "1008": ("centrex_password_expired", Reaction.HALT),
        "1202": ("centrex_changes_used_up", Reaction.GIVE_UP),
        "1203": ("centrex_code_refused", Reaction.GIVE_UP),
        "1204": ("centrex_code_refused", Reaction.GIVE_UP),
        "2001": ("centrex_not_permitted", Reaction.GIVE_UP),
        "2002": ("centrex_not_permitted", Reaction.GIVE_UP),
        "3001": ("centrex_busy", Reaction.RETRY),
        "3002": ("centrex_text_too_long", Reaction.GIVE_UP),
        "3003": ("centrex_too_many_recipients", Reaction.GIVE_UP),
        "3004": ("centrex_texts_used_up", Reaction.GIVE_UP),
        "4001": ("centrex_question_wrong", Reaction.GIVE_UP),
    }
)
#: Also 4003, the state of a phone that nobody knows, and 9999: they pass.
_OTHER = ("centrex_error", Reaction.RETRY)


class CentrexRefused(EtsError):
    """The Centrex answered, with a result code that is no success; `result` is that code."""

    def __init__(self, code: str, reaction: Reaction, operation: str, result: str) -> None:
        super().__init__(code, operation=operation, result=result)
        self.reaction = reaction


def read_answer(operation: str, body: bytes) -> tuple[Row, ...]:
    """The rows of an answer; one that is an object is one row, a text or nothing is none.

    Raises CentrexRefused, Unavailable `centrex_garbled`.
    """
    try:
        answer = json.loads(_text(body))
    except (ValueError, RecursionError) as error:
        raise Unavailable("centrex_garbled", operation=operation, ambiguous=True) from error
    if not isinstance(answer, dict) or "SVC_RT" not in answer:
        raise Unavailable("centrex_garbled", operation=operation, ambiguous=True)
    result = _result(answer["SVC_RT"])
    if result in _EMPTY and operation in _ASKING:
        return ()
    if result != _DONE:
        code, reaction = _REFUSALS.get(result, _OTHER)
        raise CentrexRefused(code, reaction, operation, result)
    found = answer.get("DATAS")
    rows = found if isinstance(found, list) else [found]
    return tuple(_row(row) for row in rows if isinstance(row, dict))


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp949", errors="replace")


def _result(told: object) -> str:
    text = str(told).strip().upper()
    return _DONE if text == _ALSO_DONE else text.zfill(len(_DONE))


def _row(row: dict[str, object]) -> Row:
    return {key: "" if value is None else str(value).strip() for key, value in row.items()}
