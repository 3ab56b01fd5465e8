"""What an invented day of calls draws from, and the reading of a link's options."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from ets_desktop.domain.errors import EtsError
from ets_desktop.settings import GatewayLink

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Scene:
    """`numbers` call in, `extensions` are called; both may be empty."""

    numbers: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()


def option(link: GatewayLink, name: str, kind: type[Value], default: Value) -> Value:
    """The link's option `name`. Raises EtsError `link_option` when it is of another kind."""
    value = link.options.get(name, default)
    if kind is float and type(value) is int:
        value = float(value)
    # type(), not isinstance: True is no number.
    if type(value) is not kind:
        raise EtsError("link_option", link=link.name, option=name, expected=kind.__name__)
    return value


def refuse_unknown(link: GatewayLink, known: Mapping[str, object] | set[str]) -> None:
    """Raises EtsError `link_option` for an option no one reads: most likely a typing error."""
    for name in link.options:
        if name not in known:
            raise EtsError("link_option", link=link.name, option=name, expected="nothing")
