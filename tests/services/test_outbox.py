"""재전송: what was given up waits again, only by whom may, and it is told who asked for it."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.queries.outbox import STATES, InstructionRow, outbox_page
from ets_desktop.services.outbox import send_chosen_anew
from tests.factories import an_agent, an_order, make

LogIn = Callable[[Agent], Database]


def instructions(database: Database, **states: str) -> None:
    order = make(database, an_order)
    for key, state in states.items():
        database.call(
            lambda session, given: session.execute(
                text(
                    "INSERT INTO logistics_instruction (key, kind, order_id, state, tries, error)"
                    " VALUES (:key, 'stock_in', :order, :state, 40, :error)"
                ),
                given,
            ),
            {
                "key": key,
                "order": order.id,
                "state": state,
                "error": "erp_refused 422" if state == "failed" else "",
            },
        )


def everything(database: Database, size: int = 50) -> list[InstructionRow]:
    found: list[InstructionRow] = []
    after: tuple[object, ...] | None = None
    while True:
        page = database.call(outbox_page, STATES, after, size)
        found += page.rows
        after = page.next_key
        if after is None:
            return found


@pytest.mark.parametrize("size", [1, 2, 50])
def test_what_was_given_up_stands_on_top_on_pages_of_any_size(
    database: Database, size: int
) -> None:
    instructions(database, a="sent", b="failed", c="waiting", d="sent", e="failed", f="waiting")
    assert [row.key for row in everything(database, size)] == list("ebfcda")
    page = database.call(outbox_page, ("sent",), None, size)
    assert {row.state for row in page.rows} == {"sent"}


def test_an_admin_sends_chosen_ones_anew_and_it_is_told(database: Database, login: LogIn) -> None:
    instructions(database, a="failed", b="failed", c="sent")
    admin = login(make(database, an_agent, login="admin77", role="admin"))
    done = admin.call(send_chosen_anew, ("a", "c"))
    assert (done.value, done.touched) == (1, {"outbox"})
    assert {row.key: (row.state, row.tries) for row in everything(database)} == {
        "a": ("waiting", 0),
        "b": ("failed", 40),
        "c": ("sent", 40),
    }
    assert admin.call(send_chosen_anew, ("a",)).touched == frozenset()
    told = database.call(
        lambda session: session.execute(
            text("SELECT login, kind, name, old ->> 'error', new ->> 'state' FROM setting_change")
        ).all()
    )
    assert [tuple(row) for row in told] == [
        ("admin77", "logistics_instruction", "a", "erp_refused 422", "waiting")
    ]


def test_a_supervisor_looks_and_sends_nothing_anew(database: Database, login: LogIn) -> None:
    instructions(database, a="failed")
    supervisor = login(make(database, an_agent, role="supervisor"))
    assert len(everything(supervisor)) == 1
    with pytest.raises(RuleViolation) as refused:
        supervisor.call(send_chosen_anew, ("a",))
    assert refused.value.code == "not_allowed"
