"""Postage of a claim, refunds and differences, in whole KRW."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ets_desktop.domain.claim_fees import (
    EXCHANGE_FEE,
    RETURN_FEE,
    FeeMethod,
    default_fee,
    open_fee,
    payer_of,
    settle,
    share_of,
)
from ets_desktop.domain.claims import ClaimType, Fault

CUSTOMER, SELLER = Fault.CUSTOMER, Fault.SELLER


def test_whose_fault_it_is_pays_unless_the_desk_says_otherwise() -> None:
    assert payer_of("change_of_mind") is CUSTOMER
    assert payer_of("faulty") is SELLER
    assert payer_of("lost") is Fault.COURIER
    assert payer_of("other") is CUSTOMER
    assert payer_of("faulty", CUSTOMER) is CUSTOMER


@pytest.mark.parametrize(
    ("claim_type", "payer", "fee"),
    [
        (ClaimType.RETURN, CUSTOMER, RETURN_FEE),
        (ClaimType.EXCHANGE_SAME, CUSTOMER, EXCHANGE_FEE),
        (ClaimType.SWAP, SELLER, 0),
        (ClaimType.CANCEL, CUSTOMER, 0),
        (ClaimType.NOT_DELIVERED, CUSTOMER, 0),
    ],
)
def test_the_postage_that_is_proposed(claim_type: ClaimType, payer: Fault, fee: int) -> None:
    assert default_fee(claim_type, payer) == fee


@pytest.mark.parametrize(
    ("method", "payer", "owed"),
    [
        (FeeMethod.UNPAID, CUSTOMER, 3_000),
        (FeeMethod.ENCLOSED, CUSTOMER, 0),
        (FeeMethod.ON_SITE, CUSTOMER, 0),
        (FeeMethod.TRANSFER, CUSTOMER, 0),
        (FeeMethod.UNPAID, SELLER, 0),
        (None, SELLER, 0),
    ],
)
def test_only_what_is_not_paid_yet_is_owed(
    method: FeeMethod | None, payer: Fault, owed: int
) -> None:
    assert open_fee(3_000, payer, method) == owed


@pytest.mark.parametrize(
    ("claim_type", "goods", "exchange", "method", "refund", "due", "difference"),
    [
        (ClaimType.RETURN, 37_000, 0, FeeMethod.UNPAID, 34_000, 0, 0),
        (ClaimType.RETURN, 37_000, 0, FeeMethod.ENCLOSED, 37_000, 0, 0),
        (ClaimType.RETURN, 2_000, 0, FeeMethod.UNPAID, 0, 1_000, 0),
        (ClaimType.EXCHANGE_SAME, 37_000, 37_000, FeeMethod.UNPAID, 0, 3_000, 0),
        (ClaimType.EXCHANGE_OTHER, 37_000, 50_000, FeeMethod.ENCLOSED, 0, 13_000, 13_000),
        (ClaimType.EXCHANGE_OTHER, 37_000, 30_000, FeeMethod.UNPAID, 4_000, 0, -7_000),
        (ClaimType.COLLECT_ONLY, 37_000, 0, FeeMethod.UNPAID, 0, 3_000, 0),
        (ClaimType.CANCEL, 37_000, 0, None, 37_000, 0, 0),
    ],
)
def test_what_a_claim_comes_to(
    claim_type: ClaimType,
    goods: int,
    exchange: int,
    method: FeeMethod | None,
    refund: int,
    due: int,
    difference: int,
) -> None:
    total = settle(claim_type, goods, exchange, 3_000, CUSTOMER, method)
    assert (total.refund, total.due, total.difference) == (refund, due, difference)


def test_the_shops_postage_is_nobodys_refund() -> None:
    total = settle(ClaimType.RETURN, 37_000, 0, 3_000, SELLER, FeeMethod.UNPAID)
    assert (total.fee, total.deducted, total.refund) == (0, 0, 37_000)


@given(
    whole=st.integers(0, 10**9),
    parts=st.lists(st.integers(1, 50), min_size=1, max_size=20),
)
def test_the_shares_of_all_pieces_are_the_whole(whole: int, parts: list[int]) -> None:
    bought, taken, shares = sum(parts), 0, []
    for part in parts:
        shares.append(share_of(whole, bought, taken, part))
        taken += part
    assert sum(shares) == whole
    assert min(shares) >= 0


@given(
    goods=st.integers(0, 10**8),
    exchange=st.integers(0, 10**8),
    fee=st.integers(0, 10**6),
    claim_type=st.sampled_from(ClaimType),
    method=st.sampled_from(FeeMethod),
)
def test_money_never_vanishes(
    goods: int, exchange: int, fee: int, claim_type: ClaimType, method: FeeMethod
) -> None:
    total = settle(claim_type, goods, exchange, fee, CUSTOMER, method)
    assert min(total.refund, total.due, total.deducted) >= 0
    assert total.deducted <= fee
    assert total.refund <= goods
    owed = open_fee(fee, CUSTOMER, method)
    assert total.deducted + total.due == owed + max(total.difference, 0)
