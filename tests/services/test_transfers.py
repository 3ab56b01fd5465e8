"""이관: sent, seen, accepted, returned, recalled; chains, teams, and two hands at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.errors import NotFound, RuleViolation, StaleData
from ets_desktop.queries.tickets import TicketDetail, TransferHop, ticket_detail
from ets_desktop.services.ticket_forms import ReceiveTicket, SaveTicket
from ets_desktop.services.tickets import OpenTicket, open_ticket, save_ticket
from ets_desktop.services.transfers import (
    AnswerTransfer,
    ReturnTransfer,
    Transferred,
    TransferTicket,
    accept_transfer,
    mark_transfer_seen,
    recall_transfer,
    return_transfer,
    transfer_ticket,
)
from tests.factories import a_callback, a_form, a_ticket, a_transfer, an_agent, make

Login = Callable[[Agent], Database]


def detail_of(database: Database, ticket_id: int) -> TicketDetail:
    return database.call(ticket_detail, ticket_id)


def hop_of(database: Database, ticket_id: int) -> TransferHop:
    hop = detail_of(database, ticket_id).last_transfer
    assert hop is not None
    return hop


def load(database: Database, ticket_id: int, actor: Agent, **changes: Any) -> SaveTicket:
    detail = detail_of(database, ticket_id)
    return SaveTicket(actor.id, ticket_id, detail.version, replace(detail.form, **changes))


def send(database: Database, ticket_id: int, sender: Agent, receiver: Agent) -> Transferred:
    command = TransferTicket(load(database, ticket_id, sender), to_agent_id=receiver.id)
    return database.call(transfer_ticket, command).value


def value(database: Database, sql: str) -> Any:
    return database.call(lambda session: session.execute(text(sql)).scalar())


def test_a_new_form_is_made_and_handed_on_at_once(
    database: Database, kim: Agent, lee: Agent
) -> None:
    command = TransferTicket(
        ReceiveTicket(kim.id, a_form()), to_agent_id=lee.id, reason=" 물\x00류\u202e "
    )
    done = database.call(transfer_ticket, command)
    detail = detail_of(database, done.value.saved.ticket_id)
    assert (detail.status, detail.assignee, detail.creator, detail.version) == (
        "transferred",
        "이담당",
        "김상담",
        1,
    )
    hop = hop_of(database, detail.ticket_id)
    assert (hop.from_agent, hop.to, hop.reason, hop.state, hop.hop) == (
        "김상담",
        "이담당",
        "물류",
        "sent",
        1,
    )
    assert {f"agent/{kim.id}", f"agent/{lee.id}", "transfers"} <= done.touched


def test_handing_on_twice_is_handing_on_once(database: Database, kim: Agent, lee: Agent) -> None:
    command = TransferTicket(ReceiveTicket(kim.id, a_form()), to_agent_id=lee.id)
    first = database.call(transfer_ticket, command).value
    again = database.call(transfer_ticket, command).value
    assert (again.saved.ticket_id, again.saved.repeated, again.hop) == (
        first.saved.ticket_id,
        True,
        None,
    )
    assert value(database, "SELECT count(*) FROM transfer") == 1


@pytest.mark.parametrize("who", ["nobody", "me", "both", "gone", "unknown", "no such team"])
def test_the_receiver_is_one_active_person_or_team_and_not_me(
    database: Database, kim: Agent, lee: Agent, team: Team, who: str
) -> None:
    gone = make(database, an_agent, active=False)
    receiver: tuple[int | None, int | None]
    receiver, code = {
        "nobody": ((None, None), "needs_receiver"),
        "me": ((kim.id, None), "receiver_is_me"),
        "both": ((lee.id, team.id), "needs_receiver"),
        "gone": ((gone.id, None), "receiver_inactive"),
        "unknown": ((4711, None), "receiver_inactive"),
        "no such team": ((None, 4711), "receiver_inactive"),
    }[who]
    with pytest.raises(RuleViolation) as refused:
        database.call(transfer_ticket, TransferTicket(ReceiveTicket(kim.id, a_form()), *receiver))
    assert (refused.value.code, refused.value.field) == (code, "to_agent_id")
    assert value(database, "SELECT count(*) FROM ticket") == 0


def test_a_loaded_ticket_is_saved_and_handed_on(database: Database, kim: Agent, lee: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    make(database, a_callback, ticket=ticket, assignee=kim)
    work = load(database, ticket.id, kim, title="새 제목")
    database.call(transfer_ticket, TransferTicket(work, to_agent_id=lee.id))
    detail = detail_of(database, ticket.id)
    assert (detail.form.title, detail.assignee, detail.version) == ("새 제목", "이담당", 2)
    assert detail.callback is not None
    assert detail.callback.assignee_id == lee.id


def test_handing_on_an_older_version_is_refused(database: Database, kim: Agent, lee: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    old = load(database, ticket.id, kim, content="내 말")
    database.call(save_ticket, load(database, ticket.id, kim, title="새 제목"))
    with pytest.raises(StaleData):
        database.call(transfer_ticket, TransferTicket(old, to_agent_id=lee.id))
    assert value(database, "SELECT count(*) FROM transfer") == 0


def test_the_receiver_accepts(database: Database, kim: Agent, lee: Agent) -> None:
    hop = make(database, a_transfer, from_agent=kim, to_agent=lee)
    done = database.call(accept_transfer, AnswerTransfer(lee.id, hop.id))
    assert hop_of(database, hop.ticket_id).state == "accepted"
    assert detail_of(database, hop.ticket_id).status == "transferred"
    assert {f"agent/{kim.id}", "transfers"} <= done.touched
    again = database.call(accept_transfer, AnswerTransfer(lee.id, hop.id))
    assert (again.value, again.touched) == (1, frozenset())


def test_nobody_else_accepts(database: Database, kim: Agent, lee: Agent, park: Agent) -> None:
    hop = make(database, a_transfer, from_agent=kim, to_agent=lee)
    for stranger in (park, kim):
        with pytest.raises(RuleViolation) as refused:
            database.call(accept_transfer, AnswerTransfer(stranger.id, hop.id))
        assert refused.value.code == "transfer_not_yours"


def test_the_receiver_returns_it_with_a_reason(database: Database, kim: Agent, lee: Agent) -> None:
    hop = make(database, a_transfer, from_agent=kim, to_agent=lee)
    with pytest.raises(RuleViolation) as refused:
        database.call(return_transfer, ReturnTransfer(lee.id, hop.id, ""))
    assert (refused.value.code, refused.value.field) == ("needs_reason", "return_reason")
    done = database.call(
        return_transfer, ReturnTransfer(lee.id, hop.id, "물류팀 \x07\u202e일입니다")
    )
    detail = detail_of(database, hop.ticket_id)
    assert (detail.status, detail.assignee, detail.version) == ("received", "김상담", done.value)
    seen = hop_of(database, hop.ticket_id)
    assert (seen.state, seen.return_reason) == ("returned", "물류팀 일입니다")


def test_the_sender_takes_it_back_until_it_is_accepted(
    database: Database, kim: Agent, lee: Agent
) -> None:
    hop = make(database, a_transfer, from_agent=kim, to_agent=lee)
    with pytest.raises(RuleViolation) as refused:
        database.call(recall_transfer, AnswerTransfer(lee.id, hop.id))
    assert refused.value.code == "transfer_not_yours"
    database.call(recall_transfer, AnswerTransfer(kim.id, hop.id))
    detail = detail_of(database, hop.ticket_id)
    assert (detail.status, detail.assignee) == ("received", "김상담")
    with pytest.raises(RuleViolation) as settled:
        database.call(accept_transfer, AnswerTransfer(lee.id, hop.id))
    assert settled.value.code == "transfer_settled"


def test_what_is_accepted_is_neither_taken_back_nor_returned(
    database: Database, kim: Agent, lee: Agent
) -> None:
    hop = make(database, a_transfer, from_agent=kim, to_agent=lee)
    database.call(accept_transfer, AnswerTransfer(lee.id, hop.id))
    with pytest.raises(RuleViolation) as taken:
        database.call(recall_transfer, AnswerTransfer(kim.id, hop.id))
    with pytest.raises(RuleViolation) as returned:
        database.call(return_transfer, ReturnTransfer(lee.id, hop.id, "아닙니다"))
    assert (taken.value.code, returned.value.code) == ("transfer_settled", "transfer_settled")


def test_the_sender_sees_that_it_was_seen(database: Database, kim: Agent, lee: Agent) -> None:
    hop = make(database, a_transfer, from_agent=kim, to_agent=lee)
    assert not database.call(mark_transfer_seen, AnswerTransfer(kim.id, hop.id)).value
    done = database.call(mark_transfer_seen, AnswerTransfer(lee.id, hop.id))
    assert done.value
    assert f"agent/{kim.id}" in done.touched
    assert hop_of(database, hop.ticket_id).state == "seen"
    assert not database.call(mark_transfer_seen, AnswerTransfer(lee.id, hop.id)).value
    database.call(accept_transfer, AnswerTransfer(lee.id, hop.id))
    assert hop_of(database, hop.ticket_id).state == "accepted"


def test_a_team_member_who_opens_it_takes_it(
    database: Database, kim: Agent, lee: Agent, park: Agent, team: Team
) -> None:
    command = TransferTicket(ReceiveTicket(kim.id, a_form()), to_team_id=team.id)
    done = database.call(transfer_ticket, command)
    ticket_id = done.value.saved.ticket_id
    assert f"team/{team.id}" in done.touched
    offered = detail_of(database, ticket_id)
    assert (offered.assignee, offered.assignee_id) == ("물류팀", None)
    strangers = database.call(open_ticket, OpenTicket(park.id, ticket_id)).value
    assert strangers.assignee_id is None
    taken = database.call(open_ticket, OpenTicket(lee.id, ticket_id)).value
    assert (taken.assignee, taken.status, taken.version) == ("이담당", "transferred", 2)
    assert hop_of(database, ticket_id).state == "accepted"


def test_of_two_who_take_a_teams_ticket_one_gets_it(
    database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    second = make(database, an_agent, name="최동료", team=team)
    hop = make(database, a_transfer, from_agent=kim, to_team=team)
    with ThreadPoolExecutor(4) as pool:
        jobs = [
            pool.submit(database.call, accept_transfer, AnswerTransfer(who.id, hop.id))
            for who in (lee, second, lee, second)
        ]
    refused = [job.exception() for job in jobs if job.exception() is not None]
    winner = detail_of(database, hop.ticket_id).assignee
    assert winner in ("이담당", "최동료")
    assert [str(error) for error in refused] == [f"transfer_taken (name={winner!r})"] * 2
    assert value(database, "SELECT version FROM ticket") == 2


def test_of_accepting_and_taking_back_at_once_one_wins(
    database: Database, kim: Agent, lee: Agent
) -> None:
    hop = make(database, a_transfer, from_agent=kim, to_agent=lee)
    with ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(database.call, answer, AnswerTransfer(who.id, hop.id))
            for answer, who in ((accept_transfer, lee), (recall_transfer, kim))
        ]
    refused = [job.exception() for job in jobs if job.exception() is not None]
    assert [str(error) for error in refused] == ["transfer_settled"]
    state = hop_of(database, hop.ticket_id).state
    holder = {"accepted": "이담당", "recalled": "김상담"}[state]
    assert detail_of(database, hop.ticket_id).assignee == holder


def test_handing_on_again_is_the_next_hop(
    database: Database, kim: Agent, lee: Agent, park: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    hops = [
        send(database, ticket.id, kim, lee).hop,
        send(database, ticket.id, lee, park).hop,
        send(database, ticket.id, park, kim).hop,
    ]
    assert hops == [1, 2, 3]
    states = "SELECT array_agg(accepted_at IS NOT NULL ORDER BY id) FROM transfer"
    assert value(database, states) == [True, True, False]


def test_the_sender_may_send_a_waiting_ticket_elsewhere(
    database: Database, kim: Agent, lee: Agent, park: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    send(database, ticket.id, kim, lee)
    send(database, ticket.id, kim, park)
    withdrawn = "SELECT array_agg(recalled_at IS NOT NULL ORDER BY id) FROM transfer"
    assert value(database, withdrawn) == [True, False]
    assert detail_of(database, ticket.id).assignee == "박관리"


def test_the_sender_may_add_to_a_waiting_ticket(
    database: Database, kim: Agent, lee: Agent, park: Agent
) -> None:
    kims = make(database, a_ticket, created_by=kim, assignee=lee, status="transferred")
    hop = make(database, a_transfer, ticket=kims, from_agent=park, to_agent=lee)
    saved = database.call(save_ticket, load(database, hop.ticket_id, park, title="덧붙임")).value
    assert not saved.taken_over
    assert hop_of(database, hop.ticket_id).state == "sent"


def test_saving_what_is_offered_to_me_accepts_it(
    database: Database, kim: Agent, lee: Agent
) -> None:
    hop = make(database, a_transfer, from_agent=kim, to_agent=lee)
    saved = database.call(save_ticket, load(database, hop.ticket_id, lee, title="받음")).value
    assert not saved.taken_over
    assert hop_of(database, hop.ticket_id).state == "accepted"


def test_a_stranger_who_works_on_an_offer_takes_it_over(
    database: Database, kim: Agent, lee: Agent, park: Agent
) -> None:
    hop = make(database, a_transfer, from_agent=kim, to_agent=lee)
    done = database.call(save_ticket, load(database, hop.ticket_id, park, title="제가"))
    assert done.value.taken_over
    assert f"agent/{lee.id}" in done.touched
    assert detail_of(database, hop.ticket_id).assignee == "박관리"
    assert hop_of(database, hop.ticket_id).state == "accepted"


def test_a_transfer_that_is_not_there_is_not_found(database: Database, kim: Agent) -> None:
    with pytest.raises(NotFound) as missing:
        database.call(accept_transfer, AnswerTransfer(kim.id, 4711))
    assert missing.value.code == "no_such_transfer"


def test_the_way_of_a_transfer_under_the_agents_own_logins(
    database: Database, login: Login, kim: Agent, lee: Agent, team: Team
) -> None:
    kims, lees = login(kim), login(lee)
    ticket_id = kims.call(receive_and_send(kim, lee.id)).value.saved.ticket_id
    first = hop_of(kims, ticket_id).transfer_id
    lees.call(mark_transfer_seen, AnswerTransfer(lee.id, first))
    lees.call(return_transfer, ReturnTransfer(lee.id, first, "아닙니다"))
    work = load(kims, ticket_id, kim)
    sent = kims.call(transfer_ticket, TransferTicket(work, to_team_id=team.id)).value
    assert sent.transfer_id is not None
    lees.call(accept_transfer, AnswerTransfer(lee.id, sent.transfer_id))
    assert detail_of(kims, ticket_id).assignee == "이담당"


def receive_and_send(sender: Agent, to_agent_id: int) -> Any:
    command = TransferTicket(ReceiveTicket(sender.id, a_form()), to_agent_id=to_agent_id)
    return lambda session: transfer_ticket(session, command)
