"""The conditions of 전체상담이력 as a frozen value, and the readings of what was typed in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.search_terms import (
    Term,
    TermKind,
    Wish,
    understand_contents,
    understand_customer,
    understand_order_no,
    understand_phone,
    understand_tag,
)

#: 상태: received or transferred.
ANY_OPEN = "open"
#: What index finds a word: pairs of letters.
SHORTEST_WORD = 2


@dataclass(frozen=True, slots=True)
class TicketSearch:
    """What the form of 전체상담이력 holds; an empty text is no condition, all others must hold.

    Dates are days in Seoul, both included, of 접수일시. 담당자 is an agent or a team. `status` is a
    code or ANY_OPEN, `ticket_type` a code. `content` are words of title and content, or a ticket's
    number; blanks inside of words do not matter there.
    """

    date_from: date | None = None
    date_to: date | None = None
    assignee_id: int | None = None
    assignee_team_id: int | None = None
    status: str = ""
    ticket_type: str = ""
    customer: str = ""
    phone: str = ""
    order_no: str = ""
    content: str = ""
    tag: str = ""


def wishes_of(search: TicketSearch) -> tuple[Wish, ...]:
    """The fields of `search` with texts, those that find fewest tickets first.

    Raises RuleViolation: `search_needs_condition` when nothing limits the search (spec 80: a period
    without a beginning does not), `search_phone_unreadable` for a 전화번호 that is none,
    `search_text_too_short` for 내용 in single letters, which no index finds.
    """
    wishes = tuple(_wishes(search))
    codes = (search.date_from, search.status, search.ticket_type)
    people = (search.assignee_id, search.assignee_team_id)
    if not (wishes or any(codes) or any(person is not None for person in people)):
        raise RuleViolation("search_needs_condition")
    return wishes


def _wishes(search: TicketSearch) -> Iterator[Wish]:
    phone = understand_phone(search.phone)
    if search.phone.strip() and not phone:
        raise RuleViolation("search_phone_unreadable", field="phone")
    content = understand_contents(search.content)
    if any(_is_too_short(term) for term in content):
        raise RuleViolation("search_text_too_short", field="content", letters=SHORTEST_WORD)
    is_number = any(term.kind is TermKind.TICKET_NO for term in content)
    read = (
        content if is_number else (),
        understand_order_no(search.order_no),
        phone,
        understand_customer(search.customer),
        understand_tag(search.tag),
        () if is_number else content,
    )
    return (Wish(terms) for terms in read if terms)


def _is_too_short(term: Term) -> bool:
    return term.kind is TermKind.WORDS and max(map(len, term.text.split())) < SHORTEST_WORD
