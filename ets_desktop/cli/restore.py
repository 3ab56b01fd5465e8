"""`ets restore`: a backup into an empty database, compared when it stands."""

import json
from contextlib import ExitStack
from pathlib import Path

import click
from psycopg.conninfo import conninfo_to_dict

from ets_desktop.cli.backup import tell_outside
from ets_desktop.cli.connection import located_server
from ets_desktop.cli.language import say
from ets_desktop.cli.texts import WORDS
from ets_desktop.db.address import require_address
from ets_desktop.db.backup.manifest import Manifest, read_manifest
from ets_desktop.db.backup.restoring import new_database, restore
from ets_desktop.db.schema_version import schema_status

#: So many differences are shown; one is enough to throw the copy away.
MOST_SHOWN = 20
#: PostgreSQL cuts a longer one.
LONGEST_NAME = 64


@click.command(name="restore")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--into",
    type=WORDS,
    help="Name of a new database on the server in use, or the URL of an empty one.",
)
@click.option("--check", is_flag=True, help="Only see whether the backup is whole.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(folder: Path, into: str | None, check: bool, as_json: bool) -> None:
    """Restore the backup in FOLDER into an empty database; never over another.

    Without --into that is the database in use, if it is empty. What stands is then compared with
    what was backed up: rows, schema, sequences, roles, rights. Exit code 1 when it differs.

    To put a backup in place of the database of this PC: `ets db stop`, give its folder
    (data/postgresql) another name, restore.
    """
    if into is not None and not 0 < len(into.encode()) < LONGEST_NAME and "://" not in into:
        raise click.BadParameter(say("쓸 수 없는 이름입니다", "not usable as a name"))
    manifest = read_manifest(folder)
    if check:
        _tell(manifest, (), None, as_json)
        return
    with ExitStack() as stack:
        if into is not None and into.startswith(("postgresql://", "postgres://")):
            require_address(into)
            target = into
        else:
            target = stack.enter_context(located_server(migrate=False)).owner_url
            if into is not None:
                target = stack.enter_context(new_database(target, into))
        differing = restore(folder, manifest, target)
        _tell(manifest, differing, target, as_json)
    raise SystemExit(1 if differing else 0)


def _tell(
    manifest: Manifest, differing: tuple[str, ...], target: str | None, as_json: bool
) -> None:
    contents = manifest.contents
    if as_json:
        facts = {
            "made_at": manifest.made_at,
            "schema": contents.schema,
            "rows": contents.rows,
            "database": None if target is None else conninfo_to_dict(target).get("dbname"),
            "differences": differing,
        }
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    click.echo(
        say(
            f"{manifest.made_at}의 백업: 스키마 {contents.schema}, 표 {len(contents.tables)}개, "
            f"{contents.rows:,}행",
            f"backup of {manifest.made_at}: schema {contents.schema}, "
            f"{len(contents.tables)} tables, {contents.rows:,} rows",
        )
    )
    if target is None:
        click.echo(say("온전합니다.", "It is whole."))
    elif differing:
        _tell_differences(differing)
    else:
        _tell_place(target)
    tell_outside(manifest)


def _tell_differences(differing: tuple[str, ...]) -> None:
    for line in differing[:MOST_SHOWN]:
        click.echo(f"  {line}", err=True)
    told = say(
        f"복원한 것이 백업과 다릅니다({len(differing)}곳). 쓰지 마십시오.",
        f"what stands differs from the backup ({len(differing)}): do not use it.",
    )
    click.echo(told, err=True)


def _tell_place(target: str) -> None:
    parts = conninfo_to_dict(target)
    place = f"{parts.get('host', '')}:{parts.get('port', '')}/{parts.get('dbname', '')}"
    click.echo(say(f"복원했고, 백업과 같습니다: {place}", f"restored, equal to it: {place}"))
    status = schema_status(target)
    if status.is_unknown:
        told = say(
            "이 프로그램보다 새 스키마입니다. 프로그램을 업데이트하십시오.",
            "its schema is newer than this program: update the program.",
        )
        click.echo(told)
    elif not status.is_current:
        click.echo(
            say(
                f"이전 스키마입니다. 이 데이터베이스를 쓰기 전에 ets db upgrade로 "
                f"{status.head}까지 올리십시오.",
                f"its schema is older: bring it to {status.head} with ets db upgrade before use.",
            )
        )
