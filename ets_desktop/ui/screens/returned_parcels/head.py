"""What is known of the claim whose parcel is on the table."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ets_desktop.domain.masking import mask_name
from ets_desktop.queries.claim_detail import ClaimDetail
from ets_desktop.ui.claim_labels import (
    CLAIM_REASONS,
    CLAIM_STEPS,
    CLAIM_TYPES,
    HOLD_REASONS,
    INSTRUCTIONS,
    PAID_IN_FULL,
)
from ets_desktop.ui.labels import word
from ets_desktop.ui.sending import sending_words
from ets_desktop.ui.widgets.fields import ReadOnlyField
from ets_desktop.ui.widgets.form_grid import FormGrid

_COLUMNS = 4
FIELDS = (
    "클레임번호",
    "유형",
    "단계",
    "보류사유",
    "주문번호",
    "고객",
    "사유",
    "완납여부",
    "원송장번호",
    "회수송장번호",
    "접수번호",
    "접수담당자",
    "접수비고",
    "물류지시",
)


class ClaimHead(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._fields = {label: ReadOnlyField(label) for label in FIELDS}
        grid = FormGrid(_COLUMNS)
        for number, label in enumerate(FIELDS[:-2]):
            grid.add_field(label, self._fields[label], number // _COLUMNS, number % _COLUMNS)
        last = (len(FIELDS) - 2) // _COLUMNS
        for number, label in enumerate(FIELDS[-2:]):
            grid.add_field(label, self._fields[label], last, number * 2, span=2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(grid)

    def show_claim(self, detail: ClaimDetail | None) -> None:
        values = ("",) * len(FIELDS) if detail is None else _values(detail)
        for field, value in zip(self._fields.values(), values, strict=True):
            field.show_value(value)
        if detail is not None and detail.row.held:
            held = word(HOLD_REASONS, detail.row.hold_reason)
            self._fields["보류사유"].show_value(held, tone="red", hint=detail.hold_note)
        if detail is not None and not detail.row.paid_in_full:
            self._fields["완납여부"].show_value(word(PAID_IN_FULL, "false"), tone="red")
        if detail is not None and any(told.state == "failed" for told in detail.instructions):
            self._fields["물류지시"].show_value(values[-1], tone="red")


def _values(detail: ClaimDetail) -> tuple[str, ...]:
    row = detail.row
    last = detail.pickups[-1] if detail.pickups else None
    return (
        row.claim_no,
        word(CLAIM_TYPES, row.claim_type),
        word(CLAIM_STEPS, row.step),
        "",
        row.channel_order_no,
        mask_name(row.customer),
        word(CLAIM_REASONS, row.reason),
        word(PAID_IN_FULL, "true"),
        last.original_waybill if last is not None else "",
        last.return_waybill if last is not None else "",
        row.ticket_no,
        row.assignee,
        " · ".join(part for part in (detail.note, detail.reason_note) if part),
        " · ".join(
            f"{word(INSTRUCTIONS, told.kind)} {sending_words(told.state, told.error)}"
            for told in detail.instructions
        ),
    )
