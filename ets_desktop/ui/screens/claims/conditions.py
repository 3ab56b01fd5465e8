"""The conditions of 반품처리 and 교환처리: type, step, hold, age, order and customer."""

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from ets_desktop.queries.claims import ClaimSearch
from ets_desktop.ui.claim_labels import CLAIM_STEPS, CLAIM_TYPES
from ets_desktop.ui.search_conditions import ANY, SearchConditions
from ets_desktop.ui.widgets.period import today_in_seoul

#: The text conditions: field of ClaimSearch → label.
TEXTS = {"order_no": "주문번호", "customer": "고객"}
#: 단계: what is open, everything, or one step.
OPEN, EVERY = "", "every"
_HELD: dict[str, bool | None] = {"": None, "held": True, "free": False}
#: 경과: open for that many days at least.
AGES = (3, 7, 14, 30)
#: label → (row, column, span) of six pairs in one row.
_PLACES = {
    "유형": (0, 0, 1),
    "단계": (0, 1, 1),
    "보류": (0, 2, 1),
    "경과": (0, 3, 1),
    "주문번호": (0, 4, 1),
    "고객": (0, 5, 1),
}


class Conditions(SearchConditions):
    """A list of work: what is open, however old; the days are those of 접수."""

    def __init__(self, types: tuple[str, ...]) -> None:
        super().__init__(TEXTS, columns=6)
        self._types = types
        self._type = self.choice("유형", [("", ANY), *((one, CLAIM_TYPES[one]) for one in types)])
        self._step = self.choice("단계", [(OPEN, "진행 중"), (EVERY, ANY), *CLAIM_STEPS.items()])
        self._held = self.choice("보류", [("", ANY), ("held", "보류"), ("free", "보류 아님")])
        self._age = self.choice("경과", [("", ANY)])
        for days in AGES:
            self._age.addItem(self.tr("{days}일 이상").format(days=days), str(days))
        self.period.choose(ANY)
        self._place_fields()

    def _place_fields(self) -> None:
        self.texts["order_no"].setPlaceholderText(self.tr("번호 또는 끝 6자리"))
        self.texts["customer"].setPlaceholderText(self.tr("이름·초성, 전화번호"))
        fields: dict[str, QWidget] = {
            "유형": self._type,
            "단계": self._step,
            "보류": self._held,
            "경과": self._age,
        }
        self.lay_out(fields, _PLACES)

    def clear(self) -> None:
        """As the screen was opened: what is open, whenever it began."""
        super().clear()
        self.period.choose(ANY)

    def search(self) -> ClaimSearch:
        period = self.period.period()
        chosen, step = self._type.currentData(), self._step.currentData()
        return ClaimSearch(
            types=(chosen,) if chosen else self._types,
            step="" if step in (OPEN, EVERY) else step,
            held=_HELD[self._held.currentData()],
            open_only=step == OPEN,
            date_from=period.start,
            date_to=self._until(period.end),
            **self.text_values(),
        )

    def _until(self, end: date | None) -> date | None:
        """The last day of 접수, where 경과 asks for older ones still."""
        days = self._age.currentData()
        if not days:
            return end
        oldest = today_in_seoul() - timedelta(days=int(days))
        return oldest if end is None else min(end, oldest)

    def show_refusal_of_all(self, text: str) -> None:
        self.grid.show_error(TEXTS["customer"], text)

    def take_focus(self) -> None:
        self.texts["customer"].setFocus()
        self.texts["customer"].selectAll()
