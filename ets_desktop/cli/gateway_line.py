"""`ets gateway forward|hangup|sms|texts`: what a person does with a Centrex line, in its turn."""

import json
import sys
from pathlib import Path

import click

from ets_desktop.cli.gateway_secret import config_option, configured_link
from ets_desktop.cli.language import say
from ets_desktop.domain import phone
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.masking import mask_phone
from ets_desktop.pbx.vendors.lgu_centrex.line import (
    CentrexLine,
    Delivery,
    Forwarding,
    ForwardWhen,
    ReceivedText,
)
from ets_desktop.pbx.vendors.lgu_centrex.options import read_options

_WHENS = {
    ForwardWhen.ALWAYS: ("항상", "always"),
    ForwardWhen.NO_ANSWER: ("받지 않을 때", "unanswered"),
    ForwardWhen.BUSY: ("통화 중일 때", "while busy"),
    ForwardWhen.TOGETHER: ("동시에 울림", "ringing together"),
    ForwardWhen.BUSY_OR_NO_ANSWER: ("통화 중이거나 받지 않을 때", "while busy or unanswered"),
}
_DELIVERIES = {
    Delivery.SENT: ("보냄", "sent"),
    Delivery.REFUSED: ("거부됨", "refused"),
    Delivery.UNSURE: (
        "확인필요(다시 보내기 전에 확인하십시오)",
        "unsure: look before sending again",
    ),
}


@click.command()
@click.argument("name", metavar="LINK")
@click.argument("number", required=False)
@click.option(
    "--when",
    type=click.Choice([str(when).replace("_", "-") for when in ForwardWhen]),
    default="always",
    help="When calls are forwarded to NUMBER.",
)
@click.option("--stop", is_flag=True, help="Forward no longer.")
@config_option
def forward(name: str, number: str | None, when: str, stop: bool, config: Path | None) -> None:
    """Forward the calls of LINK to NUMBER; without one, say where they go."""
    if stop and number is not None:
        raise click.UsageError(say("번호와 --stop은 함께 쓸 수 없습니다.", "a number, or --stop"))
    line = _line(name, config)
    if stop:
        line.stop_forwarding()
    elif number is not None:
        line.forward(number, ForwardWhen(when.replace("-", "_")))
    click.echo(_forwarding(line.forwarding()))


@click.command()
@click.argument("name", metavar="LINK")
@config_option
def hangup(name: str, config: Path | None) -> None:
    """End what the phone of LINK talks."""
    _line(name, config).hang_up()
    click.echo(say("끊었습니다.", "hung up"))


@click.command()
@click.argument("name", metavar="LINK")
@click.argument("numbers", nargs=-1, required=True, metavar="NUMBER...")
@click.option("--text", help="What is sent; without it, what stands on the standard input.")
@config_option
def sms(name: str, numbers: tuple[str, ...], text: str | None, config: Path | None) -> None:
    """Send a text from LINK, once; exit code 1 when it surely reached not every number."""
    line = _line(name, config)
    sent = line.send_text(numbers, sys.stdin.read().strip() if text is None else text)
    for number, delivery in sent.deliveries.items():
        click.echo(f"{phone.display(number)}: {say(*_DELIVERIES[delivery])}")
    if sent.left is not None:
        click.echo(say(f"남은 문자 {sent.left}건", f"{sent.left} texts left"))
    raise SystemExit(0 if set(sent.deliveries.values()) == {Delivery.SENT} else 1)


@click.command()
@click.argument("name", metavar="LINK")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@config_option
def texts(name: str, as_json: bool, config: Path | None) -> None:
    """The newest texts that came for LINK, their senders masked."""
    received = _line(name, config).received_texts()
    if as_json:
        click.echo(json.dumps([_record(one) for one in received], ensure_ascii=False))
        return
    for one in received:
        click.echo(" ".join(str(value) for value in _record(one).values()))
    if not received:
        click.echo(say("받은 문자가 없습니다.", "no texts"))


def _line(name: str, config: Path | None) -> CentrexLine:
    """Raises EtsError `link_unknown`, `link_cannot`, `link_option`, `secret_…`."""
    link = configured_link(name, config)
    if link.vendor != "lgu_centrex":
        raise EtsError("link_cannot", link=name, vendor=link.vendor)
    return CentrexLine(read_options(link).account())


def _forwarding(forwarding: Forwarding) -> str:
    if forwarding.voice_mail:
        return say("음성사서함으로 돌립니다.", "forwarded to voice mail")
    if not forwarding.to:
        return say("착신전환하지 않습니다.", "not forwarded")
    number = phone.digits_of(forwarding.to)
    shown = forwarding.to if number is None else phone.display(number)
    when = say("알 수 없는 조건", "unknown") if forwarding.when is None else _when(forwarding.when)
    return say(f"착신전환: {shown} ({when})", f"forwarded to {shown} ({when})")


def _when(when: ForwardWhen) -> str:
    return say(*_WHENS[when])


def _record(text: ReceivedText) -> dict[str, str | None]:
    at = None if text.at is None else text.at.isoformat()
    return {"at": at, "sender": mask_phone(text.sender), "text": text.text}
