"""A desk without a window that saves one new ticket after the other, until it is killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from ets_desktop.db.engine import Database
from ets_desktop.domain.drafts import FormContents
from ets_desktop.domain.journal import JournalEntry, WaitingSave, save_from_json
from ets_desktop.domain.tickets import Action, TicketForm
from ets_desktop.local.journal import DeskJournal, owner_of
from ets_desktop.ui.screens.ticket_form.pressed.sending import PutOff, send, send_again
from ets_desktop.ui.topbar import now_in_seoul


def a_save(number: int) -> WaitingSave:
    """A new ticket with a newcomer, known by its number."""
    form = TicketForm(
        client_id=uuid4(), ticket_type="delivery", title=f"{number}", content="언제 오나요"
    )
    contents = FormContents(form, customer_name=f"새손님 {number}")
    return WaitingSave(uuid4(), Action.SAVE, JournalEntry(contents, now_in_seoul()))


@contextmanager
def sending_desk(url: str, home: Path, agent_id: int) -> Iterator[Any]:
    """What `send` needs of a desk."""
    database = Database(url, application_name="rounds", pool_size=1)
    journal = DeskJournal(home, owner_of("rounds", f"{agent_id}"), lambda _code: None)
    yield SimpleNamespace(
        journal=journal, call=database.call, agent=SimpleNamespace(agent_id=agent_id)
    )
    journal.close()
    database.close()


def run(tell: Connection, url: str, home: Path, agent_id: int, first: int, last: int) -> None:
    """Send what an earlier one left, then `first` to `last`; tells each beginning and end."""
    with sending_desk(url, home, agent_id) as desk:
        for _, written in desk.journal.left_over().sends:
            while isinstance(send_again(desk, save_from_json(written)), PutOff):
                pass
        for number in range(first, last):
            tell.send(("begun", number))
            if not isinstance(send(desk, a_save(number)), PutOff):
                tell.send(("done", number))
