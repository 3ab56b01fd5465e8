"""The options of a way to the ERP or of a source of orders, read one by one."""

import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from ets_desktop.domain.errors import EtsError

Value = TypeVar("Value")


class Options:
    """What stands under `name` in the settings. Values never appear in an error: a URL may hold a
    password."""

    def __init__(self, name: str, values: Mapping[str, Any]) -> None:
        self.name = name
        self._rest = dict(values)

    def take(self, option: str, kind: type[Value], default: Value | None = None) -> Value:
        """Raises EtsError `erp_option` when it is of another kind, or missing with no default."""
        value = self._rest.pop(option, default)
        # type(), not isinstance: True is no number.
        if type(value) is not kind:
            raise self.bad(option, kind.__name__)
        return value

    def take_any(self, option: str) -> object:
        """Of whatever kind it is; None when it is missing."""
        return self._rest.pop(option, None)

    def secret(self, option: str) -> str:
        """The first line of the file named there, which only its owner may read; "" without one.

        Raises EtsError `erp_option`, `erp_secret_file`, `erp_secret_mode`.
        """
        file = self.take(option, str, "")
        if not file:
            return ""
        path = Path(file)
        try:
            # Windows keeps other rights than these bits.
            if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) and path.drive == "":
                raise EtsError("erp_secret_mode", name=self.name, option=option)
            return path.read_text(encoding="utf-8").strip().partition("\n")[0]
        except (OSError, UnicodeDecodeError) as error:
            raise EtsError("erp_secret_file", name=self.name, option=option) from error

    def refuse_the_rest(self) -> None:
        """Raises EtsError `erp_option` for one that nobody read: most likely a typing error."""
        for option in self._rest:
            raise self.bad(option, "nothing")

    def bad(self, option: str, expected: str) -> EtsError:
        return EtsError("erp_option", name=self.name, option=option, expected=expected)
