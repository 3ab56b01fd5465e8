"""The gateway writes a call while an agent saves a ticket with it: neither waits in vain."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calls import Phase
from ets_desktop.services.calls import record_leg_event
from ets_desktop.services.ticket_forms import ReceiveTicket
from ets_desktop.services.tickets import receive_ticket
from tests.calls import ring, then
from tests.factories import a_customer, a_form, make

CALLS = 20


def test_events_and_saves_of_one_call_never_lock_each_other_out(
    database: Database, kim: Agent
) -> None:
    customer = make(database, a_customer, numbers=("01000001234",))
    rings = [replace(ring(call=f"call-{n}", leg=f"leg-{n}"), extension="101") for n in range(CALLS)]
    calls = [database.call(record_leg_event, event).value for event in rings]

    def talk(number: int) -> None:
        for phase, after in ((Phase.TALKING, 1), (Phase.HELD, 2), (Phase.TALKING, 3)):
            database.call(record_leg_event, then(rings[number], phase, after))

    def save(number: int) -> None:
        form = a_form(customer_id=customer.id)
        database.call(receive_ticket, ReceiveTicket(kim.id, form, calls[number]))

    with ThreadPoolExecutor(4) as both:
        work = [both.submit(act, n) for n in range(CALLS) for act in (talk, save)]
        for done in work:
            done.result()
