"""Who may do what: the one table of (role × action × allowed) of spec 80.

`tables` says what each role reads, adds, changes and removes, `actions` which functions it calls
and what it may do with rows. The database holds it (migrations); a test tries every cell as a login
of the role, `ets doctor` compares a database with it, and docs/permissions.md is printed from it.
A new table, function or action needs its line here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

ROLES: Final = ("agent", "supervisor", "admin", "technician", "warehouse", "gateway", "erp")
#: Who has all that another role has, and more.
INHERITS: Final = {"supervisor": "agent", "admin": "supervisor"}
PERSONS: Final = ("agent", "technician", "warehouse")
ALL: Final = "*"


@dataclass(frozen=True, slots=True)
class Rights:
    """What a role does with a table: columns parted by blanks, ALL, or "" for none."""

    read: str = ""
    add: str = ""
    change: str = ""
    remove: bool = False


def group_of(role: str) -> str:
    """The PostgreSQL role that carries the grants of `role`."""
    return f"ets_{role}"


def line_of(role: str) -> tuple[str, ...]:
    """`role` and whatever it inherits from, itself first."""
    found = [role]
    while found[-1] in INHERITS:
        found.append(INHERITS[found[-1]])
    return tuple(found)


def has(role: str, granted: Iterable[str]) -> bool:
    """Whether `role` is among the roles of `granted`, itself or by inheritance."""
    return not set(line_of(role)).isdisjoint(granted)
