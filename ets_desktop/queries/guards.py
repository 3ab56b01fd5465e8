"""Whether what guards the data is as the migrations make it: triggers, their functions, row rules.

A right that is too many is seen by `permissions`; a guard that was dropped, or put back with other
words, by nobody who works.
"""

import json
from collections.abc import Mapping

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.paths import migrations_dir

FILE = "guards.json"
#: `kind name` → its words, without what versions of PostgreSQL write differently.
_GUARDS = SQL("""
    SELECT 'trigger ' || k.relname || '.' || t.tgname, pg_get_triggerdef(t.oid)
    FROM pg_trigger t JOIN pg_class k ON k.oid = t.tgrelid
    WHERE k.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
    UNION ALL
    SELECT 'function ' || p.oid::regprocedure, concat_ws(' ', p.prosrc, p.prosecdef, p.proconfig)
    FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
                      AND d.objid = p.oid AND d.deptype = 'e')
    UNION ALL
    SELECT 'rule ' || k.relname || '.' || p.polname, concat_ws(' ', p.polcmd, p.polpermissive,
        array(SELECT r.rolname FROM pg_roles r WHERE r.oid = ANY (p.polroles) ORDER BY 1),
        pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
    FROM pg_policy p JOIN pg_class k ON k.oid = p.polrelid
    WHERE k.relnamespace = 'public'::regnamespace
""")
_FOUND = SQL("""
    SELECT name, left(md5(regexp_replace(words, '[\\s()]', '', 'g')), 12)
    FROM ({guards}) g (name, words) ORDER BY name COLLATE "C"
""").format(guards=_GUARDS)


def guards_of(session: Session) -> dict[str, str]:
    """Each guard of this database, and what tells its words from others."""
    return {str(name): str(words) for name, words in driver_of(session).execute(_FOUND)}


def guard_faults(session: Session) -> tuple[str, ...]:
    """The guards that the migrations make and that are not there, or in other words; sorted.

    Of a schema that is this program's own. Names of the schema only.
    """
    there = guards_of(session)
    return tuple(sorted(name for name, words in _made().items() if there.get(name) != words))


def _made() -> Mapping[str, str]:
    made: Mapping[str, str] = json.loads((migrations_dir() / FILE).read_text(encoding="utf-8"))
    return made
