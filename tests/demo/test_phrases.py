"""상용구 of the demo: enough of them, short enough, and only with places that are filled."""

from ets_desktop.demo.phrases import PHRASES
from ets_desktop.domain.templates import (
    AGENT,
    BODY_LIMIT,
    CUSTOMER,
    ORDER_NO,
    PRODUCT,
    TODAY,
    fill_template,
)
from ets_desktop.domain.tickets import TicketType


def test_there_is_a_dozen_for_each_ticket_type() -> None:
    assert set(PHRASES) == {"", *TicketType}
    assert all(len(PHRASES[kind]) + len(PHRASES[""]) >= 12 for kind in TicketType)
    titles = [title for phrases in PHRASES.values() for title, _ in phrases]
    assert len(set(titles)) == len(titles)


def test_every_place_is_one_that_the_form_fills() -> None:
    values = dict.fromkeys((CUSTOMER, ORDER_NO, PRODUCT, AGENT, TODAY), "○")
    for phrases in PHRASES.values():
        for _, body in phrases:
            assert len(body) <= BODY_LIMIT
            assert fill_template(body, values).unfilled == ()
