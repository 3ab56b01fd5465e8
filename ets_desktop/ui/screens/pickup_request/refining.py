"""주소 정제: how the courier routes an address; what was typed stays as it is."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from ets_desktop.domain.couriers import Refined
from ets_desktop.domain.pickups import REFINING_COURIER
from ets_desktop.ui.courier_labels import REFINE_WARNINGS
from ets_desktop.ui.labels import word
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.fields import ReadOnlyField

RESULT = "정제결과"


def refine_address(couriers: Mapping[str, Mapping[str, Any]], address: str) -> Refined:
    """Ask the courier of the settings, on a worker. EtsError of the settings, RuleViolation with
    the fault of the address, Unavailable without an answer."""
    # Its HTTP client takes a while to load, and most desks never need it.
    from ets_desktop.couriers import open_courier

    with open_courier(REFINING_COURIER, couriers) as courier:
        return courier.refine(address)


class RefinedField(ReadOnlyField):
    """정제결과 of one address; of another one it says nothing. `button` stands beside it."""

    #: 주소 정제 was pressed
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(RESULT, parent)
        self._address = ""
        self._refined: Refined | None = None
        self.button = QToolButton()
        self.button.setText(self.tr("주소 정제"))
        self.button.setToolTip(self.tr("CJ대한통운이 주소를 어떻게 분류하는지 묻습니다."))
        self.button.clicked.connect(self.wanted)

    def await_answer(self, address: str) -> None:
        self._address, self._refined = address, None
        self.show_value(self.tr("정제 중…"))

    def show_refined(self, refined: Refined) -> None:
        self._refined = refined
        self.show_value(_words(refined), tone="red" if refined.warnings else "")

    def follow(self, address: str) -> None:
        """What stands in the address fields now: an answer to another address is none."""
        if address != self._address:
            self._address, self._refined = "", None
            self.show_value("")

    def facts(self) -> Mapping[str, Any] | None:
        """What is stored with the pickup; None while the address was not refined."""
        return None if self._refined is None else self._refined.facts()


def _words(refined: Refined) -> str:
    """Sorting code, branch and warnings."""
    code = " ".join(part for part in (refined.code, refined.sub_code) if part)
    told = [translated("분류코드 {code}").format(code=code), refined.short_address]
    if refined.branch:
        told.append(translated("점소 {branch}").format(branch=refined.branch))
    told.extend(word(REFINE_WARNINGS, warning) for warning in refined.warnings)
    return " · ".join(part for part in told if part)
