"""상용구 of the form: offered at the cursor after "/", or picked from the list, and filled in."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Slot

from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.hangul import matches
from ets_desktop.domain.templates import (
    AGENT,
    CUSTOMER,
    ORDER_NO,
    PRODUCT,
    TODAY,
    fill_template,
)
from ets_desktop.domain.topics import TEMPLATES, Topic
from ets_desktop.queries.templates import TemplateRow, templates
from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.formats import day_text
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm
from ets_desktop.ui.widgets.choices import TemplateChoice
from ets_desktop.ui.widgets.counted_text import CountedText
from ets_desktop.ui.widgets.pick_list import Choice, TextPicker


class Templates(QObject):
    """Those for the ticket type in the form come first, those for another one not at all."""

    def __init__(
        self,
        context: UiContext,
        jobs: ScreenJobs,
        form: OpenForm,
        text: CountedText,
        box: TemplateChoice,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(form)
        self._context = context
        self._jobs = jobs
        self._form = form
        self._text = text
        self._box = box
        self._now = now
        self._rows: tuple[TemplateRow, ...] = ()
        self.picker = TextPicker("상용구 목록", text.editor, self._choices)
        text.slash_typed.connect(self._on_slash_typed)
        text.composition_changed.connect(self.picker.refilter)
        self.picker.picked.connect(self._on_picked)
        box.template_chosen.connect(self._on_chosen)
        context.changes.subscribe(self, (TEMPLATES,), self._on_touched)
        self.load()

    def load(self) -> None:
        self._jobs.load(templates, on_done=self._on_read, lane="templates")

    def show_for(self, ticket_type: str) -> None:
        """The list beside the counter offers what fits this ticket type."""
        self._box.offer((row.template_id, row.title) for row in self._fitting(ticket_type))

    def open(self) -> None:
        """By key: the list at the cursor of 접수내용."""
        if self._text.isEnabled() and not self._text.editor.isReadOnly():
            self._text.editor.setFocus()
            self.picker.begin()

    # What is offered

    def _on_read(self, rows: tuple[TemplateRow, ...]) -> None:
        self._rows = rows
        self.show_for(self._form.contents.form.ticket_type)

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        self.load()

    def _fitting(self, ticket_type: str) -> list[TemplateRow]:
        fitting = [row for row in self._rows if row.ticket_type in (ticket_type, "")]
        if not ticket_type:
            fitting = list(self._rows)
        return sorted(fitting, key=lambda row: row.ticket_type != ticket_type)

    def _choices(self, typed: str) -> list[Choice]:
        rows = self._fitting(self._form.contents.form.ticket_type)
        return [Choice(row.title, row, row.body) for row in rows if matches(typed, row.title)]

    # What is done with it

    @Slot()
    def _on_slash_typed(self) -> None:
        self.picker.begin(lead=1)

    @Slot(object, int)
    def _on_picked(self, row: TemplateRow, replaced: int) -> None:
        self._put(row, replaced)

    @Slot(int)
    def _on_chosen(self, template_id: int) -> None:
        row = next((row for row in self._rows if row.template_id == template_id), None)
        if row is not None:
            self._text.editor.setFocus()
            self._put(row, 0)

    def _put(self, row: TemplateRow, replaced: int) -> None:
        filled = fill_template(row.body, self._values())
        self._text.insert_text(filled.text, replacing=replaced)
        if filled.unfilled:
            places = ", ".join(f"{{{name}}}" for name in filled.unfilled)
            told = self.tr("상용구 ‘{title}’에서 채우지 못한 곳이 있습니다: {places}")
            self._context.desk.say(told.format(title=row.title, places=places))

    def _values(self) -> dict[str, str]:
        form = self._form
        customer, order = form.customer, form.order
        known = customer.name if customer is not None else ""
        return {
            CUSTOMER: known or form.new_customer_name,
            ORDER_NO: (order.channel_order_no or order.order_no) if order is not None else "",
            PRODUCT: order.product if order is not None else "",
            AGENT: self._context.agent.name,
            TODAY: day_text(seoul_date(self._now())),
        }
