"""`ets gateway secret set`: a link's password from a person or a pipe to where it is found."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from ets_desktop.cli import gateway_secret, main
from ets_desktop.pbx.secret_file import read_secret
from ets_desktop.settings import GatewayLink


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "gateway.toml"
    file.write_text(
        f'[[gateway.links]]\nname = "office"\nvendor = "asterisk"\nsecret_file = "{tmp_path}/ami"\n'
        '[[gateway.links]]\nname = "shop"\nvendor = "lgu_centrex"\n'
    )
    return file


def put(config: Path, name: str, typed: str | None) -> Result:
    return CliRunner().invoke(
        main, ["gateway", "secret", "set", name, "--config", str(config)], input=typed
    )


def test_a_password_from_a_pipe_lands_in_the_links_file(config: Path, tmp_path: Path) -> None:
    said = put(config, "office", "not-a-secret\n")
    assert (said.exit_code, said.stdout) == (0, f"the password is kept: {tmp_path}/ami\n")
    link = GatewayLink("office", "asterisk", {"secret_file": f"{tmp_path}/ami"})
    assert read_secret(link, "secret_file") == "not-a-secret"


def test_a_person_types_it_twice_unseen(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[bool, bool]] = []

    def prompt(text: str, *, hide_input: bool, confirmation_prompt: bool) -> str:
        asked.append((hide_input, confirmation_prompt))
        return "typed"

    class Terminal:
        @staticmethod
        def isatty() -> bool:
            return True

    monkeypatch.setattr(click, "prompt", prompt)
    monkeypatch.setattr("sys.stdin", Terminal)
    assert gateway_secret._typed() == "typed"
    assert asked == [(True, True)]


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("away", "x", "link unknown"),
        ("office", "\n", "secret missing"),
        ("shop", "x", "key store refused"),
    ],
)
def test_what_cannot_be_kept_is_refused(config: Path, name: str, typed: str, said: str) -> None:
    result = put(config, name, typed)
    assert result.exit_code == 2
    assert said in result.stderr
