"""Runs of the import, newest first, and their rows at fault."""

import psycopg

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.queries.import_runs import FaultyRow, faulty_rows, import_runs
from tests.round_trips import round_trips
from tests.services.test_forgetting import run

WHOLE = """
    {"orders": 3, "lines": 5, "created": 2, "updated": 1, "unchanged": 2, "ignored": 4,
     "bad": [[2, "수량", "not_a_number"], [7, "", "too_many_cells"]],
     "suspect": [[3, "주문번호", "digits_lost"]], "bad_count": 1200, "suspect_count": 1,
     "values": {"bad": ["세 개", ""], "suspect": ["9.9*+11"]}}
"""
OLD = '{"lines": 1, "bad": [[2, "수량", "missing"]], "suspect": []}'


def add(database: Database, file: str, result: str, login: str) -> None:
    run(
        database,
        "INSERT INTO import_run (file, login, result) VALUES (:file, :login, (:result)::jsonb)",
        file=file,
        login=login,
        result=result,
    )


def test_runs_stand_newest_first_with_their_counts(database: Database, kim: Agent) -> None:
    add(database, "old.csv", OLD, "ets_erp_login")
    add(database, "new.xlsx", WHOLE, kim.login)
    page = database.call(import_runs, None, 1)
    [new] = page.rows
    assert (new.file, new.who, new.orders, new.lines) == ("new.xlsx", kim.name, 3, 5)
    assert (new.created, new.updated, new.unchanged, new.ignored) == (2, 1, 2, 4)
    assert (new.bad, new.suspect, new.channel, new.finished_at) == (1_200, 1, "", None)
    assert (new.refused, new.details) == ("", {})
    further = database.call(import_runs, page.next_key, 1)
    [old] = further.rows
    assert (old.file, old.who, old.bad, old.suspect) == ("old.csv", "ets_erp_login", 1, 0)
    assert further.next_key is None
    assert round_trips(database, import_runs, None, 50) == 1


def test_rows_at_fault_say_where_and_what_stood_there(database: Database) -> None:
    add(database, "new.xlsx", WHOLE, "x")
    add(database, "old.csv", OLD, "x")
    add(database, "none.csv", "{}", "x")
    none, old, new = (row.run_id for row in database.call(import_runs, None, 9).rows)
    assert database.call(faulty_rows, new) == (
        FaultyRow(1, True, 2, "수량", "not_a_number", "세 개"),
        FaultyRow(2, True, 7, "", "too_many_cells", ""),
        FaultyRow(3, False, 3, "주문번호", "digits_lost", "9.9*+11"),
    )
    assert database.call(faulty_rows, old) == (FaultyRow(1, True, 2, "수량", "missing", None),)
    assert database.call(faulty_rows, none) == ()


def test_every_desk_hears_of_a_run_at_once(database: Database) -> None:
    with psycopg.connect(database.url, autocommit=True) as desk:
        desk.execute("LISTEN ets_change")
        add(database, "new.xlsx", WHOLE, "x")
        heard = next(desk.notifies(timeout=30, stop_after=1))
    assert heard.payload == "imports"
