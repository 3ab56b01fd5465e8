"""Jobs: newest read wins, one write at a time, no news lost with a closed screen."""

from collections.abc import Callable
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.domain.topics import Done, Topic
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.jobs import WORKERS, CancelToken, JobHub, JobRunner


@pytest.fixture
def owner(qapp: QObject) -> QObject:
    return QObject()


@pytest.fixture
def runner(steps, owner: QObject) -> JobRunner:
    return JobRunner(steps.hub, owner)


def fail(error: Exception) -> None:
    raise error


def close(owner: QObject, qtbot: QtBot) -> None:
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()


def test_the_newest_read_of_a_lane_wins_even_if_the_older_ends_last(steps, runner) -> None:
    told: list[str] = []
    runner.read(str, 1, on_done=told.append)
    runner.read(str, 2, on_done=told.append)
    steps.run_next(1)
    steps.run_next(0)
    assert told == ["2"]


def test_lanes_do_not_disturb_each_other(steps, runner) -> None:
    told: list[str] = []
    runner.read(str, 1, on_done=told.append, lane="rows")
    runner.read(str, 2, on_done=told.append, lane="counts")
    steps.run()
    assert told == ["1", "2"]


def test_an_older_read_is_asked_to_stop(steps, runner) -> None:
    tokens: list[CancelToken] = []
    runner.read_stoppable(tokens.append, on_done=print)
    steps.pool.run()
    runner.read_stoppable(tokens.append, on_done=print)
    steps.hub.deliver_one()
    steps.run()
    assert [token.cancelled for token in tokens] == [True, False]


def test_a_read_stopped_before_it_began_never_runs(steps, runner) -> None:
    ran: list[int] = []
    runner.read(ran.append, 1, on_done=print)
    runner.stop()
    steps.run()
    assert ran == []
    assert not runner.is_reading()


def test_the_error_of_a_stopped_read_is_not_told(steps, runner, qtbot: QtBot) -> None:
    runner.read(fail, ValueError("statement cancelled"), on_done=print)
    with qtbot.assertNotEmitted(steps.hub.bug_found):
        steps.pool.run()
        runner.stop()
        steps.hub.deliver_one()


def test_a_second_write_is_refused_while_one_runs(steps, runner) -> None:
    ran: list[int] = []
    assert runner.write(ran.append, 1)
    assert not runner.write(ran.append, 2)
    steps.run()
    assert runner.write(ran.append, 3)
    steps.run()
    assert ran == [1, 3]


def test_a_write_may_follow_from_the_answer_of_the_first(steps, runner) -> None:
    ran: list[str] = []

    def on_done(_: object) -> None:
        assert runner.write(ran.append, "second")

    runner.write(ran.append, "first", on_done=on_done)
    steps.run()
    assert ran == ["first", "second"]


def test_writing_is_told_at_both_ends(steps, runner) -> None:
    states: list[bool] = []
    runner.writing_changed.connect(states.append)
    runner.write(fail, RuleViolation("not_allowed"), on_error=print)
    steps.run()
    assert states == [True, False]


def test_a_known_error_is_told_where_it_happened(steps, runner) -> None:
    told: list[EtsError] = []
    error = RuleViolation("not_allowed")
    runner.read(fail, error, on_done=print, on_error=told.append)
    steps.run()
    assert told == [error]


def test_a_known_error_nobody_takes_goes_to_the_status_line(steps, runner, qtbot: QtBot) -> None:
    runner.read(fail, RuleViolation("not_allowed"), on_done=print)
    with qtbot.waitSignal(steps.hub.error_untold):
        steps.run()


def test_any_other_exception_is_a_bug(steps, runner, qtbot: QtBot) -> None:
    told: list[EtsError] = []
    runner.write(fail, ZeroDivisionError(), on_error=told.append)
    with qtbot.waitSignal(steps.hub.bug_found):
        steps.run()
    assert told == []
    assert not runner.is_writing


def test_a_closed_screen_hears_nothing(steps, runner, owner, qtbot: QtBot) -> None:
    told: list[str] = []
    runner.read(str, 1, on_done=told.append)
    close(owner, qtbot)
    steps.run()
    assert told == []


def test_a_closed_screen_does_not_swallow_the_news_of_its_write(
    steps, runner, owner, changes: ChangeBus, qtbot: QtBot
) -> None:
    touched = frozenset({Topic("ticket/7")})
    runner.write(Done, None, touched)
    close(owner, qtbot)
    with qtbot.waitSignal(changes.touched) as heard:
        steps.run()
    assert heard.args == [touched]


def test_a_closed_screen_does_not_swallow_the_failure_of_its_write(
    steps, runner, owner, qtbot: QtBot
) -> None:
    runner.write(fail, RuleViolation("not_allowed"), on_error=print)
    close(owner, qtbot)
    with qtbot.waitSignal(steps.hub.error_untold):
        steps.run()


def test_open_screens_hear_of_a_write_before_its_own_screen_goes_on(
    steps, runner, changes: ChangeBus
) -> None:
    order: list[str] = []
    changes.touched.connect(lambda _: order.append("bus"))
    done: Callable[[object], None] = lambda _: order.append("screen")  # noqa: E731
    runner.write(Done, None, frozenset({Topic("ticket/7")}), on_done=done)
    steps.run()
    assert order == ["bus", "screen"]


def test_shutdown_lets_writes_end_and_tells_their_news(
    steps, runner, changes: ChangeBus, qtbot: QtBot
) -> None:
    runner.write(Done, None, frozenset({Topic("ticket/7")}))
    with qtbot.waitSignal(changes.touched):
        assert steps.hub.shutdown()
    assert not steps.hub.is_busy


def test_a_read_which_the_shutdown_cancels_is_told_to_nobody(steps, runner) -> None:
    told: list[object] = []
    runner.read(str, 1, on_done=told.append)
    steps.hub.shutdown()
    assert told == []


def test_after_shutdown_nothing_starts(steps, runner) -> None:
    steps.hub.shutdown()
    assert not runner.write(print)
    runner.read(print, on_done=print)
    assert steps.waiting == 0
    assert not runner.is_reading()


def test_results_come_back_on_the_gui_thread(qapp, changes: ChangeBus, qtbot: QtBot) -> None:
    hub = JobHub(changes)
    runner = JobRunner(hub, changes)
    threads: list[object] = []

    def on_done(worker: object) -> None:
        threads.extend((worker, current_thread()))

    runner.read(current_thread, on_done=on_done)
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] is not main_thread()
    assert threads[1] is main_thread()
    assert hub.shutdown()


def test_a_cancel_callback_added_too_late_runs_at_once_and_none_runs_after_the_end() -> None:
    token, ran = CancelToken(), []
    token.on_cancel(lambda: ran.append("before"))
    token.forget()
    token.cancel()
    assert ran == []
    token.on_cancel(lambda: ran.append("late"))
    assert ran == ["late"]


def test_what_is_on_this_pc_comes_while_every_worker_waits_for_the_database(
    owner: QObject, changes: ChangeBus, qtbot: QtBot
) -> None:
    hub = JobHub(changes)
    runner, silence, told = JobRunner(hub, owner), Event(), list[int]()
    try:
        for lane in range(WORKERS + 1):
            runner.read(silence.wait, 30.0, on_done=print, lane=str(lane))
        runner.read_local(int, "7", on_done=told.append, lane="left")
        qtbot.waitUntil(lambda: told == [7])
    finally:
        silence.set()
        hub.shutdown()
