"""배송조회 of the order line in hand (spec 15)."""

from ets_desktop.queries.deliveries import DeliveryRow
from ets_desktop.ui.claim_labels import PICKUP_STATES
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import word
from ets_desktop.ui.language import translated
from ets_desktop.ui.tables import Column

TITLE = "배송조회"


def state_of(row: DeliveryRow) -> str:
    if row.kind == "pickup":
        told = word(PICKUP_STATES, row.state) if row.state else row.courier_state
        return translated("회수 · {state}").format(state=told)
    if row.kind == "delivered":
        return translated("배송완료")
    return translated("송장 등록") if row.at is None else translated("발송")


COLUMNS: tuple[Column[DeliveryRow], ...] = (
    Column("일시", lambda row: moment_text(row.at), 19),
    Column("위치", lambda row: row.place, 26, least=10),
    Column("상태", state_of, 18, least=8),
)


def delivery_key(row: DeliveryRow) -> tuple[str, int]:
    return row.kind, row.event_id
