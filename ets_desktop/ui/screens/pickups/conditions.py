"""The conditions of 택배회수이력 (spec 30)."""

from PySide6.QtWidgets import QWidget

from ets_desktop.queries.pickups import PickupSearch
from ets_desktop.ui.claim_labels import COURIERS, PICKUP_STATES
from ets_desktop.ui.search_conditions import ANY, SearchConditions

#: The text conditions: field of PickupSearch → label.
TEXTS = {"waybill": "송장번호", "order_no": "주문번호", "customer": "고객"}
#: label → (row, column, span) of five pairs in one row.
_PLACES = {
    "택배사": (0, 0, 1),
    "상태": (0, 1, 1),
    "주문번호": (0, 2, 1),
    "고객": (0, 3, 1),
    "송장번호": (0, 4, 1),
}


class Conditions(SearchConditions):
    """Typing begins at 송장번호, where a number is scanned."""

    def __init__(self) -> None:
        super().__init__(TEXTS, columns=5)
        self._courier = self.choice("택배사", [("", ANY), *COURIERS.items()])
        self._state = self.choice("상태", [("", ANY), *PICKUP_STATES.items()])
        self._place_fields()

    def _place_fields(self) -> None:
        for name, hint in (
            ("waybill", self.tr("원송장·회수송장")),
            ("order_no", self.tr("주문번호 또는 끝 6자리")),
            ("customer", self.tr("이름·초성, 전화번호")),
        ):
            self.texts[name].setPlaceholderText(hint)
        fields: dict[str, QWidget] = {"택배사": self._courier, "상태": self._state}
        self.lay_out(fields, _PLACES)

    def search(self) -> PickupSearch:
        period = self.period.period()
        return PickupSearch(
            date_from=period.start,
            date_to=period.end,
            courier=self._courier.currentData(),
            state=self._state.currentData(),
            **self.text_values(),
        )

    def show_refusal_of_all(self, text: str) -> None:
        self.grid.show_error(TEXTS["waybill"], text)

    def take_focus(self) -> None:
        self.texts["waybill"].setFocus()
        self.texts["waybill"].selectAll()
