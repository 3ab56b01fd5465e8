"""상담원 of 관리: who may log in, as what, where, and who no more."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot

from ets_desktop.domain.logins import NAME_LIMIT
from ets_desktop.domain.topics import PEOPLE, Done
from ets_desktop.queries.agents import AgentRow, active_agents
from ets_desktop.queries.logins import OpenWork, open_work_of
from ets_desktop.queries.staff import RightsChangeRow, StaffRow, rights_changes, staff
from ets_desktop.queries.teams import ManagedTeam, managed_teams
from ets_desktop.services.agents import (
    AddLogin,
    ChangePassword,
    EnableLogin,
    change_password,
    enable_login,
    end_sessions,
)
from ets_desktop.services.hand_over import HandedOver, RetireAgent, retire_agent
from ets_desktop.services.staff import Person, RevisePerson, add_person, revise_person
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import AGENT_STATES, ROLES, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.receivers import receivers
from ets_desktop.ui.rights_labels import RIGHTS_CHANGES
from ets_desktop.ui.screens.administration.changes import ChangeLine
from ets_desktop.ui.screens.administration.password import (
    AGAIN,
    PASSWORD,
    RESET,
    PasswordDialog,
    PasswordPair,
)
from ets_desktop.ui.screens.administration.record_page import RecordPage, Wish
from ets_desktop.ui.screens.administration.retiring import RETIRE, RetireDialog
from ets_desktop.ui.screens.administration.teams import IN_USE, in_use
from ets_desktop.ui.tables import CENTER, RIGHT, Column
from ets_desktop.ui.widgets.choices import CodeChoice, NameChoice
from ets_desktop.ui.widgets.fields import TextField, show_only

LOGIN, NAME, ROLE, EXTENSION, TEAM = "아이디", "이름", "역할", "내선번호", "팀"
RETURN = "다시 사용"
_TEAMS, _LEFT = "teams", "left"
_SAID = ("disabled", "enabled")
_OF_ROLES = ("added", "role")
_FROM_TO = ("login", "name", "role", "extension", "team")

COLUMNS: tuple[Column[StaffRow], ...] = (
    Column(LOGIN, lambda one: one.login, 12, least=8),
    Column(NAME, lambda one: one.name, 10, least=6),
    Column(ROLE, lambda one: word(ROLES, one.role), 12, least=6),
    Column(EXTENSION, lambda one: one.extension, 6),
    Column(TEAM, lambda one: one.team, 10, least=6),
    Column("상담상태", lambda one: word(AGENT_STATES, one.state), 8, CENTER),
    Column(IN_USE, lambda one: in_use(one.active), 8, CENTER, red=lambda one: not one.active),
    Column("미완료", lambda one: str(one.open_work or ""), 6, RIGHT),
    Column("마지막 로그인", lambda one: moment_text(one.last_login_at), 19, least=11),
)


class AgentsPage(RecordPage[StaffRow]):
    LIST, TOPICS, COLUMNS, SHARES = "상담원 목록", (PEOPLE,), COLUMNS, (3, 2)

    def build_form(self) -> None:
        self._login = TextField(LOGIN, maximum=63)
        self._passwords = PasswordPair(self._login.text)
        self.form.add_field("login", LOGIN, self._login)
        self.form.add_field("name", NAME, TextField(NAME, maximum=NAME_LIMIT))
        self.form.add_field("role", ROLE, CodeChoice(ROLE, ROLES))
        self.form.add_field("extension", EXTENSION, TextField(EXTENSION, maximum=8))
        self._team = NameChoice(TEAM)
        self.form.add_field("team", TEAM, self._team)
        self.form.add_field("password", PASSWORD, self._passwords.first)
        self.form.add_beneath("password", self._passwords.note)
        self.form.add_field("again", AGAIN, self._passwords.again)
        self._reset, self._retire, self._return = (
            self.form.add_button(title) for title in (RESET, RETIRE, RETURN)
        )
        bind = self.context.desk.actions.bind_button
        bind("reset_password", self._reset, self)
        bind("retire_agent", self._retire, self)
        bind("return_agent", self._return, self)
        self._reset.clicked.connect(self._on_reset_clicked)
        self._retire.clicked.connect(self._on_retire_clicked)
        self._return.clicked.connect(self._on_return_clicked)

    @staticmethod
    def key(row: Any) -> Hashable:
        return str(row.login)

    read = staticmethod(staff)

    def refresh(self) -> None:
        super().refresh()
        self.jobs.load(managed_teams, on_done=self._on_teams_read, lane=_TEAMS)

    def _on_teams_read(self, teams: Sequence[ManagedTeam]) -> None:
        self._team.offer(team.name for team in teams if team.active)

    def values_of(self, row: StaffRow | None) -> dict[str, object]:
        secret = {"password": "", "again": ""}
        if row is None:
            new = {"login": "", "name": "", "role": "agent", "extension": "", "team": ""}
            return {**new, **secret}
        return {
            code: getattr(row, code) for code in self.form.labels if code not in secret
        } | secret

    def title_of(self, row: StaffRow) -> str:
        return f"{row.name} ({row.login})"

    def record_shown(self, row: StaffRow | None) -> None:
        show_only(self._login, row is not None)
        for code in ("password", "again"):
            self.form.set_field_visible(code, row is None)
        self._passwords.note.setVisible(False)
        self._reset.setVisible(row is not None and row.active)
        self._retire.setVisible(row is not None and row.active)
        self._return.setVisible(row is not None and not row.active)

    def wish(self, row: StaffRow | None, values: dict[str, object], reason: str) -> Wish:
        person = Person(
            *(str(values[code]).strip() for code in ("name", "role", "extension", "team"))
        )
        if row is not None:
            was = Person(row.name, row.role, row.extension, row.team)
            command = RevisePerson(row.login, person, was, row.team_id, reason)
            return Wish(revise_person, command, self.tr("상담원을 저장했습니다."))
        login = str(values["login"]).strip()
        password = self._passwords.password()
        new = AddLogin(
            login, person.name, person.role, password, person.extension, person.team, reason
        )
        return Wish(add_person, new, self.tr("상담원을 만들었습니다."))

    def read_changes(self, row: StaffRow | None) -> Callable[[Any], Sequence[ChangeLine]]:
        subject = None if row is None else row.login

        def told(session: Any) -> Sequence[ChangeLine]:
            return tuple(
                ChangeLine(
                    change.change_id,
                    change.at,
                    change.who,
                    word(RIGHTS_CHANGES, change.change),
                    _what(change, of_everybody=subject is None),
                    change.reason,
                )
                for change in rights_changes(session, subject)
            )

        return told

    # 비밀번호 재설정

    @Slot()
    def _on_reset_clicked(self) -> None:
        row = self.row
        if row is not None:
            dialog = PasswordDialog(row.login, row.name, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.confirmed.connect(partial(self._reset_password, row))
            dialog.open()

    def _reset_password(self, row: StaffRow, password: str, reason: str) -> None:
        wish = ChangePassword(row.login, password, reason)
        self.jobs.save(
            change_password,
            wish,
            on_done=partial(self._on_carried_out, self.tr("비밀번호를 바꿨습니다.")),
            on_error=self.form.show_refusal,
        )

    def _on_carried_out(self, told: str, _done: Done[Any]) -> None:
        self.context.desk.say(told)
        self.form.clear_errors()
        self.refresh()
        self._load_changes()

    # 사용중지, 다시 사용

    @Slot()
    def _on_retire_clicked(self) -> None:
        row = self.row
        if row is not None:
            self.ask_unsaved(partial(self._read_what_is_left, row))

    def _read_what_is_left(self, row: StaffRow) -> None:
        on_done = partial(self._ask_whom, row)
        self.jobs.load(_left_by, row.login, on_done=on_done, lane=_LEFT)

    def _ask_whom(self, row: StaffRow, found: tuple[OpenWork, tuple[AgentRow, ...]]) -> None:
        left, others = found
        offered = receivers(others, (), without=row.agent_id)
        dialog = RetireDialog(row.name, left, offered, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.confirmed.connect(partial(self._retire_person, row))
        dialog.open()

    def _retire_person(
        self, row: StaffRow, to_agent_id: int | None, frees_extension: bool, reason: str
    ) -> None:
        hop = self.tr("{name} 사용중지").format(name=row.name)
        self.jobs.save(
            retire_agent,
            RetireAgent(row.login, to_agent_id, hop, reason, frees_extension),
            on_done=partial(self._on_retired, row),
            on_error=self.form.show_refusal,
        )

    def _on_retired(self, row: StaffRow, done: Done[HandedOver]) -> None:
        handed = self.tr(
            "접수 {tickets}건, 콜백 {callbacks}건, 부재 고객 {callers}건을 넘겼습니다."
        )
        told = self.tr("{name}: 사용중지.").format(name=row.name)
        counts = {
            "tickets": done.value.tickets,
            "callbacks": done.value.callbacks,
            "callers": done.value.callers,
        }
        self._on_carried_out(f"{told} {handed.format(**counts)}", done)
        # In a transaction of its own: until the first is committed a session could begin.
        self.jobs.save(end_sessions, row.login)

    @Slot()
    def _on_return_clicked(self) -> None:
        row = self.row
        if row is not None:
            wish = EnableLogin(row.login, enabled=True, reason=self.form.reason)
            told = self.tr("{name}: 다시 사용합니다.").format(name=row.name)
            on_done = partial(self._on_carried_out, told)
            self.jobs.save(enable_login, wish, on_done=on_done, on_error=self.form.show_refusal)


def _left_by(session: Any, login: str) -> tuple[OpenWork, tuple[AgentRow, ...]]:
    return open_work_of(session, login), active_agents(session)


def _what(change: RightsChangeRow, *, of_everybody: bool) -> str:
    """From what to what; 사용중지 and 다시 사용 say it themselves."""
    said = ""
    if change.change in _FROM_TO:
        said = " → ".join(_word(change, value) for value in (change.old, change.new))
    elif change.change not in _SAID and change.new is not None:
        said = _word(change, change.new)
    return " · ".join(part for part in (change.subject if of_everybody else "", said) if part)


def _word(change: RightsChangeRow, value: str | None) -> str:
    if value is None:
        return translated("없음")
    return word(ROLES, value) if change.change in _OF_ROLES else value
