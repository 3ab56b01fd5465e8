"""Who sits at a desk."""

from dataclasses import dataclass

from ets_desktop.domain.tickets import SUPERVISORS


@dataclass(frozen=True, slots=True)
class AgentSession:
    """Who is logged in; `team_id` is None, `team` and `extension` "" where there is none."""

    agent_id: int
    login: str
    name: str
    extension: str
    role: str = "agent"
    team_id: int | None = None
    team: str = ""

    @property
    def is_supervisor(self) -> bool:
        return self.role in SUPERVISORS

    @property
    def in_warehouse(self) -> bool:
        """Takes no calls and writes no tickets."""
        return self.role == "warehouse"
