"""A secret in a file that only its owner can read."""

import os
import stat
from pathlib import Path

from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.scene import option
from ets_desktop.settings import GatewayLink


def read_secret(link: GatewayLink, name: str) -> str:
    """What stands in the file of the link's option `name`. Raises EtsError `secret_file`."""
    file = Path(option(link, name, str, ""))
    try:
        mode = file.stat().st_mode
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise EtsError("secret_file", link=link.name, reason=type(error).__name__) from error
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise EtsError("secret_file", link=link.name, reason="mode 0600 expected")
    return secret
