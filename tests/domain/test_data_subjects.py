"""How many people a list is about."""

from dataclasses import dataclass

from ets_desktop.domain.data_subjects import count_subjects


@dataclass
class Row:
    customer_id: int | None = None
    customer: str = ""
    orderer: str = ""
    recipient: str = ""
    phone: str = ""


def test_a_registered_customer_is_one_however_often() -> None:
    rows = [Row(1, "김정민", phone="1"), Row(1, "김정민", phone="2"), Row(2, "김정민")]
    assert count_subjects(rows) == 2


def test_orderer_and_recipient_are_two_and_one_who_orders_for_oneself_is_one() -> None:
    assert count_subjects([Row(orderer="김정민", recipient="이수취")]) == 2
    assert count_subjects([Row(orderer="김정민", recipient="김정민")]) == 1


def test_two_of_the_same_name_differ_by_their_numbers() -> None:
    rows = [Row(customer="김정민", phone="1"), Row(customer="김정민", phone="2")]
    assert count_subjects(rows) == 2


def test_a_number_alone_is_somebody_and_goods_are_nobody() -> None:
    assert count_subjects([Row(phone="1"), Row(phone="1"), Row()]) == 1
    assert count_subjects([]) == 0
