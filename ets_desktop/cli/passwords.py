"""Passwords on the command line: asked for unseen, or lines of a pipe; never an argument."""

import sys

import click

from ets_desktop.cli.language import say


def typed_password(ko: str, en: str, *, twice: bool = False) -> str:
    """What a person types at a terminal (with `twice` again, to be sure), else the next line."""
    if sys.stdin.isatty():
        asked: str = click.prompt(say(ko, en), hide_input=True, confirmation_prompt=twice, err=True)
        return asked
    return sys.stdin.readline().rstrip("\r\n")
