"""What `ets doctor` asks a database about itself: is all there that the desks rely on?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

#: Roles that the migrations make and grant to (spec 80).
GROUP_ROLES = (
    "ets_admin",
    "ets_agent",
    "ets_erp",
    "ets_gateway",
    "ets_retention",
    "ets_supervisor",
    "ets_technician",
    "ets_warehouse",
)


_SERVER = """
    SELECT current_setting('server_version_num')::int,
           pg_encoding_to_char(encoding),
           coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false),
           similarity('홍길동 고객', '홍길동') > 0.3
               AND '서울시 강남구 역삼동' ILIKE '%강남구%'
      FROM pg_database WHERE datname = current_database()
"""
_INVALID_INDEXES = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
_DISABLED_TRIGGERS = """
    SELECT tgrelid::regclass || '.' || tgname FROM pg_trigger
    WHERE tgenabled = 'D' AND NOT tgisinternal
"""
_WITHOUT_LOGIN = """
    SELECT login FROM agent WHERE active
        AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login AND rolcanlogin)
"""
_IN_WRONG_ROLE = """
    SELECT login FROM agent JOIN pg_roles r ON r.rolname = login WHERE active
        AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'ets_' || role)
        AND (NOT pg_has_role(r.oid, 'ets_' || role, 'MEMBER')
            OR EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                       WHERE m.member = r.oid AND g.rolname LIKE 'ets\\_%'
                         AND g.rolname <> 'ets_' || role))
"""
_LEFT_WITH_LOGIN = """
    SELECT login FROM agent JOIN pg_roles ON rolname = login WHERE NOT active AND rolcanlogin
"""
_LAST_BACKUP = "SELECT max(at) FROM access_log WHERE action = 'backup'"


@dataclass(frozen=True, slots=True)
class Soundness:
    """`version` is server_version_num; `is_encrypted` is this connection; logins are of agents."""

    version: int
    encoding: str
    is_encrypted: bool
    finds_hangul: bool
    missing_roles: tuple[str, ...]
    invalid_indexes: tuple[str, ...]
    disabled_triggers: tuple[str, ...]
    without_login: tuple[str, ...]
    in_wrong_role: tuple[str, ...]
    left_with_login: tuple[str, ...]
    last_backup_at: datetime | None


def soundness(session: Session) -> Soundness:
    """Facts of a database with this program's schema, for whoever keeps it.

    Hangul is found for real: by the likeness of two names, which is 0 where trigrams see none.
    """
    version, encoding, is_encrypted, finds_hangul = session.execute(text(_SERVER)).one()
    roles = _names(session, "SELECT rolname FROM pg_roles WHERE rolname LIKE 'ets\\_%'")
    return Soundness(
        version=version,
        encoding=encoding,
        is_encrypted=is_encrypted,
        finds_hangul=finds_hangul,
        missing_roles=tuple(role for role in GROUP_ROLES if role not in roles),
        invalid_indexes=_names(session, _INVALID_INDEXES),
        disabled_triggers=_names(session, _DISABLED_TRIGGERS),
        without_login=_names(session, _WITHOUT_LOGIN),
        in_wrong_role=_names(session, _IN_WRONG_ROLE),
        left_with_login=_names(session, _LEFT_WITH_LOGIN),
        last_backup_at=session.execute(text(_LAST_BACKUP)).scalar(),
    )


def _names(session: Session, query: str) -> tuple[str, ...]:
    return tuple(session.execute(text(f"{query} ORDER BY 1")).scalars())
