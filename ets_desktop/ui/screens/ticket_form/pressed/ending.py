"""폐기처리, 재오픈, 재오픈 요청: a reason, typed once however often it has to be sent."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from ets_desktop.domain.errors import EtsError, StaleData
from ets_desktop.domain.topics import Done
from ets_desktop.services.approvals import Asked, AskToReopen, ask_to_reopen
from ets_desktop.services.tickets import (
    DiscardTicket,
    ReopenTicket,
    discard_ticket,
    reopen_ticket,
)
from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm
from ets_desktop.ui.screens.ticket_form.pressed.saving import Saving

_DISCARD, _REOPEN, _ASK_REOPEN = "폐기처리", "재오픈", "재오픈 요청"
#: Somebody else was first: the change bar says with what.
_OVERTAKEN = ("ticket_closed", "ticket_open")


class Ending(QObject):
    """A reason that was refused stands in the dialog when the button is pressed again."""

    def __init__(
        self, context: UiContext, jobs: ScreenJobs, form: OpenForm, saving: Saving
    ) -> None:
        super().__init__(form)
        self._context = context
        self._jobs = jobs
        self._form = form
        self._saving = saving
        #: by ticket and title of the dialog
        self._unsent: dict[tuple[int, str], str] = {}

    def discard(self) -> None:
        """The ticket leaves every list, and is never deleted."""
        told = self.tr("폐기처리했습니다.")
        self._ask(_DISCARD, "폐기사유", discard_ticket, DiscardTicket, told)

    def reopen(self) -> None:
        """For supervisors: the ticket is theirs then."""
        self._ask(_REOPEN, "재오픈사유", reopen_ticket, ReopenTicket, self.tr("재오픈했습니다."))

    def ask_to_reopen(self) -> None:
        """For agents: a supervisor is asked, and the ticket is theirs once that is answered."""
        ticket_id = self._form.ticket_id
        if ticket_id is None:
            return
        which = (ticket_id, _ASK_REOPEN)
        reason = self._reason(which, "요청사유")
        if reason is not None:
            self._saving.began(
                self._jobs.save(
                    ask_to_reopen,
                    AskToReopen(self._context.agent.agent_id, ticket_id, reason),
                    on_done=partial(self._on_asked, which),
                    on_error=self._on_refused,
                )
            )

    def _on_asked(self, which: tuple[int, str], done: Done[Asked]) -> None:
        self._unsent.pop(which, None)
        told = self.tr("관리자에게 재오픈을 요청했습니다.")
        if done.value.repeated:
            told = self.tr("이미 재오픈을 요청한 접수입니다.")
        self._context.desk.say(told)

    def _reason(self, which: tuple[int, str], label: str) -> str | None:
        """Typed once, however often it has to be sent."""
        reason = self._context.prompts.ask_text(which[1], label, self._unsent.get(which, ""))
        if reason is not None:
            self._unsent[which] = reason
        return reason

    def _ask(
        self,
        title: str,
        label: str,
        service: Callable[[Any, Any], Done[int]],
        command: type[DiscardTicket | ReopenTicket],
        told: str,
    ) -> None:
        ticket_id, version = self._form.ticket_id, self._form.version
        if ticket_id is None or version is None:
            return
        which = (ticket_id, title)
        reason = self._reason(which, label)
        if reason is None:
            return
        self._saving.began(
            self._jobs.save(
                service,
                command(self._context.agent.agent_id, ticket_id, version, reason),
                on_done=partial(self._on_done, which, told),
                on_error=self._on_refused,
            )
        )

    def _on_done(self, which: tuple[int, str], told: str, _done: Done[Any]) -> None:
        self._unsent.pop(which, None)
        self._context.desk.say(told)
        self._saving.show_stored(self._form.contents)

    def _on_refused(self, error: EtsError) -> None:
        if isinstance(error, StaleData) or error.code in _OVERTAKEN:
            kept = self.tr("적은 사유는 그대로 있습니다.")
            self._context.desk.say(f"{error_text(error)} {kept}")
            self._saving.overtaken.emit()
        else:
            self._context.desk.tell(error)
