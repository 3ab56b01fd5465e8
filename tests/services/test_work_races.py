"""Several desks at once on the same tickets: nothing lost, nothing taken or done twice (spec 85).

What each desk does is drawn; whatever order the database lets them pass in, what stands must be
explained by what was answered. `ETS_ROUNDS` draws more than the few of every day.
"""

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.callbacks import Outcome
from ets_desktop.domain.drafts import FormContents
from ets_desktop.domain.errors import EtsError
from ets_desktop.queries.tickets import TicketDetail, ticket_detail
from ets_desktop.services.callbacks import (
    FinishCallback,
    PlanCallback,
    TryCallback,
    finish_callback,
    try_callback,
)
from ets_desktop.services.drafts import DeleteDraft, SaveDraft, delete_draft, save_draft
from ets_desktop.services.form_saves import SaveForm, save_form
from ets_desktop.services.ticket_forms import SaveTicket
from ets_desktop.services.tickets import (
    CompleteTicket,
    DiscardTicket,
    OpenTicket,
    ReopenTicket,
    discard_ticket,
    open_ticket,
    reopen_ticket,
)
from ets_desktop.services.transfers import (
    AnswerTransfer,
    ReturnTransfer,
    TransferTicket,
    accept_transfer,
    recall_transfer,
    return_transfer,
)
from tests.factories import a_form, a_ticket, make

Login = Callable[[Agent], Database]
DESKS = 3
TICKETS = 2
SOON = datetime.now(UTC) + timedelta(days=1)
VERBS = (
    *("save", "save", "complete", "discard", "reopen", "transfer", "team"),
    *(
        "accept",
        "accept",
        "return",
        "recall",
        "plan",
        "try",
        "succeed",
        "miss",
        "open",
        "keep",
        "drop",
        "again",
    ),
)
RACES = settings(
    max_examples=int(os.environ.get("ETS_ROUNDS", "8")),
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Deed:
    """What one desk does to one of the tickets."""

    verb: str
    desk: int
    ticket: int


#: Each wave is begun at once.
WAVES = st.lists(
    st.lists(
        st.builds(
            Deed,
            st.sampled_from(VERBS),
            st.integers(0, DESKS - 1),
            st.integers(0, TICKETS - 1),
        ),
        min_size=2,
        max_size=5,
    ),
    min_size=1,
    max_size=4,
)


def rows(database: Database, sql: str, **given: Any) -> list[Any]:
    return database.call(lambda session: list(session.execute(text(sql), given).all()))


class Shop:
    """The desks, their tickets, and what each deed was answered."""

    def __init__(
        self, owner: Database, desks: list[Database], agents: list[Agent], team: Team
    ) -> None:
        self.owner = owner
        self._team_id = team.id
        self._desks = desks
        self._agents = agents
        rows(owner, "DELETE FROM draft RETURNING id")
        self.tickets = [make(owner, a_ticket, created_by=agents[0]).id for _ in range(TICKETS)]
        self._drafts = [uuid4() for _ in agents]
        self._presses: list[tuple[int, str, str, SaveForm]] = []
        #: (verb, what it was about, its words) of everything that was answered and not refused.
        self.done: list[tuple[str, Any, str]] = []

    def begin(self, deed: Deed) -> Callable[[], None]:
        """What the desk sees now is what it acts on, however late its turn comes."""
        seen = self.owner.call(ticket_detail, self.tickets[deed.ticket])
        work = self._work(deed, seen)

        def act() -> None:
            try:
                self.done.append(work(self._desks[deed.desk]))
            except EtsError:
                return

        return act

    def _work(self, deed: Deed, seen: TicketDetail) -> Callable[[Database], tuple[str, Any, str]]:
        me = self._agents[deed.desk].id
        other = self._agents[(deed.desk + 1) % DESKS].id
        words = f"{deed.verb} {uuid4()}"
        form = SaveTicket(me, seen.ticket_id, seen.version, replace(seen.form, title=words))
        hop = seen.last_transfer.transfer_id if seen.last_transfer is not None else 0
        promise = seen.callback.callback_id if seen.callback is not None else 0
        presses: dict[str, Any] = {
            "save": form,
            "complete": CompleteTicket(form),
            "transfer": TransferTicket(form, to_agent_id=other, reason=words),
            "team": TransferTicket(form, to_team_id=self._team_id, reason=words),
            "plan": PlanCallback(form, "010-0000-0007", SOON),
        }
        if deed.verb in presses:
            press = SaveForm(uuid4(), presses[deed.verb])
            self._presses.append((deed.desk, deed.verb, words, press))
            return _sending(deed.verb, words, press)
        if deed.verb == "again":
            mine = [sent for sent in self._presses if sent[0] == deed.desk]
            _, *sent = mine[-1] if mine else (me, "save", words, SaveForm(uuid4(), form))
            return _sending(*sent)
        ended = Outcome.SUCCEEDED if deed.verb == "succeed" else Outcome.MISSED
        later = None if deed.verb == "succeed" else SOON
        finished = FinishCallback(me, promise, ended, later)
        draft = SaveDraft(
            self._drafts[deed.desk], me, "manual", FormContents(a_form(content=words))
        )
        commands: dict[str, tuple[Callable[..., Any], Any, Any]] = {
            "discard": (
                discard_ticket,
                DiscardTicket(me, seen.ticket_id, seen.version, words),
                seen.ticket_id,
            ),
            "reopen": (
                reopen_ticket,
                ReopenTicket(me, seen.ticket_id, seen.version, words),
                seen.ticket_id,
            ),
            # Accepting again is nothing: who and how belongs to the answer.
            "accept": (accept_transfer, AnswerTransfer(me, hop), (hop, "accepted", me)),
            "return": (return_transfer, ReturnTransfer(me, hop, words), (hop, "returned", me)),
            "recall": (recall_transfer, AnswerTransfer(me, hop), (hop, "recalled", me)),
            "try": (try_callback, TryCallback(me, promise), promise),
            "succeed": (finish_callback, finished, promise),
            "miss": (finish_callback, finished, promise),
            "open": (open_ticket, OpenTicket(me, seen.ticket_id), seen.ticket_id),
            "keep": (save_draft, draft, draft.draft_id),
            "drop": (delete_draft, DeleteDraft(draft.draft_id, me), draft.draft_id),
        }
        function, command, about = commands[deed.verb]
        return lambda desk: (deed.verb, desk.call(function, command) and about, words)

    def answered(self, *verbs: str) -> Counter[Any]:
        return Counter(about for verb, about, _ in self.done if verb in verbs)

    def words(self, *verbs: str) -> set[str]:
        return {words for verb, _, words in self.done if verb in verbs}


def _sending(verb: str, words: str, press: SaveForm) -> Callable[[Database], tuple[str, Any, str]]:
    """A press of a button, sent perhaps for the second time."""

    def send(desk: Database) -> tuple[str, Any, str]:
        saved = desk.call(save_form, press).value.saved
        return "again" if saved.repeated else verb, saved.ticket_id, words

    return send


@RACES
@given(waves=WAVES)
def test_whatever_desks_do_at_once_stands_once_and_whole(
    database: Database,
    login: Login,
    team: Team,
    kim: Agent,
    lee: Agent,
    park: Agent,
    waves: list[list[Deed]],
) -> None:
    agents = [kim, lee, park]
    rows(database, "UPDATE agent SET team_id = :team RETURNING id", team=team.id)
    shop = Shop(database, [login(one) for one in agents], agents, team)
    with ThreadPoolExecutor(5) as pool:
        for wave in waves:
            begun = [shop.begin(deed) for deed in wave]
            for done in [pool.submit(act) for act in begun]:
                done.result()
    assert_nothing_lost(shop)
    assert_nothing_twice(shop)
    assert_whole(shop)


def assert_nothing_lost(shop: Shop) -> None:
    """Each answered save stands in the history, which has no gap and ends in what is there now."""
    saved = shop.words("save", "complete", "transfer", "team", "plan")
    titles = rows(shop.owner, "SELECT new FROM ticket_history WHERE field = 'title'")
    assert saved == {row.new for row in titles if row.new in saved}
    assert len(saved) == sum(row.new in saved for row in titles)
    broken = """
        SELECT h.id FROM (
            SELECT *, lag(new) OVER w AS before, row_number() OVER w AS nth
              FROM ticket_history WINDOW w AS (PARTITION BY ticket_id, field ORDER BY id)) h
        WHERE nth > 1 AND old IS DISTINCT FROM before
    """
    assert rows(shop.owner, broken) == []
    last = """
        SELECT t.id FROM ticket t JOIN LATERAL (
            SELECT new FROM ticket_history h WHERE h.ticket_id = t.id AND h.field = 'title'
            ORDER BY id DESC LIMIT 1) h ON true
        WHERE t.title IS DISTINCT FROM h.new
    """
    assert rows(shop.owner, last) == []


def assert_nothing_twice(shop: Shop) -> None:
    """An offer is answered once, a promise ended once and tried as often as was answered."""
    answers = Counter(hop for hop, _, _ in shop.answered("accept", "return", "recall"))
    assert [hop for hop, count in answers.items() if count > 1] == []
    settled = """
        SELECT id FROM transfer WHERE num_nonnulls(accepted_at, returned_at, recalled_at) = 1
    """
    assert answers.keys() <= {row.id for row in rows(shop.owner, settled)}
    ended = shop.answered("succeed", "miss")
    assert [promise for promise, count in ended.items() if count > 1] == []
    tried = shop.answered("try")
    for row in rows(shop.owner, "SELECT id, attempts, outcome FROM callback"):
        assert (row.outcome is not None) >= (row.id in ended)
    total = """
        SELECT coalesce(sum(attempts), 0)::int AS tries FROM callback
        WHERE outcome IS NULL AND ticket_id = ANY(:mine)
    """
    assert rows(shop.owner, total, mine=shop.tickets)[0].tries <= sum(tried.values())
    completed = shop.answered("complete")
    entered = """
        SELECT ticket_id, count(*) AS times FROM ticket_history
        WHERE field = 'status' AND new = 'completed' AND ticket_id = ANY(:mine) GROUP BY ticket_id
    """
    times = rows(shop.owner, entered, mine=shop.tickets)
    assert {row.ticket_id: row.times for row in times} == dict(completed)


def assert_whole(shop: Shop) -> None:
    """What must hold of every ticket, whoever did what."""
    halves = """
        SELECT t.id FROM ticket t WHERE
            t.status <> 'transferred' AND EXISTS (SELECT FROM transfer x WHERE x.ticket_id = t.id
                AND num_nonnulls(x.accepted_at, x.returned_at, x.recalled_at) = 0)
         OR t.status IN ('completed', 'discarded') AND EXISTS (SELECT FROM callback c
                WHERE c.ticket_id = t.id AND c.outcome IS NULL)
         OR (SELECT count(*) <> coalesce(max(hop), 0) FROM transfer x WHERE x.ticket_id = t.id)
         OR t.version <> 1 + (SELECT count(DISTINCT version) FROM ticket_history h
                WHERE h.ticket_id = t.id AND h.version > 1)
    """
    assert rows(shop.owner, halves) == []
    kept = shop.words("keep")
    drafts = rows(shop.owner, "SELECT form FROM draft")
    assert len(drafts) <= DESKS
    assert all(any(words in str(row.form) for words in kept) for row in drafts)
