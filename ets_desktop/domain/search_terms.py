"""What an agent may have meant by a search text: 통합검색 and the fields that take several forms.

Digits are a phone, its end, an order or a parcel; ㄱㅈㅁ a name's initials; text a name or a
product (spec 10, 통합주문검색). Each reading is a Term; the query layer looks up all of them.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from ets_desktop.domain.hangul import INITIALS, initials, is_initials_query, nfc, split_clusters
from ets_desktop.domain.phone import NumberKind, digits_of, kind, restore_lost_zero
from ets_desktop.domain.storable import storable

#: Shorter ends are shared by too many to mean anything (spec 90: the last 6, the last 4).
SHORTEST_ORDER_END = 6
SHORTEST_PHONE_END = 4
#: From this length on an order number is taken for a whole one: the ends of numbers that are
#: counted by the day are shared by thousands of orders.
_WHOLE_ORDER_NO = 9
_LONGEST_PHONE_END = 8
_TRACKING_LENGTHS = range(9, 17)

#: A customer number as shown (C000000123) or shortened (c123).
CUSTOMER_NO = re.compile(r"[Cc]0*([0-9]{1,15})")
#: A ticket's number, YYMMDD-NNNNN.
_TICKET_NO = re.compile(r"[0-9]{6}-[0-9]{5,9}")
_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_OURS = re.compile(r"[Ss]0*([0-9]{1,15})")
_NUMBER = re.compile(r"(?=.*[0-9０-９])[+0-9０-９()\-.\s‐-―−]+")
_MASKED_PHONE = re.compile(r"[0-9*＊xX\-. ]*[*＊xX][\-. ]?([0-9]{4})")
_CODE = re.compile(r"(?=(?:.*[0-9]){3})[0-9A-Za-z][0-9A-Za-z_\-]{5,}")
#: Letters that stand for a hidden one: also O and X, beside a syllable (김O민).
_HIDDEN = re.compile(r"[*＊●○◯■□]|(?<=[가-힣])[OoXx](?=[가-힣]|$)")
_KOREAN_KINDS = frozenset(NumberKind) - {
    NumberKind.FOREIGN,
    NumberKind.INTERNAL,
    NumberKind.OTHER,
}


class TermKind(StrEnum):
    """What a term's text is: PHONE canonical digits, PHONE_END the last ones, OUR_ORDER_NO and
    CUSTOMER_NO the number in it, ORDER_NO(_END) and TRACKING_NO as typed without blanks, INITIALS
    consonants, SHAPE a name with `_` for hidden letters and consonants for abbreviated ones, WORDS
    words with a blank between them, the rest text."""

    PHONE = "phone"
    PHONE_END = "phone_end"
    OUR_ORDER_NO = "our_order_no"
    ORDER_NO = "order_no"
    ORDER_NO_END = "order_no_end"
    TRACKING_NO = "tracking_no"
    INITIALS = "initials"
    SHAPE = "shape"
    NAME = "name"
    CUSTOMER_NO = "customer_no"
    PRODUCT = "product"
    TICKET_NO = "ticket_no"
    WORDS = "words"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Term:
    """One reading of what was typed; an unlikely one counts only where the likely find nothing."""

    kind: TermKind
    text: str
    is_unlikely: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What the text of one field may mean; any one of `terms` will do.

    `field` is there where the same reading is looked for elsewhere in another field.
    """

    terms: tuple[Term, ...]
    field: str = ""

    @property
    def has_unlikely(self) -> bool:
        return any(term.is_unlikely for term in self.terms)

    def stage(self, *, unlikely: bool) -> "Wish":
        """With the likely readings only; or with the unlikely, where there are any."""
        wanted = unlikely and self.has_unlikely
        return Wish(tuple(t for t in self.terms if t.is_unlikely is wanted), self.field)


def understand(typed: str) -> tuple[Term, ...]:
    """Every reading of a 통합검색 text, the likeliest first; empty when nothing was typed."""
    text = typed_text(typed)
    if _NUMBER.fullmatch(text):
        return _understand_number(text)
    if _OURS.fullmatch(text):
        return understand_order_no(text)
    phone = understand_phone(text)
    if phone:
        return phone
    name = understand_name(text)
    if not name or name[0].kind is not TermKind.NAME:
        return name
    order = understand_order_no(text) if _CODE.fullmatch(text) else ()
    return (*order, *name, Term(TermKind.PRODUCT, text))


def understand_name(typed: str) -> tuple[Term, ...]:
    """The reading of a name: its initials, its shape (김*민, 홍ㄱㄷ), or (a part of) itself."""
    text = typed_text(typed)
    if not text:
        return ()
    if is_initials_query(text):
        return (Term(TermKind.INITIALS, initials(text)),)
    # A `_` that was typed is a letter, and one that no name has.
    shape = split_clusters(_HIDDEN.sub("_", text.replace("_", "\uff3f"))).replace(" ", "")
    has_syllable = any("가" <= letter <= "힣" for letter in shape)
    if has_syllable and any(letter == "_" or letter in INITIALS for letter in shape):
        return (Term(TermKind.SHAPE, shape),)
    return (Term(TermKind.NAME, text),)


def understand_phone(typed: str) -> tuple[Term, ...]:
    """A whole number in any format, or the end of one: four digits or more, also of a masked
    number. Empty when `typed` is neither."""
    text = typed_text(typed)
    digits = digits_of(text)
    if digits is None:
        shown = _MASKED_PHONE.fullmatch(text)
        return (Term(TermKind.PHONE_END, shown[1]),) if shown else ()
    digits = restore_lost_zero(digits)
    is_end = SHORTEST_PHONE_END <= len(digits) <= _LONGEST_PHONE_END
    # Eight digits may be 1588-0000 or the end of a mobile number: both are looked for.
    is_whole = not is_end or kind(digits) in _KOREAN_KINDS
    terms = ((TermKind.PHONE, is_whole), (TermKind.PHONE_END, is_end))
    return tuple(Term(term_kind, digits) for term_kind, holds in terms if holds)


def understand_order_no(typed: str) -> tuple[Term, ...]:
    """An order number, ours (S000000123) or the channel's: the whole, or its last six or more."""
    text = typed_text(typed).replace(" ", "")
    terms = [Term(TermKind.ORDER_NO, text)] if text else []
    ours = _OURS.fullmatch(text)
    if ours:
        terms.insert(0, Term(TermKind.OUR_ORDER_NO, ours[1]))
    elif len(text) >= SHORTEST_ORDER_END:
        terms.append(Term(TermKind.ORDER_NO_END, text, len(text) >= _WHOLE_ORDER_NO))
    return tuple(terms)


def understand_customer(typed: str) -> tuple[Term, ...]:
    """Whom a text names: a customer number, a telephone number or its end, or (part of) a name."""
    number = CUSTOMER_NO.fullmatch(typed.strip())
    if number:
        return (Term(TermKind.CUSTOMER_NO, number[1]),)
    return understand_phone(typed) or understand_name(typed)


def understand_contents(typed: str) -> tuple[Term, ...]:
    """Words that all stand in a ticket, or its number. Empty when nothing was typed."""
    text = typed_text(typed)
    terms = (Term(TermKind.WORDS, text),) if text else ()
    if _TICKET_NO.fullmatch(text):
        return (
            Term(TermKind.TICKET_NO, text),
            *(replace(term, is_unlikely=True) for term in terms),
        )
    return terms


def understand_tag(typed: str) -> tuple[Term, ...]:
    """One tag, as it is written on tickets."""
    text = typed_text(typed)
    return (Term(TermKind.TAG, text),) if text else ()


def shape_patterns(shape: str) -> tuple[str, str]:
    """The LIKE patterns of a SHAPE term, for a name and for its initials; both must hold.

    With consonants (홍ㄱㄷ) it is how the name begins, with hidden letters alone (김_민) all of it.
    """
    open_end = "%" if any(letter in INITIALS for letter in shape) else ""
    letters = ("_" if letter in INITIALS else _literal(letter) for letter in shape)
    consonants = (_literal(letter) for letter in initials(shape))
    return "".join(letters) + open_end, "".join(consonants) + open_end


def like_literal(text: str) -> str:
    """`text` for use inside a LIKE pattern: the wildcards a user types are letters (spec 80)."""
    return "".join(f"\\{letter}" if letter in "\\%_" else letter for letter in text)


def _literal(letter: str) -> str:
    return letter if letter == "_" else like_literal(letter)


def typed_text(typed: str) -> str:
    """A text of a search field as it is looked for: composed, its blanks folded, without what the
    database cannot hold; "" where nothing was typed that can be seen."""
    return _BLANKS.sub(" ", nfc(storable(typed))).strip()


def _understand_number(text: str) -> tuple[Term, ...]:
    count = sum(character.isdigit() for character in text)
    phones = [term for term in understand_phone(text) if _is_likely(term, text)]
    others: list[Term] = []
    if count != SHORTEST_PHONE_END:
        others.extend(understand_order_no(text))
    if count in _TRACKING_LENGTHS:
        others.append(Term(TermKind.TRACKING_NO, text.replace(" ", "")))
    if phones and count >= _WHOLE_ORDER_NO:
        # Written like a telephone number it is one, if anybody has it.
        others = [replace(term, is_unlikely=True) for term in others]
    return (*phones, *others)


def _is_likely(term: Term, text: str) -> bool:
    """Order numbers look like foreign phones unless these are written with a plus or zeros."""
    korean = kind(term.text) in _KOREAN_KINDS
    return term.kind is TermKind.PHONE_END or korean or text.startswith(("+", "0"))
