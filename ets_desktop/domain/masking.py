"""Personal data as lists show it: 홍*동, 010-****-1234, addresses down to 읍면동 (spec 80).

One rule for every screen and export. All three leave alone what is masked already.
"""

import re

from ets_desktop.domain.phone import digits_of, display

STAR = "*"
#: Extensions and the last four digits are nobody's number.
_SHOWN_DIGITS = 4
#: 20261122; nobody's own number is that short.
_DIGITS_OF_A_DAY = 8
_MOST_OF_CELL = 40
#: 역삼동, 종로3가, 주문진읍: a few syllables, at most two digits (101동 is a block of flats).
_TOWN = re.compile(r"[가-힣]{1,7}\d{0,2}[읍면동가리]")
_ROAD = re.compile(r"[가-힣]{1,9}(?:대로|로|길)(?:\d{1,4}번?[가-힣]?길)?")
_REGION = re.compile(r"[가-힣]{1,9}(?:특별시|광역시|자치시|자치도|[시도군구])")
_SHORT_REGION = re.compile(
    "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
)
#: As channels mask; the digits left are few enough to be left.
_MASKED_PHONE = re.compile(r"(?=.*\*)(?!(?:\D*\d){9})[\d*\-. ]+")
_BUILDING = re.compile(r"아파트|빌라|맨션|타운|빌딩|주택|마을|오피스텔|단지|연립")


def mask_name(name: str) -> str:
    """All but the first and the last letter: 홍*동, 김*, 남**수, J*** ***k; blanks stay."""
    name = name.strip()
    if len(name) <= 1:
        return STAR * len(name)
    kept = name[-1] if len(name) > 2 else STAR
    hidden = "".join(letter if letter.isspace() else STAR for letter in name[1:-1])
    return f"{name[0]}{hidden}{kept}"


def mask_phone(phone: str) -> str:
    """The last four digits and the first part: 010-****-1234; takes digits or a number as typed.

    What is no telephone number keeps only its last four digits; without any digit, nothing.
    """
    phone = phone.strip()
    if _MASKED_PHONE.fullmatch(phone):
        return phone
    digits = digits_of(phone)
    if digits is not None:
        if len(digits) <= _SHOWN_DIGITS:
            return digits
        parts = display(digits).split("-")
        if len(parts) == 3:
            return f"{parts[0]}-{STAR * len(parts[1])}-{parts[2]}"
        phone = display(digits)
    return _mask_loose(phone)


def mask_typed(text: str) -> str:
    """What was typed to find somebody: a number, or else a name."""
    return mask_phone(text) if any(map(str.isdigit, text)) else mask_name(text)


def mask_cell(text: str) -> str:
    """What stood in a cell of a file that could not be read: a short number or a day stays as it
    is, everything else might be somebody's."""
    text = " ".join(text.split())[:_MOST_OF_CELL]
    if text.isascii() and not any(map(str.isalpha, text)):
        digits = sum(map(str.isdigit, text))
        return text if digits <= _DIGITS_OF_A_DAY else _mask_loose(text)
    return mask_typed(text)


def _mask_loose(text: str) -> str:
    """Letters and all but the last four digits as stars, punctuation as it is."""
    shown = 0
    masked = []
    for character in reversed(text):
        if character.isdigit() and shown < _SHOWN_DIGITS:
            shown += 1
        elif character.isalnum():
            character = STAR
        masked.append(character)
    return "".join(reversed(masked))


def mask_address(address: str) -> str:
    """Province, city and 읍면동 (by road: the road's name); a star stands for all the rest."""
    shown: list[str] = []
    words = address.split()
    for word in words:
        end = _town_or_road(word)
        if end:
            return _with_rest(" ".join([*shown, end]), word != end or word is not words[-1])
        if not (_SHORT_REGION.fullmatch(word) or _REGION.fullmatch(word)):
            break
        shown.append(word)
    return _with_rest(" ".join(shown), len(shown) < len(words))


def _town_or_road(word: str) -> str:
    """The part of `word` that names a town or a road, or ""."""
    bare = word.rstrip(",")
    if _BUILDING.search(bare):
        return ""
    if _TOWN.fullmatch(bare) or _ROAD.fullmatch(bare):
        return bare
    # 테헤란로152: the number of the house stands right behind the road.
    road = _ROAD.match(bare)
    return road[0] if road and bare[road.end() :][:1].isdigit() else ""


def _with_rest(shown: str, has_more: bool) -> str:
    return f"{shown} {STAR * 3}".strip() if has_more else shown
