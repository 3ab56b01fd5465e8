"""Texts that a spreadsheet would run (spec 80): one rule for workbooks and CSV sheets."""

#: First letters by which a spreadsheet takes a text for a formula.
_RISKY = frozenset("=+-@\t\r\n")


def could_be_formula(text: str) -> bool:
    """Whether a spreadsheet could take `text` for a formula when it is edited or handed on."""
    return text.lstrip(" \u00a0\u200b\ufeff")[:1] in _RISKY if text else False
