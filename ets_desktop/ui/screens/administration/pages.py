"""The pages of 관리, in their order on the screen.

Recipe for a page: a file here with a subclass of AdministrationPage (of RecordPage for a list
with a form) and one line below; tests/ui/screens/test_administration.py opens every page.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import cast

from ets_desktop.domain.agents import AgentSession
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.administration.page import AdministrationPage


@dataclass(frozen=True, slots=True)
class AdminPage:
    """`factory` is "module:class", imported when the page is first opened.

    Supervisors have the pages that are not `admins_only`: teams, templates and default due days
    (spec 60).
    """

    id: str
    title: str
    factory: str
    admins_only: bool

    def is_for(self, agent: AgentSession) -> bool:
        return agent.role == "admin" or not self.admins_only

    def build(self, context: UiContext) -> AdministrationPage:
        module, _, name = self.factory.partition(":")
        return cast(AdministrationPage, getattr(import_module(module), name)(context))


_HERE = "ets_desktop.ui.screens.administration"
PAGES: tuple[AdminPage, ...] = (
    AdminPage("agents", "상담원", f"{_HERE}.agents:AgentsPage", True),
    AdminPage("teams", "팀", f"{_HERE}.teams:TeamsPage", False),
    AdminPage("categories", "접수유형·세부유형", f"{_HERE}.categories:CategoriesPage", True),
    AdminPage("templates", "상용구", f"{_HERE}.templates:TemplatesPage", False),
    AdminPage("due_days", "처리기한", f"{_HERE}.house:DueDaysPage", False),
    AdminPage("holidays", "휴일", f"{_HERE}.holidays:HolidaysPage", True),
    AdminPage("hours", "업무 기준", f"{_HERE}.house:HoursPage", True),
    AdminPage("messages", "택배·메시지", f"{_HERE}.house:MessagesPage", True),
    AdminPage("imports", "주문 수집", f"{_HERE}.imports:ImportsPage", True),
    AdminPage("outbox", "전송함", f"{_HERE}.outbox:OutboxPage", True),
    AdminPage("access_report", "개인정보 보고", f"{_HERE}.access_report:AccessReportPage", True),
)
