"""Who else has the ticket of the form open (spec 20, presence); it never locks anything."""

from functools import partial
from uuid import UUID, uuid4

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.presence import BEAT
from ets_desktop.domain.topics import EVERYTHING, Done, Topic, presence_topic
from ets_desktop.queries.presence import PersonThere, others_at
from ets_desktop.services.presence import BeAtTicket, be_at_ticket, leave_ticket
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import filled
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm
from ets_desktop.ui.widgets.message_bar import MessageBar

BAR = "함께 열어 둔 담당자"


class Presence(QObject):
    """Says on behalf of this desk which ticket is in its form, and shows who else says the same.

    One write at a time, always towards what is in the form by then. When the database is away
    nothing is told here (DB ● tells it): the next beat makes up for it.
    """

    def __init__(self, context: UiContext, form: OpenForm) -> None:
        super().__init__(form)
        self._context = context
        self._form = form
        self._desk_id: UUID = uuid4()
        #: Its own: being somewhere is in the way of no save.
        self._jobs = context.jobs(self)
        #: What the database knows of this desk.
        self._told: int | None = None
        self.bar = MessageBar(BAR)
        self._beat = QTimer(self)
        self._beat.setInterval(int(BEAT.total_seconds() * 1000))
        self._beat.timeout.connect(self._on_beat)
        form.status_changed.connect(self._on_form_changed)
        self._jobs.writing_changed.connect(self._on_writing_changed)
        context.changes.subscribe(self, ("presence/",), self._on_touched)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._on_about_to_quit)

    # Telling

    @Slot()
    def _on_form_changed(self) -> None:
        """Emitted for every other form, and when a new one becomes a ticket."""
        if self._form.ticket_id != self._told:
            self.bar.hide()
            self._jobs.stop("others")
            self._tell()

    @Slot()
    def _on_beat(self) -> None:
        self._tell()

    def _tell(self) -> None:
        ticket_id = self._form.ticket_id
        if self._jobs.is_writing:
            return  # looked at again once that is written
        if ticket_id is None:
            self._beat.stop()
            if self._told is not None:
                self._told = None
                self._jobs.save(leave_ticket, self._desk_id, on_error=self._on_failed)
            return
        self._told = ticket_id
        self._beat.start()
        here = BeAtTicket(self._context.agent.agent_id, self._desk_id, ticket_id)
        told = partial(self._on_told, ticket_id)
        self._jobs.save(be_at_ticket, here, on_done=told, on_error=self._on_failed)

    @Slot(bool)
    def _on_writing_changed(self, writing: bool) -> None:
        """The form went on to something else while the write ran."""
        if not writing and self._form.ticket_id != self._told:
            self._tell()

    @Slot()
    def _on_about_to_quit(self) -> None:
        """The jobs end after this one is written."""
        if self._told is not None:
            self._told = None
            self._beat.stop()
            self._form.status_changed.disconnect(self._on_form_changed)
            self._jobs.writing_changed.disconnect(self._on_writing_changed)
            self._context.jobs(self).save(leave_ticket, self._desk_id, on_error=self._on_failed)

    def _on_failed(self, _error: EtsError) -> None:
        """The next beat tells it again; a row that stays behind is stale in three minutes."""

    # Showing

    def _on_told(self, ticket_id: int, done: Done[tuple[PersonThere, ...]]) -> None:
        if ticket_id == self._form.ticket_id:
            self._show(done.value)

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        ticket_id = self._form.ticket_id
        if ticket_id is None:
            return
        if EVERYTHING in topics:
            self._tell()
        elif presence_topic(ticket_id) in topics:
            self._jobs.load(
                others_at,
                self._desk_id,
                ticket_id,
                on_done=self._show,
                on_error=self._on_failed,
                lane="others",
            )

    def _show(self, others: tuple[PersonThere, ...]) -> None:
        if not others:
            self.bar.hide()
            return
        names = ", ".join(self.tr("{name} 님").format(name=person.name) for person in others)
        text = filled(self.tr("{names|이} 이 접수를 열어 두었습니다."), {"names": names})
        if text != self.bar.message or self.bar.isHidden():
            self.bar.show_message(text)
