"""Couriers by their many names, and our own keys at them."""

import pytest

from ets_desktop.domain.couriers import Refined, courier_named, key_of, pickup_of


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("CJ 대한통운", "cj"),
        ("korex", "cj"),
        ("04", "cj"),
        ("HYUNDAI", "lotte"),
        ("08", "lotte"),
        ("KGB", "logen"),
        ("우체국택배", "epost"),
        ("004", "hanjin"),
        ("큐런", ""),
        ("", ""),
    ],
)
def test_old_and_foreign_names_lead_to_our_code(name: str, code: str) -> None:
    assert courier_named(name) == code


def test_a_key_leads_back_to_its_pickup_and_others_to_none() -> None:
    assert pickup_of(key_of(12)) == 12
    assert [pickup_of(key) for key in ("", "12", "ETS", "ETSx", "ETS²", "ETS" + "9" * 19)] == [
        None
    ] * 6


def test_routing_codes_are_kept_with_their_warnings() -> None:
    facts = Refined("5D32", "1g", warnings=("refine_may_be_late",)).facts()
    assert (facts["code"], facts["warnings"]) == ("5D32", ["refine_may_be_late"])
