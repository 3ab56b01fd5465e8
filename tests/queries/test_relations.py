"""Follow-ups of a ticket, and the open ticket a caller most likely calls about."""

from datetime import UTC, datetime, timedelta

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.queries.relations import links_of, newest_open_ticket
from tests.factories import a_customer, a_ticket, make
from tests.round_trips import round_trips

NOW = datetime.now(UTC)


def test_a_ticket_knows_what_it_follows_and_what_follows_it(database: Database, kim: Agent) -> None:
    first = make(database, a_ticket, created_by=kim)
    second = make(database, a_ticket, created_by=kim, follow_up_of=first.id)
    third = make(database, a_ticket, created_by=kim, follow_up_of=first.id, status="completed")
    links = database.call(links_of, first.id, None)
    assert [(link.ticket_no, link.status, link.is_earlier) for link in links] == [
        (second.ticket_no, "received", False),
        (third.ticket_no, "completed", False),
    ]
    (back,) = database.call(links_of, second.id, first.id)
    assert (back.ticket_id, back.is_earlier) == (first.id, True)
    (of_a_new_form,) = database.call(links_of, None, first.id)
    assert of_a_new_form.ticket_id == first.id
    assert database.call(links_of, None, None) == ()
    assert round_trips(database, links_of, first.id, None) == 1


def test_the_newest_open_ticket_is_found_and_all_open_ones_counted(
    database: Database, kim: Agent, team: Team
) -> None:
    customer = make(database, a_customer)
    assert database.call(newest_open_ticket, customer.id) is None
    for days, status in ((3, "received"), (2, "transferred"), (1, "completed")):
        holder = {"assignee_team": team} if status == "transferred" else {}
        at = NOW - timedelta(days=days)
        values = {"customer": customer, "status": status, "created_at": at, "created_by": kim}
        make(database, a_ticket, title=status, **values, **holder)
    found = database.call(newest_open_ticket, customer.id)
    assert found is not None
    assert (found.title, found.assignee, found.count) == ("transferred", "물류팀", 2)
    assert round_trips(database, newest_open_ticket, customer.id) == 1
