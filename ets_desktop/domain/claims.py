"""Claims on an order: their types, steps and reasons, and what may follow what (spec 30).

Two axes, never one list: how far the order is fulfilled (`order_status`), and how far its claim is
(type × step × hold). Steps are a line's; the claim stands where its hindmost open line stands.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from ets_desktop.domain.tickets import TicketType


class ClaimType(StrEnum):
    CANCEL = "cancel"
    RETURN = "return"
    EXCHANGE_SAME = "exchange_same"
    EXCHANGE_OTHER = "exchange_other"
    #: 맞교환: the new goods go out before the old ones come back.
    SWAP = "swap"
    #: 회수: the goods come back and nothing is refunded.
    COLLECT_ONLY = "collect_only"
    LOST_IN_TRANSIT = "lost_in_transit"
    NOT_DELIVERED = "not_delivered"


class Step(StrEnum):
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    PICKUP_ORDERED = "pickup_ordered"
    PICKUP_FAILED = "pickup_failed"
    COLLECTING = "collecting"
    ARRIVED = "arrived"
    INSPECTED = "inspected"
    DONE = "done"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Inspection(StrEnum):
    """검수결과 of a line."""

    GOOD = "good"
    FAULTY = "faulty"
    PARTS_MISSING = "parts_missing"
    WRONG_ITEM = "wrong_item"


class Decision(StrEnum):
    """처분 of a line: 환불, 교환출고 (or shipped again), 고객회송; STOCK is that of a mere 회수."""

    REFUND = "refund"
    EXCHANGE = "exchange"
    SEND_BACK = "send_back"
    STOCK = "stock"


class Fault(StrEnum):
    """Whose doing it is (귀책), which says who pays the postage (제18조)."""

    CUSTOMER = "customer"
    SELLER = "seller"
    COURIER = "courier"


class HoldReason(StrEnum):
    """Why a claim is held (보류), as the channels have it."""

    FEE_UNPAID = "fee_unpaid"
    EXTRA_COST = "extra_cost"
    GOODS_NOT_ARRIVED = "goods_not_arrived"
    EXCHANGE_NOT_READY = "exchange_not_ready"
    SELLER_CHECKS = "seller_checks"
    CUSTOMER_CHECKS = "customer_checks"
    OTHER = "other"


class Instruction(StrEnum):
    """What logistics and accounting are told."""

    COLLECT = "collect"
    CANCEL_COLLECT = "cancel_collect"
    CANCEL_ORDER = "cancel_order"
    STOCK_IN = "stock_in"
    EXCHANGE_SHIP = "exchange_ship"
    RESHIP = "reship"
    SEND_BACK = "send_back"
    REFUND = "refund"


#: 사유 with whose fault it is; OTHER is whoever the desk says.
REASONS: Mapping[str, Fault | None] = MappingProxyType(
    {
        "change_of_mind": Fault.CUSTOMER,
        "size_or_colour": Fault.CUSTOMER,
        "ordered_wrongly": Fault.CUSTOMER,
        "faulty": Fault.SELLER,
        "damaged": Fault.SELLER,
        "wrong_item": Fault.SELLER,
        "parts_missing": Fault.SELLER,
        "not_as_described": Fault.SELLER,
        "late": Fault.SELLER,
        "sold_out": Fault.SELLER,
        "lost": Fault.COURIER,
        "not_delivered": Fault.COURIER,
        "other": None,
    }
)
CLOSED = frozenset({Step.DONE, Step.REJECTED, Step.WITHDRAWN})
#: Types without goods that come back: they skip the pickup.
WITHOUT_GOODS = frozenset({ClaimType.CANCEL, ClaimType.LOST_IN_TRANSIT, ClaimType.NOT_DELIVERED})
#: Types for which other goods go out.
EXCHANGES = frozenset({ClaimType.EXCHANGE_SAME, ClaimType.EXCHANGE_OTHER, ClaimType.SWAP})
#: The type of the ticket a claim makes.
TICKET_TYPES: Mapping[ClaimType, TicketType] = MappingProxyType(
    {
        ClaimType.CANCEL: TicketType.CANCEL,
        ClaimType.RETURN: TicketType.RETURN,
        ClaimType.EXCHANGE_SAME: TicketType.EXCHANGE,
        ClaimType.EXCHANGE_OTHER: TicketType.EXCHANGE,
        ClaimType.SWAP: TicketType.EXCHANGE,
        ClaimType.COLLECT_ONLY: TicketType.RETURN,
        ClaimType.LOST_IN_TRANSIT: TicketType.DELIVERY,
        ClaimType.NOT_DELIVERED: TicketType.DELIVERY,
    }
)

_END = (Step.REJECTED, Step.WITHDRAWN)
_WITH_GOODS: Mapping[Step, frozenset[Step]] = MappingProxyType(
    {
        Step.REQUESTED: frozenset({Step.ACCEPTED, Step.PICKUP_ORDERED, Step.ARRIVED, *_END}),
        Step.ACCEPTED: frozenset({Step.PICKUP_ORDERED, Step.ARRIVED, *_END}),
        Step.PICKUP_ORDERED: frozenset(
            {Step.ACCEPTED, Step.COLLECTING, Step.PICKUP_FAILED, Step.ARRIVED, *_END}
        ),
        # A parcel that was not picked up may come all the same.
        Step.PICKUP_FAILED: frozenset(
            {Step.ACCEPTED, Step.PICKUP_ORDERED, Step.COLLECTING, Step.ARRIVED, *_END}
        ),
        # From here on the goods are on their way: what comes back is looked at.
        Step.COLLECTING: frozenset({Step.ARRIVED}),
        Step.ARRIVED: frozenset({Step.INSPECTED}),
        Step.INSPECTED: frozenset({Step.DONE}),
    }
)
_WITHOUT_GOODS: Mapping[Step, frozenset[Step]] = MappingProxyType(
    {
        Step.REQUESTED: frozenset({Step.ACCEPTED, *_END}),
        Step.ACCEPTED: frozenset({Step.DONE, *_END}),
    }
)
#: The hindmost first.
_ORDER = (
    Step.PICKUP_FAILED,
    Step.REQUESTED,
    Step.ACCEPTED,
    Step.PICKUP_ORDERED,
    Step.COLLECTING,
    Step.ARRIVED,
    Step.INSPECTED,
    Step.DONE,
    Step.REJECTED,
    Step.WITHDRAWN,
)
_DECISIONS: Mapping[ClaimType, frozenset[Decision]] = MappingProxyType(
    {
        ClaimType.CANCEL: frozenset({Decision.REFUND}),
        ClaimType.LOST_IN_TRANSIT: frozenset({Decision.REFUND, Decision.EXCHANGE}),
        ClaimType.NOT_DELIVERED: frozenset({Decision.REFUND, Decision.EXCHANGE}),
        ClaimType.COLLECT_ONLY: frozenset({Decision.STOCK}),
    }
)
_ANY_OF_THREE = frozenset({Decision.REFUND, Decision.EXCHANGE, Decision.SEND_BACK})

_NOT_SHIPPED = frozenset({"awaiting_payment", "paid", "preparing", "ready_to_ship", "on_hold"})


def next_steps(claim_type: ClaimType, step: Step) -> frozenset[Step]:
    """Where a line may go from `step`; nowhere from a closed one."""
    moves = _WITHOUT_GOODS if claim_type in WITHOUT_GOODS else _WITH_GOODS
    return moves.get(step, frozenset())


def claim_step(steps: Iterable[Step]) -> Step:
    """Where a claim stands whose lines stand at `steps`: that of the hindmost open line."""
    return min(steps, key=_ORDER.index)


def decisions_for(claim_type: ClaimType) -> frozenset[Decision]:
    """What may be decided of a line of such a claim."""
    return _DECISIONS.get(claim_type, _ANY_OF_THREE)


def takes(claim_type: ClaimType, step: Step, decision: Decision | None) -> bool:
    """Whether pieces under a claim count against what was bought: the customer no longer has (or
    will no longer have) them. What went back, or was replaced by the same, may be claimed again."""
    if step in (Step.REJECTED, Step.WITHDRAWN):
        return False
    if step is not Step.DONE or decision in (Decision.REFUND, Decision.STOCK):
        return True
    return decision is Decision.EXCHANGE and claim_type is ClaimType.EXCHANGE_OTHER


def is_shipped(order_status: str) -> bool:
    """Whether goods of such a line have left the house."""
    return order_status not in _NOT_SHIPPED and order_status != "cancelled"


def instructions_for(claim_type: ClaimType, decision: Decision) -> tuple[Instruction, ...]:
    """What logistics is told of a line that was decided so; 맞교환 sent its goods at once."""
    if claim_type is ClaimType.CANCEL:
        return (Instruction.REFUND,)
    if claim_type in WITHOUT_GOODS:
        again = decision is Decision.EXCHANGE
        return (Instruction.RESHIP,) if again else (Instruction.REFUND,)
    match decision:
        case Decision.SEND_BACK:
            return (Instruction.SEND_BACK,)
        case Decision.STOCK:
            return (Instruction.STOCK_IN,)
        case Decision.REFUND:
            return (Instruction.STOCK_IN, Instruction.REFUND)
    if claim_type is ClaimType.SWAP:
        return (Instruction.STOCK_IN,)
    return (Instruction.STOCK_IN, Instruction.EXCHANGE_SHIP)
