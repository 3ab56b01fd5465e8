"""The table of permissions itself: whose rights are whose."""

from ets_desktop.domain.permissions import ROLES, group_of, has, line_of
from ets_desktop.domain.permissions.actions import ACTIONS, FUNCTIONS
from ets_desktop.domain.permissions.tables import TABLES


def test_an_admin_has_what_supervisors_and_agents_have() -> None:
    assert line_of("admin") == ("admin", "supervisor", "agent")
    assert has("admin", ("agent",))
    assert not has("agent", ("supervisor",))
    assert not has("warehouse", ("agent",))
    assert group_of("erp") == "ets_erp"


def test_every_role_that_is_named_is_one() -> None:
    named = {role for roles in (*FUNCTIONS.values(), *ACTIONS.values()) for role in roles}
    named |= {role for by_role in TABLES.values() for role in by_role}
    assert named <= set(ROLES)
