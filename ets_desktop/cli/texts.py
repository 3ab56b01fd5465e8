"""What people type: words that a database can keep, seconds that a clock can count."""

import math
import os
from typing import Any, Final

import click

from ets_desktop.cli.language import say


class _Words(click.types.StringParamType):
    """Text in the terminal's encoding; bytes that are none of it are refused, not stored."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value)
        if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
            self.fail(say("읽을 수 없는 글자가 있습니다", "not readable as text"), param, ctx)
        return text


class _Seconds(click.FloatRange):
    """A pause of up to a day; `nan` is within every range and no pause at all."""

    name = "seconds"

    def __init__(self) -> None:
        super().__init__(min=0, max=86_400)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        seconds = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail(say("초가 아닙니다", "not a number of seconds"), param, ctx)
        return seconds


WORDS: Final = _Words()
SECONDS: Final = _Seconds()


def readable(name: str) -> str:
    """A file's name as text: those that Windows wrote to a memory stick are CP949."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")
