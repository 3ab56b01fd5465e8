"""Where a database gives its roles other rights than the table of permissions says."""

from collections.abc import Iterator

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.permissions import ALL, ROLES, group_of, has, line_of
from ets_desktop.domain.permissions.actions import FUNCTIONS
from ets_desktop.domain.permissions.tables import ROW_RULES, TABLES

_KINDS = {"read": "SELECT", "add": "INSERT", "change": "UPDATE"}
_TABLES = SQL("""
    SELECT k.relname, g.role,
        array_agg(a.attname::text) FILTER (WHERE has_column_privilege(
            g.role, k.oid, a.attnum, 'SELECT')),
        array_agg(a.attname::text) FILTER (WHERE has_column_privilege(
            g.role, k.oid, a.attnum, 'INSERT')),
        array_agg(a.attname::text) FILTER (WHERE has_column_privilege(
            g.role, k.oid, a.attnum, 'UPDATE')),
        array_agg(a.attname::text),
        has_table_privilege(g.role, k.oid, 'DELETE'),
        has_table_privilege(g.role, k.oid, 'TRUNCATE, TRIGGER, REFERENCES')
    FROM pg_class k JOIN pg_attribute a ON a.attrelid = k.oid CROSS JOIN unnest(%s::text[]) g(role)
    WHERE k.relnamespace = 'public'::regnamespace AND k.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND a.attnum > 0 AND NOT a.attisdropped
    GROUP BY k.oid, k.relname, g.role
""")
_ROW_RULES = SQL("""
    SELECT k.relname, k.relrowsecurity, array(SELECT p.polname::text FROM pg_policy p
                                              WHERE p.polrelid = k.oid AND p.polpermissive)
    FROM pg_class k
    WHERE k.relnamespace = 'public'::regnamespace AND k.relkind IN ('r', 'p')
""")
_FUNCTIONS = SQL("""
    SELECT p.oid::regprocedure::text, p.prorettype = 'trigger'::regtype,
        array(SELECT g.role FROM unnest(%s::text[]) g(role)
              WHERE has_function_privilege(g.role, p.oid, 'EXECUTE'))
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
                      AND d.objid = p.oid AND d.deptype = 'e')
""")


def permission_faults(session: Session) -> tuple[str, ...]:
    """`table role what`, or `function role`, for each right too many or too few; sorted. `table
    rows` where other row rules stand than the table of permissions has, or none are heeded.

    The names are the schema's, so nobody's data is in them.
    """
    faults = (*_table_faults(session), *_row_faults(session), *_function_faults(session))
    return tuple(sorted(faults))


def _table_faults(session: Session) -> Iterator[str]:
    groups = {group_of(role): role for role in ROLES}
    found = driver_of(session).execute(_TABLES, ([*groups],)).fetchall()
    missing = set(TABLES)
    for table, group, *columns, removes, more in found:
        name, role, every = str(table), groups[str(group)], _names(columns.pop())
        missing.discard(name)
        rights = [TABLES.get(name, {}).get(one) for one in line_of(role)]
        for kind, granted in zip(_KINDS, columns, strict=True):
            wanted: set[str] = set()
            for one in filter(None, rights):
                listed = getattr(one, kind)
                wanted |= every if listed == ALL else set(listed.split())
            if wanted != _names(granted):
                yield f"{name} {role} {kind}"
        if bool(removes) != any(one.remove for one in rights if one is not None):
            yield f"{name} {role} remove"
        if more:
            yield f"{name} {role} own"
    yield from (f"{name} missing" for name in missing)


def _row_faults(session: Session) -> Iterator[str]:
    for table, is_heeded, policies in driver_of(session).execute(_ROW_RULES):
        wanted = ROW_RULES.get(str(table), frozenset())
        if _names(policies) != wanted or is_heeded != bool(wanted):
            yield f"{table} rows"


def _names(columns: object) -> set[str]:
    return set(columns) if isinstance(columns, list) else set()


def _function_faults(session: Session) -> Iterator[str]:
    groups = [group_of(role) for role in ROLES]
    for signature, is_trigger, callers in driver_of(session).execute(_FUNCTIONS, (groups,)):
        allowed = () if is_trigger else FUNCTIONS.get(str(signature), ())
        for role in ROLES:
            if has(role, allowed) != (group_of(role) in _names(callers)):
                yield f"{signature} {role}"
