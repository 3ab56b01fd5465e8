"""The columns of the lists behind the figures; names and numbers come masked (spec 80)."""

from collections.abc import Hashable

from ets_desktop.domain.statistics import Fact
from ets_desktop.queries.statistics import FactRow
from ets_desktop.ui.claim_labels import CLAIM_REASONS
from ets_desktop.ui.formats import day_text, moment_text
from ets_desktop.ui.labels import TICKET_STATUSES, TICKET_TYPES, word
from ets_desktop.ui.screens.statistics.figures import span_text
from ets_desktop.ui.statistics_labels import CALL_RESULTS
from ets_desktop.ui.tables import CENTER, RIGHT, Column

_AT = Column[FactRow]("일시", lambda row: moment_text(row.at), 19)
_AGENT = Column[FactRow]("상담원", lambda row: row.agent, 8, least=6)
_TICKET_NO = Column[FactRow]("접수번호", lambda row: row.ticket_no, 13, least=11)
_TYPE = Column[FactRow]("접수유형", lambda row: word(TICKET_TYPES, row.ticket_type), 8, least=7)
_CUSTOMER = Column[FactRow]("고객", lambda row: row.customer, 8, least=5)
_PHONE = Column[FactRow]("연락처", lambda row: row.phone, 14, least=12)
_CHANNEL = Column[FactRow]("판매처", lambda row: row.channel, 10, least=6)
_GOODS = Column[FactRow]("상품", lambda row: row.product, 20, least=7)
_TITLE = Column[FactRow]("제목", lambda row: row.title, 26, least=8)
_STATUS = Column[FactRow]("상태", lambda row: word(TICKET_STATUSES, row.status), 5, CENTER, least=4)

TICKET_COLUMNS: tuple[Column[FactRow], ...] = (
    _AT,
    _TICKET_NO,
    _TYPE,
    Column("세부유형", lambda row: row.category, 10, least=7),
    _CUSTOMER,
    _PHONE,
    _CHANNEL,
    _GOODS,
    _TITLE,
    _STATUS,
    _AGENT,
    Column("완료예정일", lambda row: day_text(row.due_on), 11, least=10),
    Column("완료일시", lambda row: moment_text(row.completed_at), 19, least=10),
    Column("처리시간", lambda row: _time(row), 10, RIGHT, least=9),
)
CALL_COLUMNS: tuple[Column[FactRow], ...] = (
    _AT,
    Column("결과", lambda row: word(CALL_RESULTS, row.fact), 8, CENTER),
    _AGENT,
    Column("내선", lambda row: row.extension, 7, CENTER),
    Column("응답시간", lambda row: _time(row), 9, RIGHT),
    _CUSTOMER,
    _PHONE,
    _TICKET_NO,
    _TYPE,
    _TITLE,
    _STATUS,
)
CLAIM_COLUMNS: tuple[Column[FactRow], ...] = (
    _AT,
    Column("클레임번호", lambda row: row.claim_no, 13, least=11),
    Column("사유", lambda row: word(CLAIM_REASONS, row.reason), 14, least=8),
    _CHANNEL,
    _GOODS,
    _CUSTOMER,
    _PHONE,
    _TICKET_NO,
    _TYPE,
    _TITLE,
    _STATUS,
    _AGENT,
)


def fact_key(row: FactRow) -> Hashable:
    return row.fact, row.source_id


def _time(row: FactRow) -> str:
    """Of what was completed, or answered."""
    return span_text(row.seconds or 0) if row.fact in _TIMED else ""


_TIMED = (Fact.COMPLETED, Fact.CALL_ANSWERED)
