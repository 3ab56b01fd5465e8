"""팀 of 관리: names, whether in use, who is in them."""

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from ets_desktop.domain.logins import NAME_LIMIT
from ets_desktop.domain.topics import PEOPLE
from ets_desktop.queries.teams import ManagedTeam, managed_teams
from ets_desktop.services.teams import AddTeam, ReviseTeam, add_new_team, revise_team
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.administration.members import ADD, REMOVE, TeamMembers
from ets_desktop.ui.screens.administration.record_page import RecordPage, Wish
from ets_desktop.ui.tables import CENTER, RIGHT, Column
from ets_desktop.ui.widgets.fields import TextField

NAME, IN_USE = "팀 이름", "사용여부"


def in_use(active: bool) -> str:
    return translated("사용") if active else translated("중지")


COLUMNS: tuple[Column[ManagedTeam], ...] = (
    Column(NAME, lambda team: team.name, 16),
    Column(IN_USE, lambda team: in_use(team.active), 8, CENTER, red=lambda team: not team.active),
    Column("팀원", lambda team: str(team.members), 6, RIGHT),
    Column("이관 대기", lambda team: str(team.tickets or ""), 8, RIGHT),
    Column("부재 고객", lambda team: str(team.callers or ""), 8, RIGHT),
)


class TeamsPage(RecordPage[ManagedTeam]):
    LIST, KIND, TOPICS, COLUMNS = "팀 목록", "team", (PEOPLE,), COLUMNS

    def build_form(self) -> None:
        self.form.add_field("name", NAME, TextField(NAME, maximum=NAME_LIMIT))
        active = QCheckBox(translated("사용"))
        active.setToolTip(self.tr("이관 대기와 팀원이 없는 팀만 중지합니다. (Space)"))
        self.form.add_field("active", IN_USE, active)
        self._members = TeamMembers(self.context, self.jobs)
        self.form.add_below(self._members)
        bind = self.context.desk.actions.bind_button
        bind("add_member", self._members.list.button(ADD), self)
        bind("remove_member", self._members.list.button(REMOVE), self)
        self._members.changed.connect(self._on_members_changed)
        self._members.refused.connect(self.form.show_refusal)

    @staticmethod
    def key(row: Any) -> Hashable:
        return int(row.team_id)

    read = staticmethod(managed_teams)

    def refresh(self) -> None:
        super().refresh()
        self._members.refresh()

    @Slot(str)
    def _on_members_changed(self, told: str) -> None:
        self.context.desk.say(told)
        self.refresh()

    def values_of(self, row: ManagedTeam | None) -> dict[str, object]:
        return {
            "name": "" if row is None else row.name,
            "active": row is None or row.active,
        }

    def title_of(self, row: ManagedTeam) -> str:
        return row.name

    def record_shown(self, row: ManagedTeam | None) -> None:
        """A team begins in use."""
        self.form.field("active").setEnabled(row is not None)
        self._members.show_team(row)

    def wish(self, row: ManagedTeam | None, values: dict[str, object], reason: str) -> Wish:
        name = str(values["name"])
        if row is None:
            return Wish(add_new_team, AddTeam(name, reason), self.tr("팀을 만들었습니다."))
        command = ReviseTeam(
            row.team_id, name, values["active"] is True, row.name, row.active, reason
        )
        return Wish(revise_team, command, self.tr("팀을 저장했습니다."))
