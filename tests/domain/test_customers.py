"""What a customer's card needs and where it refuses."""

from uuid import UUID

import pytest

from ets_desktop.domain.customers import (
    AddressForm,
    CustomerForm,
    amount_of,
    check_customer,
    newcomer_id,
    refusal_to_merge,
    tidy_address,
    tidy_customer,
)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("", 0),
        (" ", 0),
        ("0", 0),
        ("1500", 1500),
        ("1,500", 1500),
        ("1,500원", 1500),
        ("12,345,678 원", 12345678),
        ("1,50", None),
        ("-5", None),
        ("1.5", None),
        ("일억", None),
        ("٣", None),
        ("٣원", None),
        ("9" * 13, None),
    ],
)
def test_an_amount_is_whole_won(typed: str, amount: int | None) -> None:
    assert amount_of(typed) == amount


def test_a_reason_without_a_warning_is_dropped() -> None:
    form = CustomerForm(
        " 김  정민 ", flagged_reason="폭언", coupon=" 감사  쿠폰 ", introducer="박 "
    )
    tidy = tidy_customer(form)
    assert (tidy.name, tidy.flagged_reason, tidy.coupon) == ("김 정민", "", "감사 쿠폰")
    assert tidy_address(AddressForm(" 물빛로  1 ")).address == "물빛로 1"


def test_every_fault_is_told_at_once() -> None:
    form = CustomerForm("", flagged=True, introducer="가" * 101, cashback=-1)
    assert [(fault.field, fault.code) for fault in check_customer(form)] == [
        ("name", "needs_name"),
        ("flagged_reason", "needs_flagged_reason"),
        ("introducer", "text_too_long"),
        ("cashback", "no_amount"),
    ]


def test_nobody_is_merged_with_themselves() -> None:
    assert refusal_to_merge(7, 7) == "merge_with_itself"
    assert refusal_to_merge(7, 8) is None


def test_the_same_name_in_the_same_form_is_the_same_newcomer() -> None:
    form = UUID(int=1)
    assert newcomer_id(form, "김정민") == newcomer_id(form, " 김정민 ")
    assert newcomer_id(form, "김정민") != newcomer_id(form, "김정미")
    assert newcomer_id(form, "김정민") != newcomer_id(UUID(int=2), "김정민")
