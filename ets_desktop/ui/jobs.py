"""Work off the GUI thread: one program-long JobHub, one JobRunner a screen.

The hub outlives every screen because the object whose signal a worker emits must not die with
the screen that asked (design, traps). Workers only put their outcome in a queue; everything
else here runs on the GUI thread.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import Any, Protocol, TypeVar, TypeVarTuple

from PySide6.QtCore import QObject, QThread, QThreadPool, Signal, Slot
from shiboken6 import isValid

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import Done
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.garbage import GarbageCollector

Value = TypeVar("Value")
Args = TypeVarTuple("Args")

#: Worker threads; the database pool holds as many connections.
WORKERS = 6


class CancelToken:
    """Tells a running job that nobody waits for it any more. Thread-safe, one way."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._callbacks: list[Callable[[], None]] = []
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def on_cancel(self, callback: Callable[[], None]) -> None:
        """Run `callback` once on cancel (at once if that was before); it must be quick."""
        with self._lock:
            if not self._cancelled:
                self._callbacks.append(callback)
                return
        callback()

    def forget(self) -> None:
        """The job's work is over: a later cancel must not touch what it used."""
        with self._lock:
            self._callbacks.clear()

    def cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()


class Pool(Protocol):
    """What runs the jobs: threads in the program, steps in a test."""

    def start(self, work: Callable[[], None]) -> None: ...

    def wait(self, milliseconds: int) -> bool: ...


class ThreadedPool:
    """The hub's own threads, so that nothing else in Qt can starve them."""

    def __init__(self, threads: int = WORKERS) -> None:
        self._threads = QThreadPool()
        self._threads.setMaxThreadCount(threads)
        self._threads.setExpiryTimeout(-1)
        self._threads.setThreadPriority(QThread.Priority.LowPriority)

    def start(self, work: Callable[[], None]) -> None:
        self._threads.start(work)

    def wait(self, milliseconds: int) -> bool:
        return self._threads.waitForDone(milliseconds)


@dataclass(eq=False)
class _Job:
    runner: "JobRunner"
    work: Callable[[], Any]
    on_done: Callable[[Any], object] | None
    on_error: Callable[[EtsError], object] | None
    writes: bool
    lane: str
    #: Of this PC's disk: no database that does not answer keeps it waiting.
    is_local: bool = False
    cancel: CancelToken = field(default_factory=CancelToken)
    value: Any = None
    error: Exception | None = None


class JobHub(QObject):
    """Runs jobs and brings their outcome back to the GUI thread; lives as long as the program."""

    #: A known error that no screen took: shown in the status line.
    error_untold = Signal(object)
    #: Any other exception: a bug, shown by the crash dialog.
    bug_found = Signal(object)
    _outcome_ready = Signal()

    def __init__(self, changes: ChangeBus, pool: Pool | None = None) -> None:
        super().__init__()
        self._changes = changes
        self._pool: Pool = pool if pool is not None else ThreadedPool()
        self._local: Pool = pool if pool is not None else ThreadedPool(1)
        # append and popleft are atomic; queue.SimpleQueue costs the start an import.
        self._outcomes: deque[_Job] = deque()
        self._open: set[_Job] = set()
        self._closed = False
        #: Wherever there are workers; a test with a pool of its own sees to it itself.
        self.garbage = GarbageCollector(self) if pool is None else None
        # Queued, for the emitting thread is never the GUI's (spelling that out would cost the
        # start all of Qt's enums, see widgets/fields.py).
        self._outcome_ready.connect(self.deliver_one)

    @property
    def is_busy(self) -> bool:
        return bool(self._open)

    def submit(self, job: _Job) -> bool:
        """Start `job`; false after shutdown, for then nobody could hear its news."""
        if self._closed:
            return False
        self._open.add(job)
        pool = self._local if job.is_local else self._pool
        pool.start(partial(self._run, job))
        return True

    def _run(self, job: _Job) -> None:
        """On a worker thread."""
        try:
            if job.writes or not job.cancel.cancelled:
                job.value = job.work()
        except Exception as error:  # noqa: BLE001 - handed to the GUI thread, told there
            job.error = error
        job.cancel.forget()
        self._outcomes.append(job)
        self._outcome_ready.emit()

    @Slot()
    def deliver_one(self) -> bool:
        """Tell one outcome; false if none waits. One a call: a callback may raise or re-enter."""
        if not self._outcomes:
            return False
        job = self._outcomes.popleft()
        self._open.discard(job)
        self._deliver(job)
        return True

    def _deliver(self, job: _Job) -> None:
        awaited = isValid(job.runner) and job.runner.take_outcome(job)
        # A read which the shutdown cancelled has no value.
        heard = awaited and (job.writes or not job.cancel.cancelled)
        if job.error is not None:
            self._tell_error(job, job.error, heard)
            return
        if job.writes and isinstance(job.value, Done):
            self._changes.publish(job.value.touched)
        # The bus may have closed the screen meanwhile.
        if heard and job.on_done is not None and isValid(job.runner):
            job.on_done(job.value)

    def _tell_error(self, job: _Job, error: Exception, heard: bool) -> None:
        if not job.writes and not heard:
            return  # a read nobody waits for: usually the cancelled statement itself
        if not isinstance(error, EtsError):
            self.bug_found.emit(error)
        elif heard and job.on_error is not None:
            job.on_error(error)
        else:
            self.error_untold.emit(error)

    def shutdown(self, milliseconds: int = 5000) -> bool:
        """Cancel reads, let writes end, tell their news; false if some job outlived the wait."""
        self._closed = True
        for job in tuple(self._open):
            if not job.writes:
                job.cancel.cancel()
        ended = self._pool.wait(milliseconds) and self._local.wait(milliseconds)
        while self.deliver_one():
            pass
        if self.garbage is not None:
            self.garbage.stop()
        return ended


class JobRunner(QObject):
    """The jobs of one screen, which is its parent and whose end it shares.

    Reads run in lanes: within a lane the newest wins, the older result is dropped and the older
    job asked to stop. One write runs at a time, a second is refused: that is what keeps an
    impatient double click from saving twice.
    """

    writing_changed = Signal(bool)
    #: lane, whether a read of it is under way
    reading_changed = Signal(str, bool)

    def __init__(self, hub: JobHub, owner: QObject) -> None:
        super().__init__(owner)
        self._hub = hub
        self._newest: dict[str, _Job] = {}
        self._write: _Job | None = None

    @property
    def is_writing(self) -> bool:
        return self._write is not None

    def is_reading(self, lane: str = "") -> bool:
        return lane in self._newest

    def read(
        self,
        function: Callable[[*Args], Value],
        *args: *Args,
        on_done: Callable[[Value], object],
        on_error: Callable[[EtsError], object] | None = None,
        lane: str = "",
    ) -> None:
        """Run `function(*args)` on a worker and bring the result to `on_done` on the GUI thread.

        Known errors go to `on_error`, or to the status line without one; anything else to the
        crash dialog.
        """
        job = _Job(self, partial(function, *args), on_done, on_error, writes=False, lane=lane)
        self._start_read(job)

    def read_local(
        self,
        function: Callable[[*Args], Value],
        *args: *Args,
        on_done: Callable[[Value], object],
        lane: str,
    ) -> None:
        """Like `read`, for what is on this PC: it comes while all other workers wait for a database
        that does not answer."""
        work = partial(function, *args)
        self._start_read(_Job(self, work, on_done, None, writes=False, lane=lane, is_local=True))

    def read_stoppable(
        self,
        function: Callable[[CancelToken, *Args], Value],
        *args: *Args,
        on_done: Callable[[Value], object],
        on_error: Callable[[EtsError], object] | None = None,
        lane: str = "",
    ) -> None:
        """Like `read` with `function(cancel, *args)`, which may end early once it is cancelled."""
        cancel = CancelToken()
        work = partial(function, cancel, *args)
        job = _Job(self, work, on_done, on_error, writes=False, lane=lane, cancel=cancel)
        self._start_read(job)

    def _start_read(self, job: _Job) -> None:
        if not self._hub.submit(job):
            return
        older = self._newest.get(job.lane)
        self._newest[job.lane] = job
        if older is None:
            self.reading_changed.emit(job.lane, True)
        else:
            older.cancel.cancel()

    def write(
        self,
        function: Callable[[*Args], Value],
        *args: *Args,
        on_done: Callable[[Value], object] | None = None,
        on_error: Callable[[EtsError], object] | None = None,
    ) -> bool:
        """Like `read`, for what changes things; false (and nothing done) if refused: another runs.

        A result that is a `Done` is published on the change bus even if the screen is closed by
        then, and so is a failure told.
        """
        if self._write is not None:
            return False
        job = _Job(self, partial(function, *args), on_done, on_error, writes=True, lane="write")
        if not self._hub.submit(job):
            return False
        self._write = job
        self.writing_changed.emit(True)
        return True

    def stop(self, lane: str = "") -> None:
        """Forget the read of `lane` under way (the button 중지)."""
        job = self._newest.pop(lane, None)
        if job is not None:
            job.cancel.cancel()
            self.reading_changed.emit(lane, False)

    def stop_all(self) -> None:
        for lane in tuple(self._newest):
            self.stop(lane)

    def take_outcome(self, job: _Job) -> bool:
        """Whether this runner still waits for `job`; called by the hub only."""
        if job.writes:
            if self._write is not job:
                return False
            self._write = None
            self.writing_changed.emit(False)
            return True
        if self._newest.get(job.lane) is not job:
            return False
        del self._newest[job.lane]
        self.reading_changed.emit(job.lane, False)
        return True
