"""Logins and their passwords: what a name may be, and when a password is strong enough.

안전성 확보조치 기준 leaves the rule to the house; this is KISA's: two kinds of characters in ten or
more, or three in eight or more, and not the login itself.
"""

import re
from typing import Final

#: One a person, and the services beside the database, which are nobody's.
PERSONS: Final = ("agent", "supervisor", "admin", "technician", "warehouse")
SERVICES: Final = ("gateway", "erp")
NAME_LIMIT: Final = 50
REASON_LIMIT: Final = 200
_LOGIN: Final = re.compile(r"[a-z][a-z0-9._-]{0,62}", re.ASCII)
_EXTENSION: Final = re.compile(r"[0-9]{2,8}", re.ASCII)
_RESERVED: Final = ("pg_", "ets_")
_KINDS: Final = (str.islower, str.isupper, str.isdigit)
_LONG, _SHORT, _LONGEST = 10, 8, 200
#: From here on, with three kinds, a guess takes years.
_WELL = 12


def is_login(name: str) -> bool:
    """Lower-case Latin letters, digits and `._-`; PostgreSQL's own and our groups left out."""
    return _LOGIN.fullmatch(name) is not None and not name.startswith(_RESERVED)


def is_extension(text: str) -> bool:
    return _EXTENSION.fullmatch(text) is not None


def is_strong(password: str, login: str) -> bool:
    """Whether `password` will do for `login`; Hangul counts as a kind of its own, like signs."""
    if len(password) > _LONGEST or not password.isprintable() or login in password.lower():
        return False
    kinds = {next((kind for kind in _KINDS if kind(letter)), None) for letter in password}
    least = _LONG if len(kinds) < 3 else _SHORT
    return len(kinds) > 1 and len(password) >= least


def strength(password: str, login: str) -> str:
    """How well it guards, as it is typed: "" of nothing, weak (refused), fair or strong."""
    if not password:
        return ""
    if not is_strong(password, login):
        return "weak"
    kinds = {next((kind for kind in _KINDS if kind(letter)), None) for letter in password}
    return "strong" if len(kinds) > 2 and len(password) >= _WELL else "fair"
