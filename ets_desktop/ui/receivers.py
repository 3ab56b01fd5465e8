"""Who may be handed a ticket, as 이관담당자 offers them."""

from collections.abc import Iterable

from ets_desktop.queries.agents import AgentRow, TeamRow
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.choices import Receiver


def receivers(
    agents: Iterable[AgentRow], teams: Iterable[TeamRow], *, without: int | None = None
) -> list[Receiver]:
    """The agents (`without` that one), then the teams that somebody is in."""
    people = [
        Receiver(_words(agent), agent.name, agent_id=agent.agent_id)
        for agent in agents
        if agent.agent_id != without
    ]
    groups = [
        Receiver(
            translated("{team} (팀 {count}명)").format(team=team.name, count=team.members),
            team.name,
            team_id=team.team_id,
        )
        for team in teams
        if team.members
    ]
    return [*people, *groups]


def _words(agent: AgentRow) -> str:
    beside = " · ".join(part for part in (agent.extension, agent.team) if part)
    return f"{agent.name} ({beside})" if beside else agent.name
