"""병합 of duplicates and its undoing: one row is written, triggers move what belongs to whom."""

from dataclasses import dataclass

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from ets_desktop.db.schema.customers import Customer, CustomerMerge
from ets_desktop.domain.customers import refusal_to_merge
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.domain.topics import Done, Topic, customer_topic, order_topic, ticket_topic

_NOT_SYNCHRONIZED = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class MergeCustomers:
    """`merged_id` goes up in `kept_id` and is seen nowhere any more."""

    actor_id: int
    kept_id: int
    merged_id: int


@dataclass(frozen=True, slots=True)
class UndoMerge:
    actor_id: int
    merge_id: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge moved, or its undoing moved back at most."""

    merge_id: int
    kept_id: int
    merged_id: int
    tickets: int
    calls: int
    orders: int
    phones: int


def merge_customers(session: Session, command: MergeCustomers) -> Done[Merged]:
    """Everything of `merged_id` belongs to `kept_id` from now on, closed tickets included.

    RuleViolation `merge_with_itself`, `customer_merged` (one of them is merged already, perhaps by
    another desk in this moment); NotFound `no_such_customer`.
    """
    refusal = refusal_to_merge(command.kept_id, command.merged_id)
    if refusal is not None:
        raise RuleViolation(refusal)
    both = (command.kept_id, command.merged_id)
    if session.scalar(select(func.count()).where(Customer.id.in_(both))) != len(both):
        raise NotFound("no_such_customer")
    merge_id = session.scalars(
        insert(CustomerMerge)
        .values(kept_id=both[0], merged_id=both[1], merged_by=command.actor_id)
        .returning(CustomerMerge.id)
    ).one()
    return _done(session, merge_id)


def undo_merge(session: Session, command: UndoMerge) -> Done[Merged]:
    """병합 취소: what moved and is still where it went goes back.

    NotFound `no_such_merge`; RuleViolation `merge_undone`, `later_merge_first`.
    """
    undone = session.execute(
        update(CustomerMerge)
        .where(CustomerMerge.id == command.merge_id)
        .values(undone_at=func.clock_timestamp(), undone_by=command.actor_id)
        .returning(CustomerMerge.id),
        execution_options=_NOT_SYNCHRONIZED,
    )
    if undone.one_or_none() is None:
        raise NotFound("no_such_merge")
    return _done(session, command.merge_id)


def _done(session: Session, merge_id: int) -> Done[Merged]:
    merge = session.execute(
        select(
            CustomerMerge.kept_id,
            CustomerMerge.merged_id,
            CustomerMerge.tickets,
            CustomerMerge.calls,
            CustomerMerge.orders,
            CustomerMerge.phones,
        ).where(CustomerMerge.id == merge_id)
    ).one()
    moved = {name: len(getattr(merge, name)) for name in ("tickets", "calls", "orders", "phones")}
    touched: set[Topic] = {customer_topic(merge.kept_id), customer_topic(merge.merged_id)}
    touched |= {ticket_topic(ticket_id) for ticket_id in merge.tickets}
    touched |= {order_topic(order_id) for order_id in merge.orders}
    value = Merged(merge_id, merge.kept_id, merge.merged_id, **moved)
    return Done(value, frozenset(touched))
