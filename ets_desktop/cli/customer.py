"""`ets customer`: what is kept of one customer, as the person may ask for, or to erase it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from ets_desktop.cli.connection import open_database
from ets_desktop.cli.language import say
from ets_desktop.cli.texts import WORDS
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.domain.masking import mask_name
from ets_desktop.domain.search_terms import CUSTOMER_NO
from ets_desktop.queries.customer_record import Identity, identity_of
from ets_desktop.services.approvals import AskToExportCustomer, ask_to_export_customer
from ets_desktop.services.customer_rights import (
    CustomerRequest,
    ErasedCustomer,
    erase_customer,
    export_customer,
)

_WORDS = {
    "orders": ("주문", "orders"),
    "tickets": ("접수", "tickets"),
    "ars": ("ARS 이력", "ARS sessions"),
}


class _CustomerNo(click.types.StringParamType):
    """C000000301, or c301; a mere number says how it is written."""

    name = "customer"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        typed = WORDS.convert(value, param, ctx).strip()
        if CUSTOMER_NO.fullmatch(typed) is None:
            like = f"C{typed:0>9}" if typed.isascii() and typed.isdigit() else "C000000301"
            self.fail(
                say(f"고객번호는 {like}처럼 적습니다", f"customer numbers look like {like}"),
                param,
                ctx,
            )
        return typed


_REASON = click.option(
    "--reason", required=True, type=WORDS, help="What was asked for, and how it was identified."
)


@click.group(name="customer")
def command() -> None:
    """A customer's own requests; both are written into the access log."""


@command.command()
@click.argument("customer_no", type=_CustomerNo())
@_REASON
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write there instead of printing; readable by its owner only.",
)
@click.option(
    "--ask", is_flag=True, help="Ask a supervisor's approval, which agents need, and stop there."
)
def export(customer_no: str, reason: str, file: Path | None, ask: bool) -> None:
    """Everything that is kept of the customer, as JSON.

    An agent needs a supervisor's approval (--ask), which serves once and for an hour.
    """
    with open_database("ets customer") as database:
        if ask:
            database.call(ask_to_export_customer, AskToExportCustomer(customer_no, reason))
            click.echo(say("관리자의 승인을 요청했습니다.", "a supervisor is asked."))
            return
        record = database.call(export_customer, CustomerRequest(customer_no, reason)).value
    told = json.dumps(record, ensure_ascii=False, indent=2)
    if file is None:
        click.echo(told)
        return
    _write(file, told)
    click.echo(say(f"저장했습니다: {file}", f"written: {file}"))


@command.command()
@click.argument("customer_no", type=_CustomerNo())
@_REASON
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def erase(customer_no: str, reason: str, yes: bool, as_json: bool) -> None:
    """Erase the customer, except for what the law asks to keep (5 years of contracts, 3 of
    disputes); `ets retention run` erases that when its time has come."""
    with open_database("ets customer") as database:
        whose = database.call(identity_of, customer_no)
        if not (yes or click.confirm(_question(whose), err=True)):
            raise SystemExit(1)
        done = database.call(erase_customer, CustomerRequest(customer_no, reason)).value
    if as_json:
        click.echo(json.dumps(asdict(done), default=str))
    else:
        _tell(done)


def _question(whose: Identity) -> str:
    """Who it is, as a list would show them."""
    told = f"{whose.customer_no} {mask_name(whose.name)}"
    return say(f"{told} 고객의 정보를 파기할까요?", f"erase {told}?")


def _tell(done: ErasedCustomer) -> None:
    whole = bool(done.erased.customers)
    click.echo(
        say("모두 파기했습니다.", "erased.")
        if whole
        else say("보관 의무가 없는 정보를 파기했습니다.", "erased what need not be kept.")
    )
    for one in done.kept:
        ko, en = _WORDS[one.what]
        click.echo(
            say(
                f"법에 따라 보관: {ko} {one.count}건, {one.until}까지",
                f"kept by law: {one.count} {en}, until {one.until}",
            )
        )


def _write(file: Path, text: str) -> None:
    try:
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(text + "\n", encoding="utf-8")
    except FileExistsError:
        raise EtsError("export_file_exists") from None
    except OSError as error:
        raise Unavailable("export_not_writable", reason=error.strerror or "") from None
