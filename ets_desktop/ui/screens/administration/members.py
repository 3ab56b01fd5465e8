"""팀원 of a team: who is in it, one more, and one less."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.topics import Done
from ets_desktop.queries.teams import ManagedTeam, MemberRow, all_members
from ets_desktop.services.agents import ChangeTeam, change_team
from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.labels import ROLES, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.administration.record_form import REASON, REASON_LIMIT
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import Column
from ets_desktop.ui.widgets.choices import NOBODY, Receiver, ReceiverChoice
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.form_dialog import FormDialog

MEMBERS, ADD, REMOVE, WHO = "팀원", "팀원 추가", "팀원 빼기", "담당자"
_ROWS = "members"

COLUMNS: tuple[Column[MemberRow], ...] = (
    Column("이름", lambda one: one.name, 10, least=6),
    Column("아이디", lambda one: one.login, 12, least=8),
    Column("역할", lambda one: word(ROLES, one.role), 12, least=6),
    Column("내선", lambda one: one.extension, 6),
)


def member_key(one: MemberRow) -> int:
    return one.agent_id


class MemberDialog(FormDialog):
    """Whoever is in another team leaves it."""

    #: agent_id, 변경사유
    confirmed = Signal(int, str)

    def __init__(self, team: str, others: Iterable[MemberRow], parent: QWidget) -> None:
        super().__init__("", parent, labels={"who": WHO}, width=400)
        self.setWindowTitle(f"{translated(ADD)} · {team}")
        self._who = ReceiverChoice(WHO)
        self._who.offer(Receiver(_words(one), one.name, agent_id=one.agent_id) for one in others)
        self._reason = TextField(REASON, maximum=REASON_LIMIT)
        self.add_fields((WHO, self._who), (REASON, self._reason))

    def confirm(self) -> None:
        who = self._who.receiver()
        if who is None or who == NOBODY:
            raise RuleViolation("needs_receiver", field="who")
        self.accept()
        self.confirmed.emit(who.agent_id, self._reason.text().strip())


class TeamMembers(QWidget):
    """The members of one team; each change is saved at once."""

    #: somebody came or went
    changed = Signal(str)
    #: an EtsError
    refused = Signal(object)

    def __init__(self, context: UiContext, jobs: ScreenJobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._team: ManagedTeam | None = None
        self._everybody: tuple[MemberRow, ...] = ()
        self.list: TablePanel[MemberRow] = TablePanel(
            MEMBERS, COLUMNS, member_key, buttons=(ADD, REMOVE), state=context.state
        )
        self.list.setMinimumHeight(150)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self.list)
        self.list.button(ADD).clicked.connect(self._on_add_clicked)
        self.list.button(REMOVE).clicked.connect(self._on_remove_clicked)

    def show_team(self, team: ManagedTeam | None) -> None:
        """None: a team that is begun has nobody yet."""
        self._team = team
        self.setEnabled(team is not None and team.active)
        self._show()

    def refresh(self) -> None:
        self._jobs.load(all_members, on_done=self._on_read, lane=_ROWS)

    def _on_read(self, everybody: tuple[MemberRow, ...]) -> None:
        self._everybody = everybody
        self._show()

    def _show(self) -> None:
        self.list.reload_rows(self._in_team(inside=True))

    def _in_team(self, *, inside: bool) -> Sequence[MemberRow]:
        team_id = -1 if self._team is None else self._team.team_id
        return [one for one in self._everybody if (one.team_id == team_id) is inside]

    @Slot()
    def _on_add_clicked(self) -> None:
        if self._team is not None:
            others = self._in_team(inside=False)
            dialog = MemberDialog(self._team.name, others, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.confirmed.connect(partial(self._take_in, self._team.name))
            dialog.open()

    def _take_in(self, team: str, agent_id: int, reason: str) -> None:
        one = next(one for one in self._everybody if one.agent_id == agent_id)
        told = self.tr("{name}: {team} 팀원이 되었습니다.").format(name=one.name, team=team)
        self._move(ChangeTeam(one.login, team, reason), told)

    @Slot()
    def _on_remove_clicked(self) -> None:
        one = self.list.row_in_hand()
        if one is not None and self._team is not None:
            told = self.tr("{name}: {team}에서 뺐습니다.").format(name=one.name, team=one.team)
            self._move(ChangeTeam(one.login, ""), told)

    def _move(self, wish: ChangeTeam, told: str) -> None:
        on_done = partial(self._on_moved, told)
        self._jobs.save(change_team, wish, on_done=on_done, on_error=self.refused.emit)

    def _on_moved(self, told: str, _done: Done[Any]) -> None:
        self.changed.emit(told)


def _words(one: MemberRow) -> str:
    beside = " · ".join(part for part in (one.extension, one.team) if part)
    return f"{one.name} ({beside})" if beside else one.name
