"""Errors that are told to the user where they happened; any other exception is a bug."""

from dataclasses import dataclass


class EtsError(Exception):
    """A known failure with a stable English `code`; `ui/labels.py` and the CLI word it in Korean.

    `details` fill the wording's placeholders and never hold personal data, for errors are logged.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.details.items())
        return f"{self.code} ({facts})" if facts else self.code


class RuleViolation(EtsError):
    """The wish breaks a rule of the product; `field` names the form field at fault, if any."""

    def __init__(self, code: str, *, field: str | None = None, **details: object) -> None:
        super().__init__(code, **details)
        self.field = field


class NotFound(EtsError):
    """The thing asked for does not exist (any more) or is not this login's to see."""


class Unavailable(EtsError):
    """Something outside is away (database, PBX, courier); trying again later may help.

    `ambiguous` is true when the work may have been done although no answer came.
    """

    def __init__(self, code: str, *, ambiguous: bool = False, **details: object) -> None:
        super().__init__(code, **details)
        self.ambiguous = ambiguous


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What somebody else changed meanwhile: values as text, `changed_at` in ISO 8601."""

    field: str
    theirs: str
    changed_by: str
    changed_at: str


class StaleData(EtsError):
    """A save was based on an older version: nothing was written (spec 20, two people)."""

    def __init__(self, code: str, changes: tuple[FieldChange, ...] = (), **details: object) -> None:
        super().__init__(code, **details)
        self.changes = changes
