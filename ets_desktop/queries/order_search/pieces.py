"""Pieces of SQL: constants with other pieces in them, and the values that stay parameters."""

from dataclasses import dataclass, field
from typing import LiteralString


@dataclass(slots=True)
class Values:
    """The parameters of a statement: a value in, its placeholder out."""

    bound: dict[str, object] = field(default_factory=dict)

    def bind(self, value: object) -> str:
        name = f"v{len(self.bound)}"
        self.bound[name] = value
        return f"%({name})s"


def filled(template: LiteralString, **parts: str) -> str:
    """A piece of SQL: a constant with its `{parts}`, which are pieces or placeholders."""
    return template.format(**parts)
