"""Korean or English on the command line, by the locale."""

import os


def is_korean() -> bool:
    """Whether the locale asks for Korean; the first variable that is set decides, as in POSIX."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return value.startswith("ko")
    return False


def say(ko: str, en: str) -> str:
    """`ko` under a Korean locale, else `en`."""
    return ko if is_korean() else en
