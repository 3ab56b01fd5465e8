"""`ets bench` measures everything that is registered, on a small shop, and leaves it as it was."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result

from ets_desktop.bench.registry import BENCHES, chosen
from ets_desktop.cli.bench import command
from ets_desktop.db.engine import Database
from ets_desktop.demo.shop import fill
from ets_desktop.local.connection import ConnectionTarget
from tests.postgres import clone


@pytest.fixture(scope="module")
def shop(postgres_server: ConnectionTarget, template_database: str) -> Iterator[str]:
    with clone(postgres_server, template_database) as target:
        database = Database(target.url(), application_name="test")
        fill(database, orders=1_000, with_logins=False)
        database.close()
        yield target.url()


def bench(*arguments: str, exits: int = 0) -> Result:
    result = CliRunner().invoke(command, ["--rounds", "10", *arguments])
    assert result.exit_code == exits, result.output
    return result


def counted(url: str) -> list[Any]:
    tables = ("sales_order", "order_line", "person_name", "call", "call_leg", "call_event")
    tables += ("ticket", "ticket_history", "activity", "import_run")
    with psycopg.connect(url) as connection:
        return [
            connection.execute(f"SELECT count(*) FROM {name}".encode()).fetchone()
            for name in tables
        ]


@pytest.mark.parametrize("name", BENCHES)
def test_every_benchmark_has_figures(shop: str, name: str) -> None:
    before = counted(shop)
    report = json.loads(bench("--url", shop, "--only", name, "--json").stdout)
    assert report["figures"]
    assert report["failures"] == []
    for figure in report["figures"]:
        # The usual beat of an idle GUI thread may be not late at all.
        assert figure["ours"]["p99"] >= figure["ours"]["p50"] >= 0
        assert figure["ours"]["p99"] > 0
        assert figure["floor"] is None or figure["floor"]["p50"] > 0
    assert (report["orders"], report["rounds"]) == (1000, 10)
    assert counted(shop) == before


def test_figures_are_shown_beside_their_floor(shop: str) -> None:
    shown = bench("--url", shop, "--only", "search-count").stdout.splitlines()
    assert shown[0].split() == ["floor", "p50/p99", "ours", "p50/p99", "ratio"]
    assert shown[1].startswith("search count")
    assert len(shown) == 2


def test_only_takes_the_beginning_of_names() -> None:
    assert set(chosen(("search-",))) == {"search-far-page", "search-count"}
    assert list(chosen(())) == list(BENCHES)
    assert "--only" in bench("--only", "nothing", exits=2).output


def test_an_empty_database_is_nothing_to_measure(clean_database: str) -> None:
    assert "--orders" in bench("--url", clean_database, exits=1).output


def test_a_database_of_a_size_is_made_once_and_kept(shop: str) -> None:
    first = bench("--url", shop, "--orders", "1500", "--only", "search-count", "--json")
    again = bench("--url", shop, "--orders", "1500", "--only", "search-count", "--json")
    assert "orders" in first.stderr
    assert again.stderr == ""
    assert json.loads(again.stdout)["orders"] == 1500
    with psycopg.connect(shop, autocommit=True) as connection:
        connection.execute("DROP DATABASE ets_bench_1500 WITH (FORCE)")
