"""`ets gateway secret`: the passwords of the links, put where the gateway finds them."""

import sys
from pathlib import Path

import click

from ets_desktop.cli.language import say
from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.secret_file import write_secret
from ets_desktop.settings import GatewayLink, load_settings

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Settings file to read instead of the one in force.",
)


def configured_link(name: str, config: Path | None) -> GatewayLink:
    """The link of the settings called `name`. Raises EtsError `link_unknown`."""
    links = load_settings(config).gateway.links
    found = next((link for link in links if link.name == name), None)
    if found is None:
        raise EtsError("link_unknown", link=name)
    return found


@click.group()
def secret() -> None:
    """The passwords of the links."""


@secret.command(name="set")
@click.argument("name", metavar="LINK")
@config_option
def set_secret(name: str, config: Path | None) -> None:
    """Keep the password of LINK: in the file of its settings, else in the system's key store.

    Asked for without showing it, or read from a pipe. As the gateway's own user: both are that
    user's alone.
    """
    link = configured_link(name, config)
    typed = _typed()
    if not typed:
        raise EtsError("secret_missing", link=name)
    place = write_secret(link, typed)
    where = place or say("키 저장소", "the key store")
    click.echo(say(f"비밀번호를 두었습니다: {where}", f"the password is kept: {where}"))


def _typed() -> str:
    if sys.stdin.isatty():
        asked: str = click.prompt(
            say("비밀번호", "password"), hide_input=True, confirmation_prompt=True
        )
        return asked
    return sys.stdin.readline().rstrip("\r\n")
