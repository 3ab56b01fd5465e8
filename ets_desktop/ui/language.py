"""The language the screens speak: Korean, as written in the code, or what `resources/i18n` has.

A text in the code is its own key. Widgets write `self.tr("조회")`; `translated` is for texts that
come as a parameter or stand where there is no widget. Both look here. No Qt: the CLI reads it too.
"""

from ets_desktop.paths import resource

KOREAN = "ko"
#: Code → its own name for itself, in the order of the menu 언어.
LANGUAGES = {KOREAN: "한국어", "en": "English"}
#: Under this key WindowState remembers the choice; the system's locale has no say.
LANGUAGE_KEY = "desk/language"

Texts = dict[tuple[str, str], str]

_spoken = KOREAN
_texts: Texts = {}


def translated(text: str, *codes: str) -> str:
    """`text` as the language has it; `codes` tell apart words that are one in Korean only, the
    first that the language knows counts.

    A text that it does not have (a name, data) stays as it is.
    """
    if not _texts:
        return text
    return next((found for code in (*codes, "") if (found := _texts.get((text, code)))), text)


def speak(language: str) -> None:
    """What is shown from now on is in `language`; a code that is none of LANGUAGES is Korean."""
    global _spoken, _texts
    _spoken = language if language in LANGUAGES else KOREAN
    _texts = {} if _spoken == KOREAN else read_texts(_spoken)


def spoken() -> str:
    """The code of the language shown."""
    return _spoken


def read_texts(language: str) -> Texts:
    """(text, code) → translation of the catalogue; what is unfinished is left out."""
    # Imported here: the Korean start has no need of it (spec 90).
    from xml.etree import ElementTree

    texts: Texts = {}
    for message in ElementTree.parse(resource("i18n", f"ets_{language}.ts")).iter("message"):
        translation = message.find("translation")
        if translation is not None and translation.text and "type" not in translation.attrib:
            text, code = message.findtext("source", ""), message.findtext("comment", "")
            texts[text, code] = translation.text
    return texts
