"""The table of public holidays: the years around today, as the library at hand has them.

Filled when a database is migrated, kept by its gateway; desks only read.
"""

from typing import cast

import psycopg
from psycopg.sql import SQL

from ets_desktop.domain.public_holidays import holidays_of, kept_years, release

_STANDING = SQL("""
    SELECT extract(year FROM clock_timestamp() AT TIME ZONE 'Asia/Seoul')::int,
        ARRAY(SELECT DISTINCT extract(year FROM day)::int FROM public_holiday
              WHERE reckoned_by = %(release)s)
""")
_FORGET = SQL("""
    DELETE FROM public_holiday
     WHERE extract(year FROM day)::int = ANY(%(years)s) AND day <> ALL(%(days)s::date[])
""")
# A gateway and `ets db upgrade` may do it at once.
_WRITE = SQL("""
    INSERT INTO public_holiday (day, name, reckoned_by)
    SELECT day, name, %(release)s
      FROM unnest(%(days)s::date[], %(names)s::text[]) AS reckoned(day, name)
    ON CONFLICT (day) DO UPDATE SET name = excluded.name, reckoned_by = excluded.reckoned_by
""")


def keep_public_holidays(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Write the years that are missing, or that another release of the library reckoned.

    False if there are none; then the library is not even loaded.
    """
    row = connection.execute(_STANDING, {"release": release()}).fetchone()
    this_year, standing = cast(tuple[int, list[int]], row)
    years = [year for year in kept_years(this_year) if year not in standing]
    if not years:
        return False
    reckoned = {day: name for year in years for day, name in holidays_of(year).items()}
    days = list(reckoned)
    connection.execute(_FORGET, {"years": years, "days": days})
    connection.execute(
        _WRITE, {"release": release(), "days": days, "names": list(reckoned.values())}
    )
    return True
