"""택배회수요청: everything at once or nothing, each refusal in words, pressing twice makes one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.claim_fees import FeeMethod
from ets_desktop.domain.claim_requests import ClaimRequest, GoodsWish, LineWish, PickupWish
from ets_desktop.domain.claims import ClaimType, Fault, Step
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.topics import OUTBOX, PICKUPS
from ets_desktop.services.claim_requests import RequestClaim, request_claim
from tests.claims import PLACE, command, other_goods, requested, shipped_line, wish, without_goods
from tests.factories import a_customer, an_order, an_order_line, make

Login = Callable[[Agent], Database]
TABLES = ("ticket", "claim", "claim_line", "pickup", "logistics_instruction", "save_receipt")


def rows(database: Database, sql: str, **given: Any) -> list[Any]:
    return database.call(lambda session: list(session.execute(text(sql), given).all()))


def counted(database: Database) -> tuple[int, ...]:
    return tuple(rows(database, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES)


def test_one_press_makes_claim_pickup_ticket_and_instruction(
    database: Database, login: Login, kim: Agent
) -> None:
    line = shipped_line(database)
    done = login(kim).call(request_claim, command(kim, wish(line, quantity=2)))
    made = done.value
    assert counted(database) == (1, 1, 1, 1, 1, 1)
    assert (made.claim.step, made.claim.repeated) == (Step.PICKUP_ORDERED, False)
    assert {PICKUPS, OUTBOX} <= done.touched
    (ticket,) = rows(database, "SELECT ticket_no, ticket_type, title, order_line_id FROM ticket")
    assert ticket == (made.ticket_no, "return", "반품접수처리", line.id)
    (pickup,) = rows(
        database,
        "SELECT courier, original_waybill, return_waybill, name, phone, mobile, customer_name,"
        " state, send_state, requested_by FROM pickup",
    )
    people = ("이수취", "0200000000", "01000001234", "김정민")
    told = ("requested", "waiting", kim.id)
    assert pickup == ("cj", "600000000125", "", *people, *told)
    (told,) = rows(database, "SELECT kind, paid_in_full, body FROM logistics_instruction")
    assert told[:2] == ("collect", True)
    assert told[2]["claim_no"] == made.claim.claim_no
    assert [(g["quantity"], g["amount"]) for g in told[2]["goods"]] == [(2, 6666)]
    history = rows(database, "SELECT field, new, changed_by FROM claim_history ORDER BY id")
    assert history == [("created", "return", kim.id), ("step", "pickup_ordered", kim.id)]


def test_pressing_again_makes_no_second_one(database: Database, login: Login, kim: Agent) -> None:
    press = command(kim, wish(shipped_line(database)))
    desk = login(kim)
    first = desk.call(request_claim, press).value
    again = desk.call(request_claim, press).value
    assert again == replace(first, claim=replace(first.claim, repeated=True))
    assert counted(database) == (1, 1, 1, 1, 1, 1)


def test_two_desks_at_once_make_one(
    database: Database, login: Login, kim: Agent, lee: Agent
) -> None:
    line = shipped_line(database)
    desks = [(login(one), command(one, wish(line))) for one in (kim, lee)]

    def press(desk: Database, request: RequestClaim) -> str:
        try:
            return str(desk.call(request_claim, request).value.claim.step)
        except RuleViolation as refused:
            return refused.code

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(press, *zip(*desks, strict=True)))
    assert answers == ["line_under_claim", "pickup_ordered"]
    assert counted(database) == (1, 1, 1, 1, 1, 1)


def test_without_a_customer_the_order_says_who_called(database: Database, kim: Agent) -> None:
    known = make(database, a_customer, name="최구매")
    for customer in (None, known):
        order = make(database, an_order, customer=customer, orderer_phone="01000007777")
        line = make(database, an_order_line, order=order)
        press = command(kim, wish(line))
        form = replace(press.form, caller_number=None)
        database.call(request_claim, replace(press, form=form))
    tickets = rows(database, "SELECT customer_id, caller_number FROM ticket ORDER BY id")
    assert tickets == [(None, "01000007777"), (known.id, None)]
    names = rows(database, "SELECT customer_name FROM pickup ORDER BY id")
    assert names == [("김정민",), ("최구매",)]


def test_where_the_channel_hides_who_ordered_the_pickup_says_whom_to_call(
    database: Database, kim: Agent
) -> None:
    order = make(database, an_order, orderer_phone=None, recipient_phone=None)
    for pickup in (PickupWish("cj", PLACE), PickupWish("cj", replace(PLACE, mobile="")), None):
        line = make(database, an_order_line, order=order)
        press = command(kim, wish(line, pickup=pickup))
        press = replace(press, form=replace(press.form, caller_number=None))
        if pickup is not None:
            database.call(request_claim, press)
            continue
        with pytest.raises(RuleViolation) as refusal:
            database.call(request_claim, press)
        assert refusal.value.code == "needs_customer_or_number"
    assert rows(database, "SELECT caller_number FROM ticket ORDER BY id") == [
        ("01000001234",),
        ("0200000000",),
    ]


def test_an_exchange_for_the_same_ships_what_came_back(database: Database, kim: Agent) -> None:
    line = shipped_line(database, option="빨강")
    asked = wish(line, claim_type=ClaimType.EXCHANGE_SAME, quantity=2, reason="faulty", fee=0)
    requested(database, kim, asked)
    goods = rows(database, "SELECT product_id, option, unit_price, quantity FROM exchange_line")
    assert goods == [(line.product_id, "빨강", 3333, 2)]
    assert rows(database, "SELECT ship_name, ship_address_detail FROM claim") == [
        ("이수취", "101동 202호")
    ]


def test_an_exchange_for_others_goes_where_it_was_asked(database: Database, kim: Agent) -> None:
    line = shipped_line(database)
    elsewhere = replace(PLACE, name="박선물", phone="")
    asked = wish(
        line,
        claim_type=ClaimType.EXCHANGE_OTHER,
        goods=other_goods(database, 5_000, 7_000),
        ship_to=elsewhere,
    )
    requested(database, kim, asked)
    assert rows(database, "SELECT exchange_amount, ship_name FROM claim") == [(12_000, "박선물")]
    assert rows(database, "SELECT name FROM pickup") == [("이수취",)]
    missing = replace(asked, lines=(LineWish(shipped_line(database).id, 1),))
    gone = replace(asked, goods=(GoodsWish(999_999_999, 1, 1),), order_id=0)
    assert refused(database, kim, missing) == "line_of_other_order"
    other = shipped_line(database)
    gone = replace(gone, order_id=other.order_id, lines=(LineWish(other.id, 1),))
    assert refused(database, kim, gone) == "no_such_product"


def test_a_swap_ships_at_once_and_a_cancellation_stops_the_order(
    database: Database, kim: Agent
) -> None:
    requested(database, kim, wish(shipped_line(database), claim_type=ClaimType.SWAP))
    waiting = shipped_line(database, order_status="preparing", tracking_no="")
    made = requested(database, kim, without_goods(ClaimType.CANCEL, waiting))
    assert (made.claim.step, made.pickup_id) == (Step.ACCEPTED, None)
    kinds = rows(database, "SELECT kind FROM logistics_instruction ORDER BY id")
    assert kinds == [("collect",), ("exchange_ship",), ("cancel_order",)]
    assert rows(database, "SELECT ticket_type FROM ticket ORDER BY id") == [
        ("exchange",),
        ("cancel",),
    ]


def test_goods_that_the_customer_sends_need_no_pickup(database: Database, kim: Agent) -> None:
    made = requested(database, kim, wish(shipped_line(database), pickup=None))
    assert (made.claim.step, made.pickup_id) == (Step.ACCEPTED, None)
    assert rows(database, "SELECT FROM logistics_instruction") == []


def refused(database: Database, kim: Agent, request: ClaimRequest) -> str:
    before = counted(database)
    with pytest.raises(RuleViolation) as refusal:
        database.call(request_claim, command(kim, request))
    assert counted(database) == before
    return refusal.value.code


def test_what_is_left_is_what_was_bought_less_what_is_claimed(
    database: Database, kim: Agent
) -> None:
    line = shipped_line(database)
    assert refused(database, kim, wish(line, quantity=4)) == "quantity_over_left"
    assert refused(database, kim, wish(line, quantity=0)) == "needs_quantity"
    requested(database, kim, wish(line, quantity=1))
    assert refused(database, kim, wish(line, quantity=1)) == "line_under_claim"


@pytest.mark.parametrize(
    ("line", "claim_type", "code"),
    [
        ({"order_status": "cancelled"}, ClaimType.RETURN, "order_cancelled"),
        ({"cancelled": True}, ClaimType.RETURN, "order_cancelled"),
        ({"order_status": "preparing"}, ClaimType.RETURN, "not_shipped_yet"),
        ({"order_status": "delivered"}, ClaimType.CANCEL, "already_shipped"),
        ({"order_status": "paid"}, ClaimType.LOST_IN_TRANSIT, "not_shipped_yet"),
    ],
)
def test_lines_that_cannot_be_claimed_say_why(
    database: Database, kim: Agent, line: dict[str, Any], claim_type: ClaimType, code: str
) -> None:
    asked = wish(shipped_line(database, **line), claim_type=claim_type)
    assert refused(database, kim, asked) == code


YESTERDAY = timedelta(days=-1)
TOMORROW = timedelta(days=1)


def changed_pickup(**values: Any) -> dict[str, Any]:
    return {"pickup": replace(PickupWish("cj", PLACE), **values)}


def changed_place(**values: Any) -> dict[str, Any]:
    return changed_pickup(place=replace(PLACE, **values))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"lines": ()}, "needs_claim_lines"),
        ({"reason": "whim"}, "needs_claim_reason"),
        (changed_pickup(courier="pigeon"), "needs_courier"),
        (changed_pickup(address_edited=True), "needs_refined_address"),
        (changed_place(name=" "), "needs_place_name"),
        (changed_place(address=""), "needs_address"),
        (changed_place(phone="", mobile=""), "needs_place_phone"),
        (changed_place(mobile="없음"), "no_phone_number"),
        (changed_place(name="가" * 101), "text_too_long"),
        (changed_place(address_detail="가" * 301), "text_too_long"),
        (changed_place(zipcode="0" * 11), "text_too_long"),
        (changed_place(name="\u202e\x07\ud83d"), "needs_place_name"),
        (changed_place(address="\u200b\x00"), "needs_address"),
        ({"note": "가" * 1001}, "text_too_long"),
        ({"fee": -1}, "no_amount"),
        ({"fee_method": None}, "needs_fee_method"),
        ({"goods": (GoodsWish(1, 1, 1),)}, "no_exchange_goods"),
        ({"claim_type": ClaimType.EXCHANGE_OTHER}, "needs_exchange_goods"),
        ({"claim_type": ClaimType.LOST_IN_TRANSIT}, "nothing_to_collect"),
    ],
)
def test_each_refusal_has_its_code_and_leaves_nothing(
    database: Database, kim: Agent, values: dict[str, Any], code: str
) -> None:
    assert refused(database, kim, wish(shipped_line(database), **values)) == code


def test_goods_and_their_place_are_looked_at(database: Database, kim: Agent) -> None:
    line = shipped_line(database)
    other: dict[str, Any] = {"claim_type": ClaimType.EXCHANGE_OTHER}
    good = other_goods(database, 5_000)[0]
    for goods, code in (
        (replace(good, quantity=0), "needs_quantity"),
        (replace(good, unit_price=-1), "no_amount"),
        (replace(good, unit_price=0, quantity=10**12), "no_amount"),
    ):
        assert refused(database, kim, wish(line, goods=(goods,), **other)) == code
    nowhere = wish(line, goods=(good,), pickup=None, **other)
    assert refused(database, kim, nowhere) == "needs_address"
    nobody = wish(line, goods=(good,), ship_to=replace(PLACE, name=""), **other)
    assert refused(database, kim, nobody) == "needs_place_name"


def test_what_is_unseen_or_turns_a_label_round_is_not_kept(database: Database, kim: Agent) -> None:
    typed = "\u202e<b>김\x00하늘</b>\x1b\r\n\ud83d 🧨  101호\ufeff"
    line = shipped_line(database)
    place = changed_place(name=typed, address=typed, address_detail=typed, zipcode="\x0006234")
    request = wish(line, note=typed, channel_status="\x00반품", **place)
    made = requested(database, kim, request)
    kept = "<b>김하늘</b> 🧨 101호"
    (pickup,) = rows(database, "SELECT name, address, address_detail, zipcode, note FROM pickup")
    assert tuple(pickup) == (kept, kept, kept, "06234", kept)
    (claim,) = rows(database, "SELECT id, channel_status, note FROM claim")
    assert tuple(claim) == (made.claim.claim_id, "반품", kept)


def test_days_are_looked_at_in_seoul(database: Database, kim: Agent) -> None:
    today = datetime.now(UTC)
    line = shipped_line(database)
    past = wish(line, **changed_pickup(wished_on=(today + 2 * YESTERDAY).date()))
    assert refused(database, kim, past) == "wished_on_in_past"
    soon = wish(line, discovered_on=(today + 2 * TOMORROW).date())
    assert refused(database, kim, soon) == "discovered_in_future"


def test_a_line_asked_for_twice_and_an_order_that_is_none(database: Database, kim: Agent) -> None:
    line = shipped_line(database)
    twice = wish(line, lines=(LineWish(line.id, 1), LineWish(line.id, 2)))
    assert refused(database, kim, twice) == "line_twice"
    assert refused(database, kim, wish(line, order_id=0)) == "line_of_other_order"


def test_a_paid_postage_needs_no_method_when_the_shop_bears_it(
    database: Database, kim: Agent
) -> None:
    asked = wish(shipped_line(database), fee_payer=Fault.SELLER, fee_method=None)
    requested(database, kim, asked)
    enclosed = wish(shipped_line(database), fee_method=FeeMethod.ENCLOSED)
    requested(database, kim, replace(enclosed, **changed_pickup(refined={"code": "5D32"})))
    assert rows(database, "SELECT fee_payer, fee_method FROM claim ORDER BY id") == [
        ("seller", ""),
        ("customer", "enclosed"),
    ]
    assert rows(database, "SELECT refined FROM pickup ORDER BY id") == [
        (None,),
        ({"code": "5D32"},),
    ]


def test_a_refused_ticket_leaves_no_claim(database: Database, kim: Agent) -> None:
    press = command(kim, wish(shipped_line(database)))
    empty = replace(press, form=replace(press.form, content=" "))
    with pytest.raises(RuleViolation) as refusal:
        database.call(request_claim, empty)
    assert refusal.value.code == "needs_content"
    assert counted(database) == (0, 0, 0, 0, 0, 0)
    database.call(request_claim, press)
    assert counted(database) == (1, 1, 1, 1, 1, 1)


def test_two_lines_are_one_claim_about_the_order(database: Database, kim: Agent) -> None:
    first = shipped_line(database)
    order = {"order_id": first.order_id}
    second = make(database, an_order_line, order_status="delivered", **order)
    requested(database, kim, wish(second, first))
    assert rows(database, "SELECT order_line_id, order_id FROM ticket") == [(None, first.order_id)]
    assert rows(database, "SELECT order_line_id FROM claim_line ORDER BY id") == [
        (first.id,),
        (second.id,),
    ]
