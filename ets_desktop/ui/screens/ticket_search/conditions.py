"""The conditions of 전체상담이력 (spec 15)."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from ets_desktop.queries.ticket_search.conditions import ANY_OPEN, TicketSearch
from ets_desktop.queries.ticket_search.holders import HolderRow
from ets_desktop.ui.labels import TICKET_STATUSES, TICKET_TYPES
from ets_desktop.ui.search_conditions import ANY, SearchConditions
from ets_desktop.ui.widgets.choices import Receiver, ReceiverChoice
from ets_desktop.ui.widgets.fields import TextField

HOLDER = "담당자"
STATUSES = {ANY_OPEN: "미처리", **TICKET_STATUSES}
#: The text conditions: field of TicketSearch → label. Their fields in the grid follow _PLACES.
TEXTS = {
    "customer": "고객",
    "phone": "전화번호",
    "order_no": "주문번호",
    "content": "내용",
    "tag": "태그",
}
#: label → (row, column, span) among four pairs a row.
_PLACES = {
    HOLDER: (0, 0, 1),
    "상태": (0, 1, 1),
    "접수유형": (0, 2, 1),
    "태그": (0, 3, 1),
    "고객": (1, 0, 1),
    "전화번호": (1, 1, 1),
    "주문번호": (1, 2, 1),
    "내용": (1, 3, 1),
}


class Conditions(SearchConditions):
    """Typing begins at 고객."""

    def __init__(self) -> None:
        super().__init__(TEXTS, columns=4)
        self._holder = ReceiverChoice(HOLDER)
        self._status = self.choice("상태", [("", ANY), *STATUSES.items()])
        self._type = self.choice("접수유형", [("", ANY), *TICKET_TYPES.items()])
        for field in self._holder.findChildren(TextField):
            self.watch(field)
        self._place_fields()

    def _place_fields(self) -> None:
        for name, hint in (
            ("customer", self.tr("이름·초성(ㄱㅈㅁ), 고객번호")),
            ("phone", self.tr("전체 또는 끝 4자리")),
            ("order_no", self.tr("주문번호 또는 끝 6자리")),
            ("content", self.tr("제목·접수내용의 낱말, 접수번호")),
        ):
            self.texts[name].setPlaceholderText(hint)
        for field in self._holder.findChildren(TextField):
            field.setPlaceholderText(self.tr(ANY))
        fields: dict[str, QWidget] = {
            HOLDER: self._holder,
            "상태": self._status,
            "접수유형": self._type,
        }
        self.lay_out(fields, _PLACES)

    def search(self) -> TicketSearch:
        """What stands in the fields; 담당자 is readable (`is_fit`)."""
        period = self.period.period()
        holder = self._holder.receiver()
        return TicketSearch(
            date_from=period.start,
            date_to=period.end,
            assignee_id=holder.agent_id if holder else None,
            assignee_team_id=holder.team_id if holder else None,
            status=self._status.currentData(),
            ticket_type=self._type.currentData(),
            **self.text_values(),
        )

    def show_holders(self, holders: Iterable[HolderRow]) -> None:
        """The choices of 담당자; what was typed or chosen stays."""
        self._holder.offer([self._receiver(holder) for holder in holders])

    def _receiver(self, holder: HolderRow) -> Receiver:
        if holder.agent_id is None:
            words = self.tr("{team} (팀)").format(team=holder.name)
        elif not holder.active:
            words = self.tr("{name} (퇴사)").format(name=holder.name)
        else:
            words = f"{holder.name} ({holder.detail})" if holder.detail else holder.name
        return Receiver(words, holder.name, holder.agent_id, holder.team_id)

    def is_fit(self) -> bool:
        if self._holder.receiver() is None:
            self.grid.show_error(HOLDER, self.tr("담당자를 목록에서 고르십시오."))
            return False
        return super().is_fit()

    def show_refusal_of_all(self, text: str) -> None:
        self.grid.show_error(TEXTS["customer"], text)

    def take_focus(self) -> None:
        self.texts["customer"].setFocus()
        self.texts["customer"].selectAll()
