"""균등배분 of spec 60: many tickets over those who are there, so that each has as much open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ets_desktop.domain.agent_states import AgentState

#: Who sits at a desk and comes back to it soon; 식사, 교육, 이석 and 로그아웃 get nothing.
PRESENT = frozenset(
    {
        AgentState.READY,
        AgentState.ON_CALL,
        AgentState.WRAP_UP,
        AgentState.REST,
    }
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agent who may be given work, with the number of open tickets that are the agent's."""

    agent_id: int
    name: str
    state: AgentState
    open_load: int


@dataclass(frozen=True, slots=True)
class Spreadable:
    """A ticket to be given away: who handed it on last, and whose it is now (None: a team's)."""

    ticket_id: int
    from_agent_id: int
    assignee_id: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """What one agent gets, in the order given, and the open load before and after all of it."""

    candidate: Candidate
    ticket_ids: tuple[int, ...]
    load_after: int


def spread(tickets: Iterable[Spreadable], candidates: Sequence[Candidate]) -> tuple[Share, ...]:
    """A share for every candidate who is present, by name; () where nobody is.

    Each ticket, in the order given, goes to who has least open by then; of several to who is
    ready, then by name. Whose it is now has it counted among the open ones already, and is freed
    of it first. Nobody gets back what they handed on while somebody else is there.
    """
    present = sorted(
        (each for each in candidates if each.state in PRESENT),
        key=lambda each: (each.name, each.agent_id),
    )
    waiting = tuple(tickets)
    if not present:
        return ()
    load = {each.agent_id: each.open_load for each in present}
    for ticket in waiting:
        if ticket.assignee_id in load:
            load[ticket.assignee_id] -= 1
    given: dict[int, list[int]] = {each.agent_id: [] for each in present}
    for ticket in waiting:
        others = [each for each in present if each.agent_id != ticket.from_agent_id]
        taker = min(others or present, key=lambda each: _rank(each, load[each.agent_id]))
        given[taker.agent_id].append(ticket.ticket_id)
        load[taker.agent_id] += 1
    return tuple(Share(each, tuple(given[each.agent_id]), load[each.agent_id]) for each in present)


def _rank(candidate: Candidate, load: int) -> tuple[int, bool, str, int]:
    is_busy = candidate.state is not AgentState.READY
    return (load, is_busy, candidate.name, candidate.agent_id)
