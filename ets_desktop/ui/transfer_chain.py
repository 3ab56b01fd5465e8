"""이관이력: who handed a ticket to whom, in one line; when, why and what came of it on demand."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ets_desktop.domain.transfers import is_ping_pong
from ets_desktop.queries.transfers import ChainHop
from ets_desktop.ui.formats import clock_text, moment_text
from ets_desktop.ui.labels import TRANSFER_STATES, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.prompts import Prompts
from ets_desktop.ui.widgets.fields import ReadOnlyField, label_for

NAME = "이관이력"


def chain_line(hops: Sequence[ChainHop]) -> str:
    """`3회: 김상담 → 이상담 → 물류팀 → 박상담`; "" without a hop."""
    if not hops:
        return ""
    names = [hops[0].from_agent]
    for hop in hops:
        if hop.from_agent != names[-1]:
            names.append(hop.from_agent)  # taken at a team, come back, or taken over
        names.append(hop.to_agent)
    path = " → ".join(names)
    return translated("{count}회: {path}").format(count=hops[-1].hop, path=path)


def chain_lines(hops: Sequence[ChainHop]) -> str:
    """Each hop with its time, reason and outcome, one a line."""
    return "\n".join(_hop_line(hop) for hop in hops)


def _hop_line(hop: ChainHop) -> str:
    state = word(TRANSFER_STATES, hop.transfer_state)
    ended = f"{state} {clock_text(hop.settled_at)}" if hop.settled_at is not None else state
    words = (
        f"{hop.hop}. {moment_text(hop.sent_at)} {hop.from_agent} → {hop.to_agent}",
        hop.reason,
        ended,
        hop.return_reason,
    )
    return " · ".join(part for part in words if part)


class ChainStrip(QWidget):
    """One line, red from the third hop on; the button tells all of it."""

    def __init__(self, prompts: Prompts, *, labelled: bool = True) -> None:
        super().__init__()
        self._prompts = prompts
        self._hops: tuple[ChainHop, ...] = ()
        self.field = ReadOnlyField(NAME)
        self.button = QToolButton()
        self.button.setText("…")
        self.button.setAccessibleName(self.tr("이관이력 보기"))
        self.button.setToolTip(self.tr("이관이력 보기"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(3)
        if labelled:
            line.addWidget(label_for(NAME, self.field))
        line.addWidget(self.field, 1)
        line.addWidget(self.button)
        self.button.clicked.connect(self._on_button_clicked)
        self.show_hops(())

    def show_hops(self, hops: Sequence[ChainHop]) -> None:
        self._hops = tuple(hops)
        tone = "red" if hops and is_ping_pong(hops[-1].hop) else ""
        self.field.show_value(chain_line(hops), tone=tone, hint=chain_lines(hops))
        self.button.setEnabled(bool(hops))

    @Slot()
    def _on_button_clicked(self) -> None:
        self._prompts.notify(self.tr("이관이력"), chain_lines(self._hops))
