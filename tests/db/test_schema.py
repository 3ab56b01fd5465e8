"""Tables are loaded by area: a desk has those that it writes by name, and can."""

import subprocess
import sys

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from tests.factories import a_ticket, make
from tests.people import database, desk_database, kim

__all__ = ["database", "desk_database", "kim"]

PROGRAM = """
import sys
from sqlalchemy import insert
from sqlalchemy.orm import configure_mappers
from ets_desktop.app.desktop import _load_the_desk
_load_the_desk()
configure_mappers()
from ets_desktop.db.engine import Database
from ets_desktop.db.schema.tickets import Activity
database = Database(sys.argv[1], application_name="test")
note = insert(Activity).values(ticket_id=int(sys.argv[2]), kind="note", note="메모",
                               agent_id=int(sys.argv[3]))
print(database.call(lambda session: session.execute(note.returning(Activity.note)).scalar_one()))
areas = {name.rpartition(".")[2] for name in sys.modules if name.startswith("ets_desktop.db.")}
print(sorted(areas & {"claims", "calls", "duty"}))
"""


def test_a_desk_loads_its_own_tables_and_refers_to_others(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    arguments = [sys.executable, "-c", PROGRAM, database.url, str(ticket.id), str(kim.id)]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines() == ["메모", "[]"], done.stderr
