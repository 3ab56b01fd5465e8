"""What a login cannot do without: the drivers imported, a connection, the first lists."""

import sys
from time import perf_counter

from ets_desktop.bench.probes.telling import resident_mb, tell


def main(url: str) -> None:
    began = perf_counter()
    import psycopg
    import sqlalchemy.orm

    with psycopg.connect(url) as connection:
        for statement in (
            "SELECT id, name, extension, role FROM agent WHERE login = session_user",
            "SELECT * FROM ticket WHERE assignee_id = current_agent_id()"
            " AND status IN ('received', 'transferred') ORDER BY updated_at DESC LIMIT 100",
            "SELECT * FROM transfer WHERE from_agent_id = current_agent_id()"
            " ORDER BY sent_at DESC LIMIT 100",
            "SELECT * FROM draft ORDER BY saved_at DESC LIMIT 100",
        ):
            connection.execute(statement.encode()).fetchall()
    took = (perf_counter() - began) * 1000
    tell({"ms": took, "mb": resident_mb(), "drivers": [psycopg.__name__, sqlalchemy.orm.__name__]})


if __name__ == "__main__":
    main(sys.argv[1])
