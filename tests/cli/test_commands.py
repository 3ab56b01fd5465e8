"""`ets --help`: every command loads, says what it does, and stands in the READMEs."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from ets_desktop import __version__
from ets_desktop.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]


def ets(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def command_named(name: str) -> click.Command:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return command


def leaves(name: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """(words, command) of everything that runs below `ets name`."""
    command = command_named(name)
    if isinstance(command, click.Group):
        yield from (((name, word), below) for word, below in command.commands.items())
    else:
        yield (name,), command


LEAVES = [leaf for name in COMMANDS for leaf in leaves(name)]


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("locale", "place"), [("ko_KR.UTF-8", 1), ("en_US.UTF-8", 2)])
def test_the_overview_tells_every_command_in_the_locales_language(
    name: str, locale: str, place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    told = ets("--help")
    assert told.exit_code == 0
    assert f"{name} " in told.output
    assert COMMANDS[name][place] in told.output


@pytest.mark.parametrize(("words", "command"), LEAVES, ids=[" ".join(w) for w, _ in LEAVES])
def test_every_command_and_option_says_what_it_is_for(
    words: tuple[str, ...], command: click.Command
) -> None:
    told = ets(*words, "--help")
    assert told.exit_code == 0, told.output
    assert command.help
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    assert [o.name for o in options if not (o.help or o.show_default)] == []


@pytest.mark.parametrize("readme", ["README.md", "README.ko.md"])
def test_the_readmes_list_every_command(readme: str) -> None:
    told = (ROOT / readme).read_text(encoding="utf-8")
    listed = [line.split("|", 2)[1:] for line in told.splitlines() if line.startswith("| `ets ")]
    rows = {cells[0].split("`")[1].split()[1]: "|".join(cells) for cells in listed}
    assert rows.keys() == COMMANDS.keys()
    table = "\n".join(line for line in told.splitlines() if line.startswith("| `ets "))
    assert [words for words, _ in LEAVES if words[-1] not in table] == []


def test_what_is_no_command_is_refused() -> None:
    assert ets("nonsense").exit_code == 2
    assert ets("db", "nonsense").exit_code == 2


def test_the_version_is_told() -> None:
    assert ets("--version").output == f"ets, version {__version__}\n"


def test_the_overview_loads_no_command() -> None:
    """It is what a shell's completion waits for."""
    program = (
        "import sys\n"
        "from ets_desktop.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "heavy = {'sqlalchemy', 'psycopg', 'PySide6', 'lxml'} & sys.modules.keys()\n"
        "sys.stderr.write(','.join(sorted(heavy)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == ""
