"""상용구 of 관리: what they say, for which tickets, in which order they are offered."""

from collections.abc import Hashable, Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget

from ets_desktop.domain.templates import (
    AGENT,
    BODY_LIMIT,
    CUSTOMER,
    ORDER_NO,
    PLACES,
    PRODUCT,
    TITLE_LIMIT,
    TODAY,
    TemplateText,
    fill_template,
    unknown_places,
)
from ets_desktop.domain.topics import TEMPLATES
from ets_desktop.queries.templates import TemplateRecord, template_records
from ets_desktop.services.templates import (
    AddTemplate,
    ChangeTemplate,
    OrderTemplates,
    add_template,
    change_template,
    order_templates,
)
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import day_text, moment_text
from ets_desktop.ui.labels import TICKET_TYPES, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.administration.changes import plain_words
from ets_desktop.ui.screens.administration.ordering import DOWN, ORDER_TOLD, UP, RecordOrder
from ets_desktop.ui.screens.administration.record_page import RecordPage, Wish
from ets_desktop.ui.screens.administration.teams import IN_USE, in_use
from ets_desktop.ui.tables import CENTER, Column
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.fields import FieldNote, TextField, label_for, set_tone

TITLE, TYPE, BODY, PREVIEW = "제목", "접수유형", "내용", "미리보기"
EVERY_TYPE: Mapping[str, str] = MappingProxyType({"": "모든 접수유형", **TICKET_TYPES})
_PREVIEW_LINES = 5


def _type(row: TemplateRecord) -> str:
    return word(EVERY_TYPE, row.ticket_type)


COLUMNS: tuple[Column[TemplateRecord], ...] = (
    Column(TITLE, lambda row: row.title, 22),
    Column(TYPE, _type, 12, least=8),
    Column(IN_USE, lambda row: in_use(row.active), 8, CENTER, red=lambda row: not row.active),
    Column(BODY, lambda row: " ".join(row.body.split()), 30),
    Column("수정자", lambda row: row.updated_by, 8),
    Column("수정일시", lambda row: moment_text(row.updated_at), 19),
)


class TemplatesPage(RecordPage[TemplateRecord]):
    LIST, KIND, TOPICS, COLUMNS = "상용구 목록", "template", (TEMPLATES,), COLUMNS
    BUTTONS = (UP, DOWN)
    TOLD = ORDER_TOLD

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._order: RecordOrder[TemplateRecord] = RecordOrder(self, self._order_wish)

    def build_form(self) -> None:
        self._body = QPlainTextEdit()
        self._body.setAccessibleName(translated(BODY))
        self._body.setTabChangesFocus(True)
        self._body.setMinimumHeight(120)
        self._note = FieldNote(BODY)
        active = QCheckBox(translated("사용"))
        active.setToolTip(self.tr("쓰지 않는 상용구는 상담 화면에 나오지 않습니다. (Space)"))
        self.form.add_field("title", TITLE, TextField(TITLE, maximum=TITLE_LIMIT))
        self.form.add_field("ticket_type", TYPE, CodeChoice(TYPE, EVERY_TYPE))
        self.form.add_field("body", BODY, self._body)
        self.form.add_beneath("body", self._note)
        self.form.add_field("active", IN_USE, active)
        self.form.add_below(self._preview())
        self._body.textChanged.connect(self._on_body_changed)

    def _preview(self) -> QWidget:
        """As it would stand in 접수내용."""
        self._shown = QPlainTextEdit()
        self._shown.setReadOnly(True)
        self._shown.setTabChangesFocus(True)
        self._shown.setProperty("shown", True)
        lines = _PREVIEW_LINES * self._shown.fontMetrics().lineSpacing()
        self._shown.setMinimumHeight(lines + 12)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label_for(PREVIEW, self._shown))
        column.addWidget(self._shown, 1)
        return whole

    @staticmethod
    def key(row: Any) -> Hashable:
        return int(row.template_id)

    read = staticmethod(template_records)

    def values_of(self, row: TemplateRecord | None) -> dict[str, object]:
        if row is None:
            return {"title": "", "ticket_type": "", "body": "", "active": True}
        return {
            "title": row.title,
            "ticket_type": row.ticket_type,
            "body": row.body,
            "active": row.active,
        }

    def title_of(self, row: TemplateRecord) -> str:
        return row.title

    def record_shown(self, row: TemplateRecord | None) -> None:
        self._on_body_changed()

    def words(self, column: str, value: object) -> str:
        if column == "ticket_type":
            return word(EVERY_TYPE, str(value or ""))
        return plain_words(column, value)

    def wish(self, row: TemplateRecord | None, values: dict[str, object], reason: str) -> Wish:
        text = _text(values)
        if row is None:
            command = AddTemplate(text, reason)
            return Wish(add_template, command, self.tr("상용구를 만들었습니다."))
        change = ChangeTemplate(row.template_id, _text(self.values_of(row)), text, reason)
        return Wish(change_template, change, self.tr("상용구를 저장했습니다."))

    def _order_wish(self, was: tuple[int, ...], now: tuple[int, ...]) -> Wish:
        command = OrderTemplates(was, now)
        return Wish(order_templates, command, self.tr("상용구의 순서를 바꾸었습니다."))

    @Slot()
    def _on_body_changed(self) -> None:
        body = self._body.toPlainText()
        self._shown.setPlainText(fill_template(body, self._examples()).text)
        unknown = unknown_places(body)
        if unknown:
            told = self.tr("채울 수 없는 자리입니다: {places}").format(places=_braced(unknown))
        elif len(body) > BODY_LIMIT:
            told = self.tr("{maximum:,}자까지 저장할 수 있습니다.").format(maximum=BODY_LIMIT)
        else:
            told = self.tr("채울 수 있는 자리: {places}").format(places=_braced(PLACES))
        self._note.show_note(told)
        set_tone(self._note, "red" if unknown or len(body) > BODY_LIMIT else "")

    def _examples(self) -> dict[str, str]:
        return {
            CUSTOMER: translated("홍길동"),
            ORDER_NO: "20261123-0000017",
            PRODUCT: translated("무선 청소기"),
            AGENT: self.context.agent.name,
            TODAY: day_text(now_in_seoul().date()),
        }


def _text(values: Mapping[str, object]) -> TemplateText:
    return TemplateText(
        str(values["title"]),
        str(values["body"]),
        str(values["ticket_type"]),
        values["active"] is True,
    )


def _braced(names: tuple[str, ...]) -> str:
    return " ".join(f"{{{name}}}" for name in names)
