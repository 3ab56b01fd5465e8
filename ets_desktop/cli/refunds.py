"""`ets refunds`: the key of refund accounts, which lies outside the database (spec 80)."""

import json
import os
from base64 import b64decode, b64encode
from pathlib import Path

import click
from sqlalchemy.orm import Session

from ets_desktop.cli.connection import open_database
from ets_desktop.cli.language import say
from ets_desktop.cli.texts import WORDS
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.domain.refund_accounts import RefundAccount
from ets_desktop.local.refund_box import new_key, public_half
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.services.refund_accounts import open_account, set_refund_key


@click.group(name="refunds")
def command() -> None:
    """Refund accounts: any desk seals them, only the holder of the key reads them."""


@command.command(name="new-key")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def new_key_command(file: Path) -> None:
    """Make a key: FILE is for whoever pays out and goes nowhere else; desks seal for it from now.

    What was sealed before is read with the old file only: keep it.
    """
    private = new_key()
    _write(file, private)
    with open_database("ets refunds") as database:
        name = database.call(set_refund_key, public_half(private)).value
    told = say("키를 만들었습니다: {file} ({name})", "The key is made: {file} ({name})")
    click.echo(told.format(file=file, name=name))


@command.command()
@click.argument("claim_no", type=WORDS)
@click.option(
    "--key",
    "file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file that new-key made.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(claim_no: str, file: Path, as_json: bool) -> None:
    """Show the refund account of a claim (R000000123); it is written into the access log."""
    private = _read(file)
    with open_database("ets refunds") as database:
        account = database.call(_open_logged, claim_no, private)
    if as_json:
        told = {"bank": account.bank, "number": account.number, "holder": account.holder}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        click.echo(f"{account.bank} {account.number} {account.holder}")


def _open_logged(session: Session, claim_no: str, private: bytes) -> RefundAccount:
    account = open_account(session, claim_no, private)
    log_access(session, LogAccess("show_refund_account", f"claim/{claim_no}"))
    return account


def _write(file: Path, private: bytes) -> None:
    """A file of its owner's alone, never over another."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as written:
            written.write(b64encode(private).decode("ascii"))
    except FileExistsError:
        raise EtsError("export_file_exists") from None
    except OSError as error:
        raise Unavailable("export_not_writable", reason=error.strerror or "") from None


def _read(file: Path) -> bytes:
    try:
        return b64decode(file.read_text(encoding="ascii"), validate=True)
    except OSError:
        raise EtsError("file_unreadable") from None
    except ValueError:
        raise EtsError("refund_account_sealed") from None
