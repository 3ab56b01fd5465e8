"""Registered customers as rows for COPY: people of the crowd with their numbers as typed."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from ets_desktop.demo import words
from ets_desktop.demo.crowd import Crowd
from ets_desktop.domain.hangul import initials
from ets_desktop.domain.phone import display, kind

CUSTOMER_COLUMNS = (
    "id, name, initials, grade, flagged, flagged_reason, login_id, zipcode, address,"
    " last_contact_at, created_at, address_kind, occupation, coupon, cashback, mailing, introducer"
)
ADDRESS_COLUMNS = "customer_id, kind, zipcode, address, captured_at"
PHONE_COLUMNS = "customer_id, typed, digits, kind, captured_at"
BATCH = 20_000
_ADDRESS_KINDS = ("home",) * 6 + ("work",) * 2 + ("other", "")
_GRADES = ("normal",) * 70 + ("silver",) * 18 + ("gold",) * 9 + ("vip",) * 3


def batches(
    seed: int, crowd: Crowd, count: int, first_id: int, now: datetime
) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Rows of customers, their phones and further addresses, in COPY's text form: person n gets id
    first + n."""
    rng = random.Random(f"{seed}/customers")
    customers: list[str] = []
    phones: list[str] = []
    addresses: list[str] = []
    for person in range(count):
        customers.append(_customer(rng, crowd, person, first_id, now))
        phones.extend(_phones(crowd, person, first_id + person, now))
        if person % 20 == 7:
            addresses.append(_address(crowd, person, first_id + person, now))
        if len(customers) == BATCH or person + 1 == count:
            yield "".join(customers).encode(), "".join(phones).encode(), "".join(addresses).encode()
            customers, phones, addresses = [], [], []


def typed_forms(digits: str) -> list[str]:
    """`digits` in the ways people write a number down (spec 40, Numbers)."""
    shown = display(digits)
    return [
        shown,
        digits,
        shown.replace("-", " "),
        shown.replace("-", "."),
        f"+82 {shown[1:]}",
        f"+82{digits[1:]}",
        f"0082-{shown[1:]}",
        f"82{digits[1:]}",
        f" {shown} ",
    ]


def _customer(rng: random.Random, crowd: Crowd, person: int, first_id: int, now: datetime) -> str:
    # Nobody registers under a masked name: the agent asks.
    name = crowd.name(person).replace("*", "정")
    flagged = rng.random() < 0.004
    reason = rng.choice(words.FLAG_REASONS) if flagged else ""
    contact = now - timedelta(minutes=int(rng.random() ** 2 * 400_000))
    last_contact = contact.isoformat() if rng.random() < 0.4 else "\\N"
    created_at = (contact - timedelta(days=30)).isoformat()
    return (
        f"{first_id + person}\t{name}\t{initials(name)}\t{_GRADES[int(rng.random() * 100)]}"
        f"\t{'t' if flagged else 'f'}\t{reason}\tuser{person}\t{crowd.zipcode(person)}"
        f"\t{crowd.address(person)}\t{last_contact}\t{created_at}\t{_card(person, first_id)}\n"
    )


def _card(person: int, first_id: int) -> str:
    """What a shop knows of some of its customers."""
    occupation = words.OCCUPATIONS[person * 13 % len(words.OCCUPATIONS)] if person % 2 else ""
    coupon = words.COUPONS[person % len(words.COUPONS)] if person % 9 == 0 else ""
    cashback = person * 173 % 400 * 50 if person % 3 == 0 else 0
    introducer = f"C{first_id + person // 3:09d}" if person % 17 == 5 else ""
    return (
        f"{_ADDRESS_KINDS[person % 10]}\t{occupation}\t{coupon}\t{cashback}"
        f"\t{'t' if person % 3 else 'f'}\t{introducer}"
    )


def _address(crowd: Crowd, person: int, id_: int, now: datetime) -> str:
    """Where somebody has parcels sent besides."""
    place, captured = person * 3 + 1, now - timedelta(days=person % 300)
    return (
        f"{id_}\t{'work' if person % 3 else 'other'}\t{crowd.zipcode(place)}"
        f"\t{crowd.address(place)}\t{captured.isoformat()}\n"
    )


def _phones(crowd: Crowd, person: int, id_: int, now: datetime) -> Iterator[str]:
    for digits in filter(None, (crowd.phone(person), crowd.second_phone(person))):
        forms = typed_forms(digits)
        yield f"{id_}\t{forms[person % len(forms)]}\t{digits}\t{kind(digits)}\t{now.isoformat()}\n"
    if person % 25 == 3:
        # Some of them have expired.
        digits, captured = crowd.safe_number(person), now - timedelta(days=person % 61)
        yield f"{id_}\t{display(digits)}\t{digits}\tsafe\t{captured.isoformat()}\n"
