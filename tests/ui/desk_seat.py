"""Kim's or Lee's desk without its window: what the seat keeps beside the screens."""

from collections.abc import Callable
from dataclasses import replace

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.queries.agents import sign_in
from ets_desktop.settings import DeskSettings
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.window_desk import WindowDesk


class DeskSeat:
    """`opened` and `asked` hold what the notices asked of the desk."""

    def __init__(
        self, context: UiContext, login: Callable[[Agent], Database], agent: Agent, tone: bool
    ) -> None:
        database = login(agent)
        self.desk = WindowDesk(context.state)
        self.context = replace(
            context,
            call=database.call,
            agent=database.call(sign_in),
            desk=self.desk,
            settings=DeskSettings(tone=tone),
        )
        self.beeps = 0
        self.opened: list[str] = []
        self.asked: list[tuple[int, str]] = []
        self.desk.tab_wanted.connect(self.opened.append)
        self.desk.call_back_requested.connect(self._on_call_back_requested)

    def beep(self) -> None:
        self.beeps += 1

    @property
    def told(self) -> list[str]:
        return [notice.text for notice in self.desk.notices.notices]

    def _on_call_back_requested(self, callback_id: int, about: str) -> None:
        self.asked.append((callback_id, about))
