"""Invented numbers and names that stand for the true ones: the same one each time.

Who calls whom stays to be seen, who they are does not. Nothing leads back: what stands for whom
is in memory alone, and forgotten with the file it was used in.
"""

import re

from ets_desktop.domain import phone

#: 010-0000-0001 to 010-0000-9999.
MOST_NUMBERS = 9_999

_BEGINNING = "0100000"
_RUN = re.compile(r"\+?\d{7,}")
#: How the number of a phone at home and abroad may begin; the invented one keeps it.
_COUNTRY = re.compile(r"\+82|0082|82(?=[1-9]\d{8})")
_DIALLED = re.compile(r"[+*#]?\d+")
_SEPARATED = re.compile(r"[\s.()-]")
#: What stands where nobody is shown, as telephone systems write it.
_NOBODY = re.compile(
    r"<?(?:unknown|anonymous|private|restricted|unavailable|withheld|null|nil|none)?>?", re.I
)


class Pseudonyms:
    """Of one file. Not thread-safe."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._names: dict[str, int] = {}

    @property
    def is_full(self) -> bool:
        """Whether the next new caller would be given another one's number."""
        return len(self._numbers) >= MOST_NUMBERS

    def number(self, text: str) -> str:
        """For a field that holds a number: extensions, words for nobody and zeros stay."""
        if _NOBODY.fullmatch(text) or (phone.is_withheld(text) and not _has_letters(text)):
            return text
        bare = _SEPARATED.sub("", text)
        if _DIALLED.fullmatch(bare):
            return self.within(bare)
        if phone.is_masked(text):
            return _half_hidden(bare)
        return self.name(text)

    def within(self, text: str) -> str:
        """`text` with each run of seven digits or more replaced."""
        return _RUN.sub(lambda run: self._stand_in(run[0]), text)

    def name(self, text: str) -> str:
        if _NOBODY.fullmatch(text.strip()):
            return text
        return f"가명 {self._names.setdefault(text, len(self._names) + 1)}"

    def _stand_in(self, run: str) -> str:
        if not run.strip("+0"):
            return run
        key = phone.digits_of(run) or run
        place = self._numbers.setdefault(key, len(self._numbers) % MOST_NUMBERS + 1)
        country = _COUNTRY.match(run)
        return f"{country[0]}100000{place:04}" if country else f"0100000{place:04}"


def _half_hidden(text: str) -> str:
    """How every invented number begins, where it is shown how the true one does."""
    return f"{_BEGINNING if text[: len(_BEGINNING)].isdecimal() else ''}****"


def _has_letters(text: str) -> bool:
    return any(character.isalpha() for character in text)
