"""`ets-desktop`: the window (`python -m ets_desktop` is the same)."""

import sys


def main() -> None:
    """Start the desk; see `ets-desktop --help`."""
    from ets_desktop.app.arguments import parsed_arguments

    arguments = parsed_arguments(sys.argv[1:])
    if arguments.self_check:
        from ets_desktop.app.self_check import run_self_check

        sys.exit(run_self_check())
    from ets_desktop.app.desktop import run_desktop

    sys.exit(run_desktop(arguments))


if __name__ == "__main__":
    main()
