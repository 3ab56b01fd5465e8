"""Pickups on their way to couriers: what was never heard is not called off; waybills are ours."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.couriers.places import Booked, Scan
from ets_desktop.db.engine import Database
from ets_desktop.domain.claim_requests import PickupWish
from ets_desktop.domain.couriers import Unsent
from ets_desktop.domain.delivery import Miss
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.domain.pickups import PickupState
from ets_desktop.services.courier_news import TakeResult, note_scans, take_parcels, take_result
from ets_desktop.services.couriers import (
    DueWish,
    TakeWishes,
    keep_body,
    note_booked,
    note_booking_missed,
    note_called_off,
    send_wishes_anew,
    take_wishes,
)
from ets_desktop.services.pickups import (
    CancelPickup,
    PickupNews,
    cancel_pickup,
    take_pickup_news,
)
from tests.claims import PLACE, requested, shipped_line, wish
from tests.factories import an_agent, make

BODY = {"CUST_USE_NO": "1"}
AWAY = Miss(Unsent.UNREACHABLE, "ConnectError")
LOST = Miss(Unsent.SILENT, "ReadTimeout")


def wished(database: Database, **values: Any) -> int:
    asked = PickupWish(values.pop("courier", "cj"), PLACE, **values)
    made = requested(database, make(database, an_agent), wish(shipped_line(database), pickup=asked))
    assert made.pickup_id is not None
    return made.pickup_id


def taken(database: Database, *, anew: bool = False) -> DueWish:
    if anew:
        change(database, "UPDATE pickup SET send_after = clock_timestamp()")
    (due,) = database.call(take_wishes, TakeWishes("cj"))
    return due


def call_off(database: Database, pickup_id: int) -> None:
    database.call(cancel_pickup, CancelPickup(make(database, an_agent).id, pickup_id))


def change(database: Database, sql: str) -> None:
    database.call(lambda session: session.execute(text(sql)) and None)


def row(database: Database) -> tuple[Any, ...]:
    sql = "SELECT state, send_state, send_error, sent_body FROM pickup ORDER BY id DESC LIMIT 1"
    return database.call(lambda session: tuple(session.execute(text(sql)).one()))


def test_what_is_taken_is_leased_and_told_whole(database: Database) -> None:
    pickup_id = wished(database, wished_on=date(2099, 1, 2))
    due = taken(database)
    assert database.call(take_wishes, TakeWishes("cj")) == ()
    order = due.order()
    assert (due.tries, order.key, order.mobile) == (1, f"ETS{pickup_id}", "01000001234")
    assert (order.wished_on, order.goods[0].quantity) == (date(2099, 1, 2), 1)


def test_a_day_gone_by_is_not_wished_for(database: Database) -> None:
    wished(database)
    change(database, "UPDATE pickup SET wished_on = '2020-01-01'")
    assert taken(database).order().wished_on is None


def test_what_was_collected_meanwhile_is_not_sent(database: Database) -> None:
    pickup_id = wished(database)
    now = datetime.now(UTC)
    database.call(take_pickup_news, PickupNews(pickup_id, "11", now, PickupState.COLLECTED))
    assert database.call(take_wishes, TakeWishes("cj")) == ()
    assert row(database)[:2] == ("collected", "")


def test_what_was_never_heard_is_not_called_off_there(database: Database) -> None:
    pickup_id = wished(database)
    due = taken(database)
    assert database.call(keep_body, pickup_id, BODY)
    assert not database.call(note_booking_missed, due, AWAY)
    assert row(database)[1:] == ("waiting", str(AWAY), None)
    call_off(database, pickup_id)
    assert row(database)[:2] == ("cancelled", "")


def test_what_may_have_been_heard_is_called_off_there(database: Database) -> None:
    pickup_id = wished(database)
    due = taken(database)
    database.call(keep_body, pickup_id, BODY)
    database.call(note_booking_missed, due, LOST)
    again = taken(database, anew=True)
    assert again.body == BODY
    database.call(note_booking_missed, again, AWAY)
    assert row(database)[3] == BODY, "the first try may have got there"
    call_off(database, pickup_id)
    assert row(database)[:2] == ("cancelled", "waiting")


@pytest.mark.parametrize(("miss", "send_state"), [(AWAY, ""), (LOST, "waiting")])
def test_called_off_on_the_way_only_what_arrived_is_called_off_there(
    database: Database, miss: Miss, send_state: str
) -> None:
    pickup_id = wished(database)
    due = taken(database)
    database.call(keep_body, pickup_id, BODY)
    call_off(database, pickup_id)
    assert not database.call(keep_body, pickup_id, BODY), "it is not to be sent any more"
    database.call(note_booking_missed, due, miss)
    assert row(database)[:2] == ("cancelled", send_state)


def test_a_calling_off_that_came_too_early_goes_again(database: Database) -> None:
    pickup_id = wished(database)
    taken(database)
    database.call(keep_body, pickup_id, BODY)
    call_off(database, pickup_id)
    early = taken(database)
    assert early.is_called_off
    refused = Miss(Unsent.REFUSED, "E", final=True)
    assert database.call(note_called_off, early, refused)
    database.call(note_booked, pickup_id, Booked("ETS1"))
    assert row(database)[:3] == ("cancelled", "waiting", "")
    database.call(note_called_off, taken(database), None)
    assert row(database)[:2] == ("cancelled", "sent")


def test_what_is_given_up_waits_again_when_asked(database: Database) -> None:
    pickup_id = wished(database)
    due = taken(database)
    database.call(keep_body, pickup_id, BODY)
    refused = Miss(Unsent.REFUSED, "-20004", final=True)
    assert database.call(note_booking_missed, due, refused)
    assert row(database)[1:] == ("failed", "courier_refused -20004", None)
    assert database.call(send_wishes_anew, [pickup_id + 1]) == 0
    assert database.call(send_wishes_anew) == 1
    assert taken(database).tries == 1


def test_a_courier_is_asked_every_three_hours(database: Database) -> None:
    first = wished(database)
    database.call(note_booked, first, Booked(f"ETS{first}"))
    assert [one.pickup_id for one in database.call(take_parcels, "cj")] == [first]
    second = wished(database)
    database.call(note_booked, second, Booked(f"ETS{second}"))
    assert database.call(take_parcels, "cj") == ()
    change(database, "UPDATE pickup SET tracked_at = clock_timestamp() - interval '181 minutes'")
    assert {one.pickup_id for one in database.call(take_parcels, "cj")} == {first, second}


def test_each_scan_counts_once_and_in_its_order(database: Database) -> None:
    pickup_id = wished(database)
    now = datetime.now(UTC)
    came = Scan("", now, PickupState.ARRIVED, "91", waybill="6000-0000-0125")
    left = Scan("", now - timedelta(hours=9), PickupState.COLLECTED, "11")
    assert database.call(note_scans, pickup_id, [came, left]) == 2
    assert database.call(note_scans, pickup_id, [left, came]) == 0
    assert row(database)[0] == "arrived"
    with pytest.raises(NotFound):
        database.call(note_scans, pickup_id + 1, [left])


def test_a_waybill_of_a_sheet_is_taken_once(database: Database) -> None:
    pickup_id = wished(database, courier="lotte")
    result = TakeResult("lotte", pickup_id, "6000-0000-0121")
    assert database.call(take_result, result)
    assert not database.call(take_result, result)
    assert row(database)[0] == "accepted"


def test_the_login_of_the_couriers_worker_may_do_all_of_it(database: Database) -> None:
    first, second = wished(database), wished(database)

    def as_worker(session: Session) -> tuple[str, ...]:
        session.execute(text("SET LOCAL ROLE ets_erp"))
        booked, missed = take_wishes(session, TakeWishes("cj"))
        assert keep_body(session, first, BODY)
        note_booked(session, booked.pickup_id, Booked("ETS"))
        note_booking_missed(session, missed, AWAY)
        note_scans(session, first, [Scan("", datetime.now(UTC), PickupState.ARRIVED, "91")])
        take_parcels(session, "cj")
        take_result(session, TakeResult("cj", second, "600000000125"))
        send_wishes_anew(session)
        found = session.execute(text("SELECT state FROM pickup ORDER BY id")).all()
        return tuple(one.state for one in found)

    assert database.call(as_worker) == ("arrived", "accepted")


def refused(database: Database, pickup_id: int, courier: str = "lotte") -> str:
    with pytest.raises(RuleViolation) as caught:
        database.call(take_result, TakeResult(courier, pickup_id, "600000000129"))
    return caught.value.code


def test_a_waybill_that_cannot_be_this_pickups_is_refused(database: Database) -> None:
    pickup_id = wished(database, courier="lotte")
    assert refused(database, pickup_id + 1) == "no_such_pickup"
    assert refused(database, pickup_id, "logen") == "pickup_of_other_courier"
    database.call(take_result, TakeResult("lotte", pickup_id, "600000000121"))
    now = datetime.now(UTC)
    database.call(take_pickup_news, PickupNews(pickup_id, "11", now, PickupState.COLLECTED))
    assert refused(database, pickup_id) == "pickup_has_waybill"
    other = wished(database, courier="lotte")
    call_off(database, other)
    assert refused(database, other) == "pickup_called_off"
