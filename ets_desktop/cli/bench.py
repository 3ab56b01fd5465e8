"""`ets bench`: how fast it is, each figure beside its floor. Never fails by a figure."""

import json
from contextlib import ExitStack
from pathlib import Path

import click

from ets_desktop.bench.ground import Ground, ground
from ets_desktop.bench.registry import BENCHES, chosen
from ets_desktop.bench.report import HEADER, line_of, report_of
from ets_desktop.bench.stage import has_orders, measured_database
from ets_desktop.bench.timing import Figure
from ets_desktop.cli.connection import located_server
from ets_desktop.cli.language import say
from ets_desktop.domain.errors import EtsError


@click.command(name="bench")
@click.option(
    "--orders",
    type=click.IntRange(1_000, 20_000_000),
    help="Measure on a database of that many orders, made beside the one in use and kept.",
)
@click.option("--only", multiple=True, metavar="NAME", help="Only what begins so; repeatable.")
@click.option("--rounds", default=200, show_default=True, type=click.IntRange(10, 10_000))
@click.option("--url", help="Another server or database than the one in use.")
@click.option(
    "--asterisk",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where an Asterisk was unpacked (`/`: this machine's own); else it is looked for.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    orders: int | None,
    only: tuple[str, ...],
    rounds: int,
    url: str | None,
    asterisk: Path | None,
    as_json: bool,
) -> None:
    """Measure speed beside a floor in the same run (benchmarks/README.md says what and why)."""
    wanted = chosen(only)
    if not wanted:
        raise click.UsageError(f"--only: {', '.join(BENCHES)}")
    with ExitStack() as stack:
        place = url or stack.enter_context(located_server()).owner_url
        database = stack.enter_context(measured_database(place, orders, _tell))
        if not has_orders(database):
            raise click.ClickException(
                say(
                    "주문이 없습니다: `ets demo`로 채우거나 --orders를 쓰십시오.",
                    "no orders here: fill in some with `ets demo`, or give --orders",
                )
            )
        stage = stack.enter_context(ground(database, rounds, asterisk))
        figures, failures = _measure(stage, tuple(wanted), as_json)
        if as_json:
            report = report_of(figures, stage, failures)
            click.echo(json.dumps(report, ensure_ascii=False, indent=1))


def _measure(
    stage: Ground, names: tuple[str, ...], as_json: bool
) -> tuple[list[Figure], list[str]]:
    """Run the benchmarks one after the other; what cannot be measured is told and left out."""
    figures: list[Figure] = []
    failures: list[str] = []
    if not as_json:
        click.echo(HEADER)
    for name in names:
        try:
            for figure in BENCHES[name](stage):
                figures.append(figure)
                if not as_json:
                    click.echo(line_of(figure))
        except EtsError as error:
            failures.append(f"{name}: {error}")
            click.echo(
                say(f"{name}: 잴 수 없음 ({error})", f"{name}: not measured ({error})"), err=True
            )
    return figures, failures


def _tell(stage: str, done: int, total: int) -> None:
    if done == total:
        click.echo(f"{stage} {done:,}", err=True)
