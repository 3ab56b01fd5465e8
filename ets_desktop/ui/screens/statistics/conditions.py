"""The conditions of 통계: a period, what the rows are, whose work, beside which period."""

from collections.abc import Iterable
from datetime import timedelta

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from ets_desktop.domain.statistics import Dimension, StatisticsQuestion
from ets_desktop.queries.statistics_choices import StatisticsChoices
from ets_desktop.queries.ticket_search.holders import HolderRow
from ets_desktop.ui.labels import TICKET_TYPES
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.statistics.answers import Asked
from ets_desktop.ui.screens.statistics.measures import CALLS, VIEW_DIMENSIONS
from ets_desktop.ui.search_conditions import ANY, SearchConditions
from ets_desktop.ui.statistics_labels import COMPARISONS, DIMENSIONS, VIEWS
from ets_desktop.ui.widgets.period import CLOSED_PERIODS

VIEW, BASIS, COMPARED = "보기", "기준", "비교"
TEAM, AGENT, TYPE, CHANNEL = "팀", "상담원", "유형", "판매처"
#: Two years, one of them a leap year.
MOST_DAYS = 731
_PLACES = {
    label: (0, place, 1)
    for place, label in enumerate((VIEW, BASIS, COMPARED, TEAM, AGENT, TYPE, CHANNEL))
}


class Conditions(SearchConditions):
    """Only what there is for the chosen 보기 can be asked for."""

    def __init__(self) -> None:
        super().__init__({}, columns=len(_PLACES), periods=CLOSED_PERIODS)
        self._view = self.choice(VIEW, VIEWS.items())
        self._dimension = self.choice(BASIS, ())
        self._compared = self.choice(COMPARED, COMPARISONS.items())
        self._team = self.choice(TEAM, [("", ANY)])
        self._agent = self.choice(AGENT, [("", ANY)])
        self._type = self.choice(TYPE, [("", ANY), *TICKET_TYPES.items()])
        self._channel = self.choice(CHANNEL, [("", ANY)])
        fields: dict[str, QWidget] = {
            VIEW: self._view,
            BASIS: self._dimension,
            COMPARED: self._compared,
            TEAM: self._team,
            AGENT: self._agent,
            TYPE: self._type,
            CHANNEL: self._channel,
        }
        self.lay_out(fields, _PLACES)
        self._view.currentIndexChanged.connect(self._on_view_changed)
        self._on_view_changed()

    def search(self) -> Asked:
        """What stands in the fields; the period is readable (`is_fit`)."""
        period = self.period.period()
        assert period.start is not None
        assert period.end is not None
        view = self._view.currentData()
        of_calls = view == CALLS
        question = StatisticsQuestion(
            period.start,
            period.end,
            Dimension(self._dimension.currentData()),
            team_id=self._team.currentData() or None,
            agent_id=self._agent.currentData() or None,
            ticket_type=None if of_calls else self._type.currentData() or None,
            channel_id=None if of_calls else self._channel.currentData() or None,
        )
        return Asked(question, view, self._compared.currentData())

    @Slot()
    def _on_view_changed(self) -> None:
        view = self._view.currentData()
        chosen = self._dimension.currentData()
        with QSignalBlocker(self._dimension):
            self._dimension.clear()
            for dimension in VIEW_DIMENSIONS[view]:
                self._dimension.addItem(translated(DIMENSIONS[dimension], dimension), dimension)
            self._dimension.setCurrentIndex(max(0, self._dimension.findData(chosen)))
        # A call has neither a type nor an order.
        for field in (self._type, self._channel):
            field.setEnabled(view != CALLS)

    def show_choices(self, choices: StatisticsChoices) -> None:
        """The choices of 팀, 상담원 and 판매처; what was chosen stays chosen."""
        known = choices.holders
        agents = [(one.agent_id, self._agent_words(one)) for one in known if one.agent_id]
        _offer(self._team, [(one.team_id, one.name) for one in known if one.team_id])
        _offer(self._agent, agents)
        _offer(self._channel, [(one.channel_id, one.name) for one in choices.channels])

    def _agent_words(self, holder: HolderRow) -> str:
        return holder.name if holder.active else self.tr("{name} (퇴사)").format(name=holder.name)

    def is_fit(self) -> bool:
        """There is no table of all times: both days, at most two years apart."""
        period = self.period.period()
        if period.start is None or period.end is None:
            self.period_error.show_error(self.tr("시작일과 종료일을 모두 넣으십시오."))
            return False
        if period.end - period.start >= timedelta(days=MOST_DAYS):
            self.period_error.show_error(self.tr("기간은 2년까지입니다."))
            return False
        return super().is_fit()

    def show_refusal_of_all(self, text: str) -> None:
        self.period_error.show_error(text)

    def take_focus(self) -> None:
        self._view.setFocus()


def _offer(box: QComboBox, items: Iterable[tuple[int | None, str]]) -> None:
    """Other choices below 전체; what was chosen stays chosen."""
    chosen = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        box.addItem(translated(ANY), "")
        for item_id, name in items:
            box.addItem(name, item_id)
        box.setCurrentIndex(max(0, box.findData(chosen)))
