"""The few options of `ets-desktop`; what is set for good belongs in settings.toml."""

from collections.abc import Sequence
from dataclasses import dataclass

from ets_desktop import __version__


@dataclass(frozen=True, slots=True)
class Arguments:
    """`database` is a libpq URL over the settings' one, None without."""

    database: str | None = None
    theme: str | None = None
    self_check: bool = False


def parsed_arguments(words: Sequence[str]) -> Arguments:
    """The options; exits with 2 and a usage line when they are off."""
    if not words:
        return Arguments()
    # Most starts have none, and no need of the parser before the window is up.
    import argparse

    parser = argparse.ArgumentParser(
        prog="ets-desktop", description="ETS 9: the call-centre desktop of Korean online shops."
    )
    parser.add_argument("--database", metavar="URL", help="postgresql://… of the central server")
    parser.add_argument("--theme", choices=("system", "light", "dark"), help="over the settings")
    parser.add_argument(
        "--self-check", action="store_true", help="open every screen offscreen and exit"
    )
    parser.add_argument("--version", action="version", version=f"ETS Desktop {__version__}")
    found = parser.parse_args(words)
    return Arguments(found.database, found.theme, found.self_check)
