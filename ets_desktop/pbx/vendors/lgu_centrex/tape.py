"""The wire log of a Centrex line: a JSON object for each ring, question and answer, masked.

Not the bytes: the password is in every question, the secret path in every ring.
"""

import json
from collections.abc import Callable, Mapping

from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.vendors.lgu_centrex.answers import CentrexRefused
from ets_desktop.pbx.vendors.lgu_centrex.client import Outcome, Question
from ets_desktop.pbx.vendors.lgu_centrex.options import CentrexOptions
from ets_desktop.pbx.vendors.lgu_centrex.receiver import Ring
from ets_desktop.pbx.wire.log import Mask, WireLog
from ets_desktop.pbx.wire.pseudonyms import Pseudonyms

HIDDEN = "***"

_PLAIN = {
    *("NO", "TIME", "ENDTIME", "DURATION", "BILLSEC", "STATUS", "KIND", "RESTCOUNT"),
    *("page", "num_per_page", "calltype", "callbackport", "ftype"),
}
_NUMBERS = {"SRC", "DST", "DESTNUMBER", "destnumber"}

Masked = Callable[[Pseudonyms], Mapping[str, object]]


class Tape:
    """Writes nothing without a wire log."""

    def __init__(self) -> None:
        self._wire: WireLog | None = None

    def begin(self, wire: WireLog, options: CentrexOptions, is_quiet: Callable[[], bool]) -> None:
        def line(stand_ins: Pseudonyms) -> Mapping[str, object]:
            lines = {stand_ins.number(number): ext for number, ext in options.lines.items()}
            return {"lines": lines, "own": options.own}

        wire.begin(is_quiet, _json(line))
        self._wire = wire

    def ring(self, ring: Ring) -> None:
        def masked(stand_ins: Pseudonyms) -> Mapping[str, object]:
            fields = (ring.sender, ring.receiver, ring.inner_num)
            return {"ring": [stand_ins.number(field) for field in fields]}

        self._heard(masked)

    def dial(self, number: str, key: str) -> None:
        """The wish, before it is asked."""
        self._asked(lambda stand_ins: {"dial": stand_ins.number(number), "key": key})

    def ask(self, question: Question) -> None:
        self._asked(
            lambda stand_ins: {
                "ask": question.operation,
                "fields": _masked_row(question.fields, stand_ins),
            }
        )

    def answer(self, question: Question, outcome: Outcome) -> None:
        def masked(stand_ins: Pseudonyms) -> Mapping[str, object]:
            told: dict[str, object] = {"answer": question.operation, "key": question.about}
            if isinstance(outcome, EtsError):
                told |= {"error": outcome.code, "ambiguous": _is_ambiguous(outcome)}
                if isinstance(outcome, CentrexRefused):
                    told["result"] = str(outcome.details["result"])[:4]
                return told
            return told | {"rows": [_masked_row(row, stand_ins) for row in outcome]}

        self._heard(masked)

    def _heard(self, masked: Masked) -> None:
        if self._wire is not None:
            self._wire.heard(_json(masked))

    def _asked(self, masked: Masked) -> None:
        if self._wire is not None:
            self._wire.asked(_json(masked))


def _is_ambiguous(error: EtsError) -> bool:
    return bool(getattr(error, "ambiguous", False))


def _masked_row(row: Mapping[str, str], stand_ins: Pseudonyms) -> dict[str, str]:
    return {name: _value(name, value, stand_ins) for name, value in row.items() if name.isascii()}


def _value(name: str, value: str, stand_ins: Pseudonyms) -> str:
    if name in _PLAIN:
        return stand_ins.within(value) if not name.endswith("TIME") else value
    if name in _NUMBERS:
        return stand_ins.number(value)
    return HIDDEN


def _json(masked: Masked) -> Mask:
    def text(stand_ins: Pseudonyms) -> bytes:
        return json.dumps(masked(stand_ins), ensure_ascii=False).encode() + b"\n"

    return text
