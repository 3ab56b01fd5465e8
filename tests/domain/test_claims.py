"""Steps, decisions and reasons of claims."""

from itertools import product

import pytest

from ets_desktop.domain.claims import (
    CLOSED,
    REASONS,
    WITHOUT_GOODS,
    ClaimType,
    Decision,
    Fault,
    Instruction,
    Step,
    claim_step,
    decisions_for,
    instructions_for,
    is_shipped,
    next_steps,
    takes,
)


@pytest.mark.parametrize("claim_type", ClaimType)
def test_every_step_leads_to_an_end(claim_type: ClaimType) -> None:
    reached, ahead = {Step.REQUESTED}, [Step.REQUESTED]
    while ahead:
        new = next_steps(claim_type, ahead.pop()) - reached
        reached |= new
        ahead += new
    assert reached >= CLOSED
    assert all(next_steps(claim_type, step) for step in reached - CLOSED)
    assert not any(next_steps(claim_type, step) for step in CLOSED)
    assert (Step.PICKUP_ORDERED in reached) is (claim_type not in WITHOUT_GOODS)


def test_what_is_on_its_way_cannot_be_withdrawn() -> None:
    assert Step.WITHDRAWN in next_steps(ClaimType.RETURN, Step.PICKUP_FAILED)
    assert next_steps(ClaimType.RETURN, Step.COLLECTING) == {Step.ARRIVED}


@pytest.mark.parametrize(
    ("steps", "stands"),
    [
        ([Step.ARRIVED, Step.COLLECTING], Step.COLLECTING),
        ([Step.DONE, Step.INSPECTED], Step.INSPECTED),
        ([Step.ACCEPTED, Step.PICKUP_FAILED], Step.PICKUP_FAILED),
        ([Step.WITHDRAWN, Step.DONE], Step.DONE),
        ([Step.WITHDRAWN, Step.REJECTED], Step.REJECTED),
    ],
)
def test_a_claim_stands_where_its_hindmost_open_line_stands(
    steps: list[Step], stands: Step
) -> None:
    assert claim_step(steps) is stands


@pytest.mark.parametrize(
    ("claim_type", "step", "decision", "counts"),
    [
        (ClaimType.RETURN, Step.COLLECTING, None, True),
        (ClaimType.RETURN, Step.WITHDRAWN, None, False),
        (ClaimType.RETURN, Step.REJECTED, None, False),
        (ClaimType.RETURN, Step.DONE, Decision.REFUND, True),
        (ClaimType.RETURN, Step.DONE, Decision.SEND_BACK, False),
        (ClaimType.EXCHANGE_SAME, Step.DONE, Decision.EXCHANGE, False),
        (ClaimType.EXCHANGE_OTHER, Step.DONE, Decision.EXCHANGE, True),
        (ClaimType.COLLECT_ONLY, Step.DONE, Decision.STOCK, True),
    ],
)
def test_what_the_customer_has_again_may_be_claimed_again(
    claim_type: ClaimType, step: Step, decision: Decision | None, counts: bool
) -> None:
    assert takes(claim_type, step, decision) is counts


@pytest.mark.parametrize(("claim_type", "decision"), list(product(ClaimType, Decision)))
def test_every_allowed_decision_tells_somebody(claim_type: ClaimType, decision: Decision) -> None:
    if decision in decisions_for(claim_type):
        assert instructions_for(claim_type, decision)


def test_a_refund_is_told_to_the_stock_and_to_accounting() -> None:
    told = instructions_for(ClaimType.RETURN, Decision.REFUND)
    assert told == (Instruction.STOCK_IN, Instruction.REFUND)
    assert instructions_for(ClaimType.SWAP, Decision.EXCHANGE) == (Instruction.STOCK_IN,)


def test_what_left_the_house_is_shipped() -> None:
    assert [is_shipped(one) for one in ("shipping", "delivered", "confirmed")] == [True] * 3
    assert [is_shipped(one) for one in ("paid", "ready_to_ship", "cancelled")] == [False] * 3


def test_reasons_say_whose_fault_it_is() -> None:
    assert REASONS["change_of_mind"] is Fault.CUSTOMER
    assert REASONS["damaged"] is Fault.SELLER
    assert REASONS["other"] is None
