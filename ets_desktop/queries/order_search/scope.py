"""What must hold for every row of a search besides its leading branches, as SQL on `o` and `l`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from ets_desktop.domain.calendar import start_of_day
from ets_desktop.domain.search_terms import like_literal, typed_text
from ets_desktop.queries.order_search.branches import Branch, any_of
from ets_desktop.queries.order_search.conditions import DateKind, OrderSearch
from ets_desktop.queries.order_search.pieces import Values, filled

#: Statuses nearly every order ends in: the date index leads to them. The rest have their own.
EVERYDAY_STATUSES = frozenset({"delivered", "confirmed"})


@dataclass(slots=True)
class Scope:
    """Conditions, the dates rows are sorted by, and where they go on.

    `after` are the placeholders of the last row's date, order and line. `is_narrow` when few
    orders may be left, so that walking the newest ones is no way to find any. With
    `lines_need_orders` a condition of `on_lines` speaks of the order, too.
    """

    values: Values
    sorted_by: DateKind = DateKind.ORDERED
    on_orders: list[str] = field(default_factory=list)
    on_lines: list[str] = field(default_factory=list)
    since: str = ""
    until: str = ""
    after: tuple[str, str, str] | None = None
    is_narrow: bool = False
    lines_need_orders: bool = False

    @property
    def order_date(self) -> str:
        return "o.paid_at" if self.sorted_by is DateKind.PAID else "o.ordered_at"

    def require(self, group: Sequence[Branch]) -> None:
        """Let any of `group` hold as well."""
        by_line = any(branch.by_line for branch in group)
        (self.on_lines if by_line else self.on_orders).append(any_of(group))
        self.lines_need_orders |= by_line and not all(branch.by_line for branch in group)

    def go_on(self, after: tuple[object, object, object]) -> None:
        at, order_id, line_id = (self.values.bind(value) for value in after)
        self.after = (at, order_id, line_id)


def scope_of(search: OrderSearch, values: Values) -> Scope:
    """The single-reading conditions of `search`, 주문상태 apart (`status_branch`)."""
    scope = Scope(values)
    if search.date_from is not None or search.date_to is not None:
        scope.sorted_by = DateKind(search.date_kind)
    if search.date_from is not None:
        scope.since = values.bind(start_of_day(search.date_from))
    if search.date_to is not None:
        scope.until = values.bind(start_of_day(search.date_to + timedelta(days=1)))
    if search.channel_code:
        channel = filled(
            "o.channel_id = (SELECT c.id FROM sales_channel c WHERE c.code = {code})",
            code=values.bind(search.channel_code),
        )
        scope.on_orders.append(channel)
    for word in typed_text(search.address).split():
        scope.on_orders.append(_address(word, values))
        scope.is_narrow = True
    return scope


def status_branch(search: OrderSearch, values: Values) -> Branch:
    """주문상태 as a condition of lines."""
    return Branch(f"l.order_status = {values.bind(search.order_status)}", by_line=True)


def _address(word: str, values: Values) -> str:
    """A word of an address. Two letters have no trigram unless they begin a word (spec 90)."""
    literal = like_literal(word)
    if len(word) != 2:
        return f"o.address LIKE {values.bind(f'%{literal}%')}"
    begins = (f"{literal}%", f"% {literal}%", f"%({literal}%")
    return "(" + " OR ".join(f"o.address LIKE {values.bind(one)}" for one in begins) + ")"
