"""The options of a courier in the settings, read one by one."""

import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from ets_desktop.couriers.places import Centre
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.phone import digits_of

Value = TypeVar("Value")


class Options:
    """What stands under `[couriers.<name>]`. Values never appear in an error: they hold secrets."""

    def __init__(self, name: str, values: Mapping[str, Any]) -> None:
        self.name = name
        self._rest = dict(values)

    def take(self, option: str, kind: type[Value], default: Value | None = None) -> Value:
        """Raises EtsError `courier_option` when it is of another kind, or missing with no
        default."""
        value = self._rest.pop(option, default)
        # type(), not isinstance: True is no number.
        if type(value) is not kind:
            raise self.bad(option, kind.__name__)
        return value

    def words(self, option: str) -> str:
        """A text that is not blank."""
        text = self.take(option, str).strip()
        if not text:
            raise self.bad(option, "str")
        return text

    def secret(self, option: str) -> str:
        """`option` itself, or the first line of the file that `option_file` names, which only its
        owner may read.

        Raises EtsError `courier_option`, `courier_secret_file`, `courier_secret_mode`.
        """
        named = f"{option}_file"
        if named not in self._rest:
            return self.words(option)
        path = Path(self.words(named))
        try:
            # Windows keeps other rights than these bits.
            if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) and path.drive == "":
                raise EtsError("courier_secret_mode", name=self.name, option=named)
            return path.read_text(encoding="utf-8").strip().partition("\n")[0]
        except (OSError, UnicodeDecodeError) as error:
            raise EtsError("courier_secret_file", name=self.name, option=named) from error

    def refuse_the_rest(self) -> None:
        """Raises EtsError `courier_option` for one that nobody read: most likely a typing
        error."""
        for option in self._rest:
            raise self.bad(option, "nothing")

    def bad(self, option: str, expected: str) -> EtsError:
        return EtsError("courier_option", name=self.name, option=option, expected=expected)


def centre_of(values: Mapping[str, Any]) -> Centre:
    """`[couriers.centre]`: where returned goods go. Raises EtsError `courier_option`."""
    options = Options("centre", values)
    centre = Centre(
        name=options.words("name"),
        address=options.words("address"),
        address_detail=options.take("address_detail", str, "").strip(),
        zipcode=options.take("zipcode", str, "").strip(),
        phone=digits_of(options.words("phone")) or "",
        mobile=digits_of(options.take("mobile", str, "")) or "",
    )
    if not centre.phone:
        raise options.bad("phone", "02-0000-0000")
    options.refuse_the_rest()
    return centre
