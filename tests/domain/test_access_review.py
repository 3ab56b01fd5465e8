"""What stands out in a month of access."""

from typing import Any

from ets_desktop.domain.access_review import PersonMonth, Unusual, remarks


def a_person(login: str = "kim", **counts: int) -> PersonMonth:
    plain: dict[str, Any] = dict.fromkeys(PersonMonth.__dataclass_fields__, 0)
    return PersonMonth(**plain | {"login": login, "name": login} | counts)


def whys(*people: PersonMonth) -> list[tuple[str, Unusual, int]]:
    return [(one.login, one.why, one.count) for one in remarks(people, 100)]


def test_an_empty_month_has_nothing_to_remark() -> None:
    assert whys() == []
    assert whys(a_person()) == []


def test_three_times_what_the_others_look_at_stands_out_from_a_hundred_on() -> None:
    usual = [a_person(f"a{n}", looks=50) for n in range(3)]
    assert whys(*usual, a_person("much", looks=150)) == []
    assert whys(*usual, a_person("much", looks=151)) == [("much", Unusual.MANY_LOOKS, 151)]


def test_hours_exports_and_places_stand_out() -> None:
    person = a_person(outside=1, hourly_exports=10, most_exported=100, addresses=4)
    assert [why for _, why, _ in whys(person)] == [
        Unusual.OUTSIDE_HOURS,
        Unusual.MANY_EXPORTS,
        Unusual.MANY_PERSONS,
        Unusual.MANY_ADDRESSES,
    ]
    assert whys(a_person(hourly_exports=9, most_exported=99, addresses=3)) == []
