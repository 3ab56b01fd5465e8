"""The columns of 승인 and 내 승인요청; what an export was asked by is masked (spec 80)."""

from ets_desktop.domain.approvals import ApprovalKind, ApprovalState
from ets_desktop.queries.approvals import ApprovalRow
from ets_desktop.ui.approval_labels import APPROVAL_KINDS, APPROVAL_STATES
from ets_desktop.ui.formats import moment_text, money_text
from ets_desktop.ui.labels import word
from ets_desktop.ui.language import translated
from ets_desktop.ui.tables import CENTER, RIGHT, Column


def approval_columns() -> tuple[Column[ApprovalRow], ...]:
    return (
        Column("종류", lambda row: word(APPROVAL_KINDS, row.kind), 9, CENTER, least=8),
        Column("대상", subject_of, 24, least=17),
        Column("금액", lambda row: money_text(row.amount), 10, RIGHT),
        Column("인원", lambda row: _number(row.persons), 6, RIGHT),
        Column("요청자", lambda row: row.asker, 9, least=6),
        Column("요청일시", lambda row: moment_text(row.asked_at), 19),
        Column("사유", lambda row: row.reason, 26, least=10),
        Column("조건", _conditions, 20, least=6),
        Column("상태", state_of, 8, CENTER, least=6, red=_is_refused),
        Column("처리자", lambda row: row.answerer, 9, least=6),
        Column("처리일시", lambda row: moment_text(row.answered_at), 19),
        Column("처리사유", lambda row: row.answer_reason, 20, least=6),
    )


def approval_key(row: ApprovalRow) -> int:
    return row.approval_id


def subject_of(row: ApprovalRow) -> str:
    """접수 261122-00012, 클레임 R000000034, 목록 주문목록, 고객 C000000056."""
    if row.kind is ApprovalKind.REOPEN:
        return translated("접수 {number}").format(number=row.ticket_no)
    if row.kind is ApprovalKind.REFUND:
        return translated("클레임 {number}").format(number=row.claim_no)
    if row.customer_id is not None:
        return translated("고객 {number}").format(number=f"C{row.customer_id:09}")
    return translated("목록 {name}").format(name=translated(row.list_name))


def brief(row: ApprovalRow) -> str:
    """재오픈 접수 261122-00012, 환불 클레임 R000000034 400,000원."""
    told = f"{word(APPROVAL_KINDS, row.kind)} {subject_of(row)}"
    if row.amount is not None:
        told += " " + translated("{won}원").format(won=money_text(row.amount))
    if row.persons is not None:
        told += " " + translated("{count}명").format(count=_number(row.persons))
    return told


def state_of(row: ApprovalRow) -> str:
    used = row.state is ApprovalState.APPROVED and row.used_at is not None
    return translated("사용함") if used else word(APPROVAL_STATES, row.state)


def _is_refused(row: ApprovalRow) -> bool:
    return row.state is ApprovalState.REFUSED


def _conditions(row: ApprovalRow) -> str:
    # Not before there is a request: these words come with the forms of the searches.
    from ets_desktop.ui.screens.access_review.columns import told_conditions

    return told_conditions(row.conditions, {})


def _number(count: int | None) -> str:
    return "" if count is None else f"{count:,}"
