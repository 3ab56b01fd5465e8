"""`ets backup`: the whole database as a folder that `ets restore` brings back."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from ets_desktop.cli.connection import located_server
from ets_desktop.cli.language import say
from ets_desktop.db.backup.dumping import back_up
from ets_desktop.db.backup.manifest import ARCHIVE, MANIFEST, Manifest, Outside
from ets_desktop.db.engine import Database
from ets_desktop.paths import paths
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.settings import FILE_NAME, load_settings


@click.command(name="backup")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(folder: Path, as_json: bool) -> None:
    """Back the database up into FOLDER, which must not exist yet; desks go on meanwhile.

    FOLDER holds personal data: keep it as safe as the database. Try it with `ets restore --into`.
    Photos of returned goods and the settings are files outside the database; it says where.
    """
    with located_server(migrate=False) as server:
        database = Database(server.owner_url, application_name="ets backup", pool_size=1)

        def note_it() -> None:
            database.call(log_access, LogAccess("backup", f"database/{server.place}"))

        try:
            made = back_up(server.owner_url, folder, outside=tuple(_outside()), before=note_it)
        finally:
            database.close()
    if as_json:
        click.echo(json.dumps(_facts(made, folder), ensure_ascii=False))
        return
    _tell(made, folder)


def _outside() -> Iterator[Outside]:
    """What the shop needs besides: photos, settings."""
    photos = load_settings().desk.photo_folder or paths().data_dir / "photos"
    for kind, place in (("photos", photos), ("settings", paths().config_dir / FILE_NAME)):
        files = [place] if place.is_file() else list(place.rglob("*.*"))
        sizes = [file.stat().st_size for file in files if file.is_file()]
        if sizes:
            yield Outside(kind, str(place), len(sizes), sum(sizes))


def _facts(made: Manifest, folder: Path) -> dict[str, object]:
    return {
        "folder": str(folder),
        "made_at": made.made_at,
        "schema": made.contents.schema,
        "tables": len(made.contents.tables),
        "rows": made.contents.rows,
        "bytes": made.archive_bytes,
        "outside": {outside.kind: outside.place for outside in made.outside},
    }


def _tell(made: Manifest, folder: Path) -> None:
    tables, rows, size = len(made.contents.tables), made.contents.rows, made.archive_bytes
    click.echo(
        say(
            f"백업했습니다: {folder} ({ARCHIVE}, {MANIFEST}). 스키마 {made.contents.schema}, "
            f"표 {tables}개, {rows:,}행, {size:,}바이트",
            f"backed up: {folder} ({ARCHIVE}, {MANIFEST}). schema {made.contents.schema}, "
            f"{tables} tables, {rows:,} rows, {size:,} bytes",
        )
    )
    tell_outside(made)


def tell_outside(made: Manifest) -> None:
    """Say what is not in the backup."""
    for outside in made.outside:
        name = {"photos": say("반품 사진", "photos"), "settings": say("설정", "settings")}
        click.echo(
            say(
                f"백업에 없는 파일이니 따로 보관하십시오: {name[outside.kind]} {outside.place} "
                f"({outside.files:,}개, {outside.bytes:,}바이트)",
                f"not in the backup, keep a copy: {name[outside.kind]} {outside.place} "
                f"({outside.files:,} files, {outside.bytes:,} bytes)",
            )
        )
    if any(role.can_login and role.verifier is None for role in made.roles):
        told = say(
            "비밀번호는 백업에 없습니다(슈퍼유저만 읽습니다). 복원한 뒤 다시 정해야 합니다.",
            "passwords are not in the backup (only a superuser reads them): set them anew.",
        )
        click.echo(told)
    told = say(
        "환불계좌의 키 파일(ets refunds new-key)은 어디에도 복사되지 않습니다.",
        "the key file of refund accounts (ets refunds new-key) is copied nowhere.",
    )
    click.echo(told)
