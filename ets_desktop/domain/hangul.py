"""Hangul arithmetic for searching: initial consonants (초성), bigrams, normal form."""

import unicodedata

_FIRST_SYLLABLE = 0xAC00
_LAST_SYLLABLE = 0xD7A3
_SYLLABLES_PER_INITIAL = 588
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"

#: Final-consonant clusters that an input method makes of two initials typed in a row (ㄱㅅ → ㄳ).
#: ㄲ, ㅆ, ㄸ, ㅃ and ㅉ stay: they are initials themselves.
_CLUSTERS = {
    "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ",
    "ㄶ": "ㄴㅎ",
    "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ",
    "ㅀ": "ㄹㅎ",
    "ㅄ": "ㅂㅅ",
}


def nfc(text: str) -> str:
    """Composed form: files from macOS bring decomposed Hangul, which matches nothing."""
    return unicodedata.normalize("NFC", text)


def split_clusters(text: str) -> str:
    """Undo the input method's joining: `ㄳ` → `ㄱㅅ`; everything else as it is."""
    return "".join(_CLUSTERS.get(character, character) for character in text)


def initials(text: str) -> str:
    """The initial consonant of each syllable: `김정민` → `ㄱㅈㅁ`.

    Other characters are kept (clusters split), blanks are left out; the result is NFC.
    """
    return "".join(_initial(character) for character in split_clusters(_joined(text)))


def is_initials_query(text: str) -> bool:
    """True when `text` is initial consonants only, clusters included: the agent typed ㄱㅈㅁ."""
    letters = split_clusters(_joined(text))
    return bool(letters) and all(letter in INITIALS for letter in letters)


def matches(query: str, label: str) -> bool:
    """Whether `label` holds what was typed: ㅌㅎㅈ and 통합 find 통합주문검색; blanks aside."""
    wanted = _joined(query).casefold()
    if is_initials_query(wanted):
        return split_clusters(wanted) in initials(label)
    return wanted in _joined(label).casefold()


def matches_loosely(query: str, label: str) -> bool:
    """Whether the letters of `query` stand in `label` in that order, with others between them;
    a consonant stands for any syllable it begins: 통검 and 통ㄱㅅ find 통합주문검색."""
    letters = iter(_joined(label).casefold())
    return all(
        any(wanted in (letter, _initial(letter)) for letter in letters)
        for wanted in split_clusters(_joined(query).casefold())
    )


def bigrams(text: str) -> list[str]:
    """Distinct neighbouring pairs, in order, blanks left out and letters folded to lower case.

    Two-syllable names have no trigram (spec 90); a single character is its own gram.
    """
    letters = _joined(text).casefold()
    if len(letters) == 1:
        return [letters]
    return list(dict.fromkeys(letters[i : i + 2] for i in range(len(letters) - 1)))


def _joined(text: str) -> str:
    return "".join(nfc(text).split())


def _initial(character: str) -> str:
    code = ord(character)
    if not _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE:
        return character
    return INITIALS[(code - _FIRST_SYLLABLE) // _SYLLABLES_PER_INITIAL]
