"""How values read: whole numbers, seconds and minutes as people say them."""

import pytest

from ets_desktop.ui.charts.values import COUNT, MINUTES, PERCENT, SECONDS, Unit


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (COUNT, 1234, "1,234건"),
        (SECONDS, 0, "0초"),
        (SECONDS, 45.4, "45초"),
        (SECONDS, 120, "2분"),
        (SECONDS, 150, "2분 30초"),
        (SECONDS, 3900, "1시간 5분"),
        (MINUTES, 0, "0분"),
        (MINUTES, 90, "1시간 30분"),
        (MINUTES, 2880, "2일"),
        (MINUTES, 3070, "2일 3시간"),
        (PERCENT, 95, "95%"),
        (PERCENT, 95.25, "95.2%"),
    ],
)
def test_a_value_reads_as_people_say_it(unit: Unit, value: float, text: str) -> None:
    assert unit.told(value) == text


def test_a_tick_of_a_count_is_a_plain_number() -> None:
    assert COUNT.tick(1234) == "1,234"
