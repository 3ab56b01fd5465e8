"""What a database holds, in numbers that tell a whole copy from one that lacks anything."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg
from psycopg import sql

#: Only with these a row's text is the same in every session and on every server.
_PLAIN_TEXT = """
    SET LOCAL TimeZone = 'UTC';
    SET LOCAL DateStyle = 'ISO, YMD';
    SET LOCAL IntervalStyle = 'postgres';
    SET LOCAL bytea_output = 'hex';
    SET LOCAL extra_float_digits = 1;
    SET LOCAL row_security = off;
"""
#: What no extension brought; another session's temporary things are nobody's.
_OURS = """
    n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
    AND NOT EXISTS (SELECT FROM pg_depend x
        WHERE x.deptype = 'e' AND x.classid = o.tableoid AND x.objid = o.oid)
"""
_TABLES = f"""
    SELECT n.nspname, o.relname FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
    WHERE o.relkind = 'r' AND {_OURS} ORDER BY 1, 2
"""  # noqa: S608
_ROWS = sql.SQL("""
    SELECT count(*), coalesce(sum(('x' || encode(substr(
        sha256(convert_to(whole_row::text, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint), 0)::text
    FROM {} AS whole_row
""")
_SEQUENCES = """
    SELECT format('%I.%I', schemaname, sequencename), last_value
    FROM pg_sequences WHERE last_value IS NOT NULL
"""
#: How a line of `grants` names whoever owns the schema, who has another name elsewhere.
SCHEMA_OWNER: Final = "(schema owner)"
#: (kind, name, owner, rights): the rights of everybody but the owner, PUBLIC's defaults too.
_GRANTS = f"""
    WITH held (kind, name, owner, rights) AS (
        SELECT 'database', '', datdba, coalesce(datacl, acldefault('d', datdba))
            FROM pg_database WHERE datname = current_database()
        UNION ALL
        SELECT 'schema', n.nspname, n.nspowner, n.nspacl FROM pg_namespace n
            WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'
        UNION ALL
        SELECT 'relation', format('%I.%I', n.nspname, o.relname), o.relowner, o.relacl
            FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace WHERE {_OURS}
        UNION ALL
        SELECT 'column', format('%I.%I.%I', n.nspname, o.relname, a.attname), o.relowner, a.attacl
            FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
            JOIN pg_attribute a ON a.attrelid = o.oid AND NOT a.attisdropped WHERE {_OURS}
        UNION ALL
        SELECT 'function', o.oid::regprocedure::text, o.proowner,
            coalesce(o.proacl, acldefault('f', o.proowner))
            FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace WHERE {_OURS}
    )
    SELECT format('%s %s: %s %s%s', kind, name,
        CASE WHEN grantee = 0 THEN 'PUBLIC'
            WHEN kind = 'function' AND grantee = (SELECT relowner FROM pg_class
                WHERE oid = to_regclass('public.alembic_version')) THEN '{SCHEMA_OWNER}'
            ELSE pg_get_userbyid(grantee) END, privilege_type,
        CASE WHEN is_grantable THEN ' +' ELSE '' END)
    FROM held, aclexplode(rights) WHERE grantee <> owner ORDER BY 1
"""  # noqa: S608
#: What belongs to somebody else than the schema's tables do: such functions act as their owner.
_OWNERS = f"""
    WITH owned (kind, name, owner) AS (
        SELECT 'FUNCTION', o.oid::regprocedure::text, o.proowner
            FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace
            WHERE o.prokind = 'f' AND {_OURS}
        UNION ALL
        SELECT CASE o.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, o.oid::regclass::text,
            o.relowner
            FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
            WHERE o.relkind IN ('r', 'v') AND {_OURS}
    )
    SELECT kind, name, pg_get_userbyid(owner) FROM owned
    WHERE owner <> coalesce((SELECT relowner FROM pg_class
        WHERE oid = to_regclass('public.alembic_version')), 0)
    ORDER BY 1, 2
"""  # noqa: S608
#: Names, and the words of functions: how a server writes the rest depends on its version.
_OBJECTS = f"""
    SELECT CASE o.relkind WHEN 'r' THEN 'table' WHEN 'i' THEN 'index' WHEN 'v' THEN 'view'
        WHEN 'S' THEN 'sequence' ELSE o.relkind::text END || format(' %I.%I', n.nspname, o.relname)
        || CASE WHEN o.relrowsecurity THEN ' row rules' ELSE '' END
        || CASE WHEN o.relforcerowsecurity THEN ' forced' ELSE '' END
        FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace WHERE {_OURS}
    UNION ALL
    SELECT format('column %I.%I %s%s', o.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attnotnull THEN ' filled' ELSE '' END)
        FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
        JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE o.relkind IN ('r', 'p', 'v', 'm') AND {_OURS}
    UNION ALL
    SELECT format('constraint %I on %s', conname, conrelid::regclass) FROM pg_constraint o
        JOIN pg_namespace n ON n.oid = o.connamespace WHERE o.contype <> 'n' AND {_OURS}
    UNION ALL
    SELECT format('trigger %I on %s %s', tgname, tgrelid::regclass, tgenabled) FROM pg_trigger
        WHERE NOT tgisinternal
    UNION ALL
    SELECT format('policy %I on %I.%I %s %s', policyname, schemaname, tablename, cmd, roles)
        FROM pg_policies
    UNION ALL
    SELECT format('function %s %s %s', o.oid::regprocedure, o.prosecdef,
        encode(sha256(convert_to(o.prosrc, 'UTF8')), 'hex'))
        FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace WHERE {_OURS}
    ORDER BY 1
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class TableContents:
    """How many rows there are, and the sum of their hashes: another value, another sum."""

    rows: int
    hashes: str


@dataclass(frozen=True, slots=True)
class Contents:
    """`sequences` are numbers given out already; `grants` and `objects` are readable lines;
    `owners` are (kind, name, role) of what is not the owner's of the schema."""

    schema: str | None
    tables: dict[str, TableContents]
    sequences: dict[str, int]
    grants: tuple[str, ...]
    owners: tuple[tuple[str, str, str], ...]
    objects: tuple[str, ...]
    finds_hangul: bool = field(compare=False)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


def database_rights(grants: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(role, privilege) of those lines of `grants` that are about the database itself."""
    lines = (line.removesuffix(" +") for line in grants if line.startswith("database : "))
    split = (line.removeprefix("database : ").rpartition(" ") for line in lines)
    return tuple((role, privilege) for role, _, privilege in split)


def function_rights(grants: Sequence[str], function: str) -> tuple[str, ...]:
    """Who may call `function`, as `grants` and `owners` name it."""
    start = f"function {function}: "
    return tuple(
        line.removeprefix(start).removesuffix(" EXECUTE")
        for line in grants
        if line.startswith(start)
    )


def is_empty(connection: psycopg.Connection[Any]) -> bool:
    """Has nobody put anything in this database yet? Extensions do not count."""
    parts = (
        f"SELECT FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace WHERE {_OURS}",
        f"SELECT FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace WHERE {_OURS}",
        "SELECT FROM pg_type o JOIN pg_namespace n ON n.oid = o.typnamespace"
        f" WHERE o.typtype IN ('d', 'e', 'r') AND {_OURS}",
    )
    query = " UNION ALL ".join(f"({part})" for part in parts)
    return connection.execute(f"SELECT NOT EXISTS ({query})").fetchone() == (True,)


def contents_of(connection: psycopg.Connection[Any]) -> Contents:
    """What the transaction of `connection` sees; reads every row once.

    Sequences know no transactions: theirs may be ahead of what the transaction sees.
    """
    connection.execute("SET LOCAL search_path = ''")
    connection.execute(_PLAIN_TEXT.encode())
    sequences = {str(name): int(last) for name, last in connection.execute(_SEQUENCES)}
    tables = {
        f"{schema}.{name}": _table(connection, schema, name)
        for schema, name in connection.execute(_TABLES).fetchall()
    }
    return Contents(
        _revision(connection),
        tables,
        sequences,
        _lines(connection, _GRANTS),
        tuple((kind, name, role) for kind, name, role in connection.execute(_OWNERS.encode())),
        _lines(connection, _OBJECTS),
        _finds_hangul(connection),
    )


def differences(expected: Contents, found: Contents) -> tuple[str, ...]:
    """What is not as it was, a line each; nothing when `found` is a whole copy."""
    return (
        *([f"schema {expected.schema} / {found.schema}"] * (expected.schema != found.schema)),
        *_other_rows(expected, found),
        *(
            f"sequence {name}: {last} / {found.sequences.get(name)}"
            for name, last in expected.sequences.items()
            if found.sequences.get(name, -1) < last
        ),
        *_other_lines(expected.objects, found.objects),
        *_other_lines(expected.grants, found.grants),
        *_other_lines(tuple(map(" ".join, expected.owners)), tuple(map(" ".join, found.owners))),
        *(["pg_trgm: 한글"] * (expected.finds_hangul and not found.finds_hangul)),
    )


def _other_rows(expected: Contents, found: Contents) -> list[str]:
    told = []
    for name in sorted(expected.tables.keys() | found.tables.keys()):
        before, after = expected.tables.get(name), found.tables.get(name)
        if before != after:
            rows = [None if one is None else one.rows for one in (before, after)]
            told.append(f"table {name}: {rows[0]} / {rows[1]}")
    return told


def _other_lines(expected: tuple[str, ...], found: tuple[str, ...]) -> list[str]:
    missing = sorted(set(expected) - set(found))
    return [f"- {line}" for line in missing] + [
        f"+ {line}" for line in sorted(set(found) - set(expected))
    ]


def _table(connection: psycopg.Connection[Any], schema: str, name: str) -> TableContents:
    row = connection.execute(_ROWS.format(sql.Identifier(schema, name))).fetchone()
    assert row is not None
    return TableContents(int(row[0]), str(row[1]))


def _revision(connection: psycopg.Connection[Any]) -> str | None:
    if connection.execute("SELECT to_regclass('public.alembic_version')").fetchone() == (None,):
        return None
    row = connection.execute("SELECT version_num FROM public.alembic_version").fetchone()
    return None if row is None else str(row[0])


def _lines(connection: psycopg.Connection[Any], query: str) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in connection.execute(query.encode()))


def _finds_hangul(connection: psycopg.Connection[Any]) -> bool:
    """Do its trigrams see Hangul (facts: under LC_CTYPE=C they see none, silently)?"""
    if connection.execute("SELECT to_regproc('public.show_trgm')").fetchone() == (None,):
        return False
    row = connection.execute("SELECT cardinality(public.show_trgm('김정민'))").fetchone()
    return row == (4,)
