"""The conditions of 접속기록: period, who, what was done, at whose data, by which words."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ets_desktop.queries.access_log import MANY, MANY_PERSONS, OUTSIDE, AccessSearch
from ets_desktop.ui.access_labels import ACCESS_ACTIONS
from ets_desktop.ui.search_conditions import ANY, SearchConditions

#: The text conditions: field of AccessSearch → label.
TEXTS = {"who": "담당자", "subject": "대상", "words": "조건"}
KIND, ACTION = "구분", "작업"
#: label → (row, column, span) of five pairs in one row.
_PLACES = {
    "담당자": (0, 0, 1),
    ACTION: (0, 1, 1),
    KIND: (0, 2, 1),
    "대상": (0, 3, 1),
    "조건": (0, 4, 1),
}


class Conditions(SearchConditions):
    """Typing begins at 담당자."""

    def __init__(self) -> None:
        super().__init__(TEXTS, columns=5)
        self._action = self.choice(ACTION, [("", ANY), *ACCESS_ACTIONS.items()])
        many = self.tr("{count}명 이상").format(count=MANY_PERSONS)
        self._kind = self.choice(KIND, [("", ANY), (OUTSIDE, "근무시간 외"), (MANY, many)])
        self._lay_out()

    def _lay_out(self) -> None:
        for name, hint in (
            ("who", self.tr("이름 또는 아이디")),
            ("subject", self.tr("고객번호·주문번호")),
            ("words", self.tr("조회한 말, 사유")),
        ):
            self.texts[name].setPlaceholderText(hint)
        fields: dict[str, QWidget] = {ACTION: self._action, KIND: self._kind}
        self.place(fields, _PLACES)
        first = QHBoxLayout()
        first.addWidget(self.period, 1)
        self.add_buttons(first)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self.period_error)
        column.addWidget(self.grid)

    def search(self) -> AccessSearch:
        period = self.period.period()
        return AccessSearch(
            date_from=period.start,
            date_to=period.end,
            action=self._action.currentData(),
            kind=self._kind.currentData(),
            **self.text_values(),
        )

    def show_exports(self) -> None:
        """What a notice of an export leads to."""
        self.clear()
        self._action.setCurrentIndex(self._action.findData("export"))

    def show_refusal_of_all(self, text: str) -> None:
        self.grid.show_error(TEXTS["who"], text)

    def take_focus(self) -> None:
        self.texts["who"].setFocus()
        self.texts["who"].selectAll()
