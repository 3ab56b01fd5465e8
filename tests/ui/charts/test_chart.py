"""A chart of the desk: loaded when seen, moved in place, told and chosen with mouse and keys."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ets_desktop.ui.charts.chart import BarChart, Chart, LineChart
from ets_desktop.ui.charts.legend import Legend
from ets_desktop.ui.charts.values import COUNT, SECONDS, Bar, Series
from ets_desktop.ui.charts.words import tip_words
from ets_desktop.ui.jobs import JobHub
from ets_desktop.ui.theme import Theme
from tests.ui.conftest import Steps

CALLS = Series("통화", (Bar("09:00", 12, "c0"), Bar("09:30", 8, "c1"), Bar("10:00", None, "c2")))
LOST = Series(
    "포기", (Bar("09:00", 1, "a0", note="2초 만에"), Bar("09:30", 0), Bar("10:00", 3, "a2"))
)
BOTH = (CALLS, LOST)

Shown = Callable[..., Any]


@pytest.fixture
def shown(steps: Steps, qtbot: QtBot) -> Shown:
    def show(chart: Chart, series: tuple[Series, ...] = BOTH) -> Chart:
        qtbot.addWidget(chart)
        chart.show_series(series)
        chart.resize(480, 260)
        with qtbot.waitExposed(chart):
            chart.show()
        steps.run()
        qtbot.waitUntil(lambda: chart._plot is not None, timeout=20_000)
        QApplication.processEvents()
        return chart

    return show


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    before = qapp.palette()
    theme = Theme(qapp, "light")
    yield theme
    qapp.setStyleSheet("")
    qapp.setPalette(before)
    theme.deleteLater()


def plot(chart: Chart) -> Any:
    assert chart._plot is not None
    return chart._plot


def where(chart: Chart, key: str) -> QPoint:
    """The middle of a bar, in the chart."""
    drawn = plot(chart)
    mark = next(mark for mark in drawn.marks if mark.bar.key == key)
    return drawn.mapTo(chart, drawn.where(mark).toPoint())


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def seen(chart: Chart, key: str) -> QColor:
    return picture(chart).pixelColor(where(chart, key))


def move_to(chart: Chart, place: QPoint) -> None:
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(chart.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(chart, event)


def press(chart: Chart, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(chart, key)


def test_a_window_with_charts_loads_no_library_before_one_is_seen() -> None:
    told = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from ets_desktop.ui.changes import ChangeBus\n"
        "from ets_desktop.ui.charts.chart import BarChart\n"
        "from ets_desktop.ui.jobs import JobHub\n"
        "chart = BarChart('통화', JobHub(ChangeBus()))\n"
        "chart.show_series(())\n"
        "assert not {'numpy', 'pyqtgraph'} & set(sys.modules)\n"
    )
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()


def test_it_is_there_before_its_plot_is(steps: Steps, qtbot: QtBot) -> None:
    chart = BarChart("통화·포기", steps.hub)
    qtbot.addWidget(chart)
    chart.show_series(BOTH)
    chart.show()
    assert chart._plot is None
    steps.run()
    qtbot.waitUntil(lambda: chart._plot is not None, timeout=20_000)
    first = plot(chart)
    chart.hide()
    chart.show()
    steps.run()
    assert plot(chart) is first


def test_without_values_it_says_so_and_draws_again_when_some_come(
    steps: Steps, shown: Shown
) -> None:
    chart = shown(BarChart("통화·포기", steps.hub), ())
    assert chart.message == "자료가 없습니다"
    chart.show_series((Series("통화", (Bar("09:00", None),)),))
    assert chart.message == "자료가 없습니다"
    chart.show_series(BOTH)
    assert chart.message == ""
    chart.show_series(())
    assert chart.accessibleDescription() == "자료가 없습니다"


def test_before_the_first_answer_it_claims_nothing(steps: Steps, qtbot: QtBot) -> None:
    chart = BarChart("통화·포기", steps.hub)
    qtbot.addWidget(chart)
    chart.show()
    steps.run()
    assert chart.message == ""


def test_new_values_move_what_is_there(steps: Steps, shown: Shown) -> None:
    chart = shown(BarChart("통화·포기", steps.hub))
    drawn, item, items = plot(chart), plot(chart)._item, len(plot(chart)._view.scene().items())
    heights = [mark.rect.height() for mark in drawn.marks]
    chart.show_series((Series("통화", (Bar("09:00", 6, "c0"), *CALLS.bars[1:])), LOST))
    assert (plot(chart), drawn._item) == (drawn, item)
    assert len(drawn._view.scene().items()) == items
    assert [mark.rect.height() for mark in drawn.marks] != heights


def test_the_same_values_again_change_nothing(steps: Steps, shown: Shown) -> None:
    chart = shown(BarChart("통화·포기", steps.hub))
    marks = plot(chart).marks
    chart.show_series(BOTH)
    assert plot(chart).marks is marks


def test_a_click_chooses_the_bar_below_it(steps: Steps, shown: Shown, qtbot: QtBot) -> None:
    chart = shown(BarChart("통화·포기", steps.hub, stacked=True))
    with qtbot.waitSignal(chart.bar_chosen, timeout=5_000) as chosen:
        QTest.mouseClick(
            chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where(chart, "c1")
        )
    assert chosen.args == ["c1"]


def test_what_cannot_be_chosen_is_not(steps: Steps, shown: Shown, qtbot: QtBot) -> None:
    chart = shown(BarChart("통화·포기", steps.hub))
    chart.setFocus()
    with qtbot.assertNotEmitted(chart.bar_chosen):
        # A bar without a key, the name of the chart, another button.
        press(chart, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return)
        no_key = Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, no_key, QPoint(5, 5))
        QTest.mouseClick(chart, Qt.MouseButton.RightButton, no_key, where(chart, "c1"))
    empty = shown(BarChart("빈", steps.hub), ())
    with qtbot.assertNotEmitted(empty.bar_chosen):
        QTest.mouseClick(empty, Qt.MouseButton.LeftButton)
        press(empty, Qt.Key.Key_Right, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ((), "c0"),
        ((Qt.Key.Key_Right,), "c1"),
        ((Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left), "c0"),
        ((Qt.Key.Key_Down,), "a0"),
        ((Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right), "a2"),
        ((Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up), "c0"),
        ((Qt.Key.Key_End,), "c1"),
        ((Qt.Key.Key_End, Qt.Key.Key_Home), "c0"),
        ((Qt.Key.Key_Left,), "c0"),
    ],
)
def test_arrows_go_from_bar_to_bar_and_enter_chooses(
    steps: Steps, shown: Shown, qtbot: QtBot, keys: tuple[Qt.Key, ...], key: str
) -> None:
    chart = shown(LineChart("통화·포기", steps.hub))
    chart.setFocus()
    press(chart, *keys)
    with qtbot.waitSignal(chart.bar_chosen, timeout=5_000) as chosen:
        press(chart, Qt.Key.Key_Return)
    assert chosen.args == [key]


def test_in_a_column_of_labels_down_is_on(steps: Steps, shown: Shown, qtbot: QtBot) -> None:
    chart = shown(BarChart("상담원별 완료", steps.hub, horizontal=True))
    chart.setFocus()
    press(chart, Qt.Key.Key_Down)
    with qtbot.waitSignal(chart.bar_chosen, timeout=5_000) as chosen:
        press(chart, Qt.Key.Key_Enter)
    assert chosen.args == ["c1"]


def test_other_keys_are_not_its_own(steps: Steps, shown: Shown) -> None:
    chart = shown(BarChart("통화·포기", steps.hub))
    chart.setFocus()
    press(chart, Qt.Key.Key_A)
    assert chart._place == (0, 0)


def test_the_keyboard_stays_where_it_was_when_values_move(
    steps: Steps, shown: Shown, qtbot: QtBot
) -> None:
    chart = shown(BarChart("통화·포기", steps.hub))
    chart.setFocus()
    press(chart, Qt.Key.Key_Right)
    chart.show_series((Series("통화", (Bar("09:00", 1, "c0"), Bar("09:30", 30, "c1"))),))
    assert chart.accessibleDescription() == "09:30 통화 30건"
    # Its bar is gone: nothing is chosen by chance.
    chart.show_series((Series("통화", (Bar("09:00", 1, "c0"),)),))
    with qtbot.assertNotEmitted(chart.bar_chosen):
        press(chart, Qt.Key.Key_Return)


def test_the_keyboard_goes_with_its_bar_when_bars_change_places(
    steps: Steps, shown: Shown, qtbot: QtBot
) -> None:
    kim, lee, park = (Bar(name, 3, name) for name in ("김상담", "이친절", "박미소"))
    chart = shown(BarChart("상담원별 완료", steps.hub, horizontal=True))
    chart.show_series((Series("완료", (kim, lee)),))
    chart.setFocus()
    press(chart, Qt.Key.Key_Home, Qt.Key.Key_Down)
    assert chart.accessibleDescription() == "이친절 완료 3건"
    chart.show_series((Series("완료", (park, lee, kim)),))
    chart.show_series((Series("완료", (lee, park, kim)),))
    assert chart.accessibleDescription() == "이친절 완료 3건"
    with qtbot.waitSignal(chart.bar_chosen, timeout=5_000) as chosen:
        press(chart, Qt.Key.Key_Return)
    assert chosen.args == ["이친절"]
    # Another one in its place is not what the keyboard came to.
    chart.show_series((Series("완료", (park, kim)),))
    with qtbot.assertNotEmitted(chart.bar_chosen):
        press(chart, Qt.Key.Key_Return)


def test_the_keyboard_keeps_to_its_place_among_bars_that_open_nothing(
    steps: Steps, shown: Shown
) -> None:
    chart = shown(BarChart("응답", steps.hub))
    chart.show_series((Series("응답", (Bar("1일", 1), Bar("2일", 2))),))
    chart.setFocus()
    press(chart, Qt.Key.Key_Home, Qt.Key.Key_Right)
    chart.show_series((Series("응답", (Bar("2일", 2), Bar("3일", 3))),))
    assert chart.accessibleDescription() == "3일 응답 3건"
    chart.show_series(())
    chart.show_series((Series("응답", (Bar("1일", 1),)),))
    press(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription() == "1일 응답 1건"


def test_whoever_cannot_see_it_is_told_its_values(steps: Steps, shown: Shown, qtbot: QtBot) -> None:
    QAccessible.setActive(True)
    try:
        chart = shown(LineChart("응답시간", steps.hub, unit=SECONDS))
        assert chart.accessibleName() == "응답시간"
        chart.clearFocus()
        assert chart.accessibleDescription() == (
            "통화: 09:00 12초, 09:30 8초; 포기: 09:00 1초, 09:30 0초, 10:00 3초"
        )
        chart.setFocus()
        press(chart, Qt.Key.Key_Right)
        assert chart.accessibleDescription() == "09:30 통화 8초"
        chart.clearFocus()
        assert chart.accessibleDescription().startswith("통화: ")
    finally:
        QAccessible.setActive(False)


def test_the_mouse_is_told_what_it_is_over(steps: Steps, shown: Shown, qtbot: QtBot) -> None:
    chart = shown(BarChart("통화·포기", steps.hub))
    move_to(chart, where(chart, "a0"))
    qtbot.waitUntil(QToolTip.isVisible, timeout=10_000)
    assert QToolTip.text() == "09:00\n통화  12건\n포기  1건\n2초 만에"
    assert chart.cursor().shape() == Qt.CursorShape.PointingHandCursor
    move_to(chart, where(chart, "a0") + QPoint(1, 0))
    move_to(chart, QPoint(3, 3))
    assert chart.cursor().shape() == Qt.CursorShape.ArrowCursor
    QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
    assert chart._hovered is None


def test_a_day_of_the_other_period_is_named(steps: Steps, shown: Shown) -> None:
    now = Series("이번 기간", (Bar("11-02", 4, 1), Bar("11-03", 5, 2)))
    before = Series("이전 기간", (Bar("10-02", 3, 3),))
    chart = shown(LineChart("접수", steps.hub), (now, before))
    first, second = plot(chart).marks[:2]
    told = "11-02\n이번 기간  4건\n이전 기간 (10-02)  3건"
    assert tip_words(chart.series, COUNT, first) == told
    assert tip_words(chart.series, COUNT, second) == "11-03\n이번 기간  5건"


def test_the_bar_whose_list_is_shown_is_framed(steps: Steps, shown: Shown) -> None:
    chart = BarChart("통화·포기", steps.hub)
    chart.mark_chosen("c0")
    shown(chart)
    framed = picture(chart)
    chart.mark_chosen(None)
    assert picture(chart) != framed


def test_the_legend_tells_several_series_apart(steps: Steps, shown: Shown) -> None:
    chart = shown(BarChart("통화·포기", steps.hub))
    legend = chart.findChild(Legend)
    assert legend is not None
    assert legend.names == ("통화", "포기")
    calm = legend.grab().toImage()
    late = tuple(replace(bar, alarming=True) for bar in LOST.bars)
    chart.show_series((CALLS, Series("포기", late)))
    assert legend.grab().toImage() != calm
    chart.show_series((CALLS,))
    assert legend.names == ()
    chart.show_note("상위 12명")
    assert chart._note.text() == "상위 12명"


@pytest.mark.parametrize("stacked", [True, False])
@pytest.mark.parametrize("horizontal", [True, False])
def test_series_differ_by_more_than_colour(
    steps: Steps, shown: Shown, stacked: bool, horizontal: bool
) -> None:
    """In grey, a solid bar and a hatched one are still two."""
    five = tuple(Series(f"{n}", (Bar("a", 100, f"k{n}"), Bar("b", 90))) for n in range(5))
    chart = shown(BarChart("다섯", steps.hub, stacked=stacked, horizontal=horizontal), five)
    chart.resize(1200, 700)
    QApplication.processEvents()
    grey = picture(chart).convertToFormat(QImage.Format.Format_Grayscale8)
    looks = set()
    for number in range(5):
        middle = where(chart, f"k{number}")
        around = [
            grey.pixelColor(middle + QPoint(x, y)).red() for x in range(-6, 7) for y in range(-6, 7)
        ]
        looks.add(tuple(around))
    assert len(looks) == 5


def test_an_alarming_bar_is_red_and_hatched(steps: Steps, shown: Shown, theme: Theme) -> None:
    calm = shown(BarChart("미완료 경과", steps.hub), (Series("", (Bar("3일+", 9, "k"),)),))
    before = seen(calm, "k")
    calm.show_series((Series("", (Bar("3일+", 9, "k", alarming=True),)),))
    assert seen(calm, "k") != before
    around = {picture(calm).pixelColor(where(calm, "k") + QPoint(x, 0)).rgb() for x in range(-6, 7)}
    assert len(around) > 1


def test_it_follows_the_theme(steps: Steps, shown: Shown, theme: Theme, qtbot: QtBot) -> None:
    chart = shown(BarChart("통화·포기", steps.hub))
    corner = QPoint(chart.width() - 20, where(chart, "c1").y() - 60)
    light = picture(chart).pixelColor(corner).lightness()
    theme.choose("dark")
    qtbot.waitUntil(lambda: picture(chart).pixelColor(corner).lightness() < 90 < light)


def test_many_points_are_a_line_alone(steps: Steps, shown: Shown) -> None:
    year = tuple(Bar(f"{n}일", n % 7, n) for n in range(365))
    chart = shown(LineChart("접수", steps.hub), (Series("접수", year),))
    assert picture(chart).width() == chart.width()
    assert len(plot(chart).marks) == 365


def test_a_smaller_window_moves_bars_and_labels(steps: Steps, shown: Shown) -> None:
    chart = shown(BarChart("통화·포기", steps.hub))
    before = plot(chart).marks[0].rect
    chart.resize(200, 120)
    QApplication.processEvents()
    assert plot(chart).marks[0].rect != before
    assert picture(chart).width() == 200


def test_a_library_once_loaded_is_not_collected_over_and_over(changes: Any, qtbot: QtBot) -> None:
    hub = JobHub(changes)
    try:
        spared: list[bool] = []
        assert hub.garbage is not None
        hub.garbage.spare_what_is_there = lambda: spared.append(True)  # type: ignore[method-assign]
        chart = BarChart("통화·포기", hub)
        qtbot.addWidget(chart)
        chart.show_series(BOTH)
        chart.show()
        qtbot.waitUntil(lambda: chart._plot is not None, timeout=30_000)
        assert spared == [True]
    finally:
        hub.shutdown()


def test_nothing_is_hit_before_the_plot_is_there(steps: Steps, qtbot: QtBot) -> None:
    chart = BarChart("통화·포기", steps.hub)
    qtbot.addWidget(chart)
    chart.show_series(BOTH)
    chart.show()
    move_to(chart, QPoint(40, 40))
    chart.setFocus()
    press(chart, Qt.Key.Key_Right)
    assert chart._hovered is None


def test_a_chart_that_is_gone_before_its_turn_is_passed_over(steps: Steps, qtbot: QtBot) -> None:
    gone, stays = BarChart("하나", steps.hub), BarChart("둘", steps.hub)
    qtbot.addWidget(stays)
    for each in (gone, stays):
        each.show_series(BOTH)
        each.show()
    steps.run()
    delete(gone)
    qtbot.waitUntil(lambda: stays._plot is not None, timeout=20_000)
