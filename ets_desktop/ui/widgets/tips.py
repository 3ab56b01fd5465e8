"""Tool tips of texts that people wrote: shown letter by letter, never run as HTML (spec 80).

On the way to the login window, as fields.py is: none of Qt is asked for here.
"""


def plain_tip(text: str) -> str:
    """`text` for `setToolTip`, which takes what looks like HTML for HTML and has no other way."""
    if "<" not in text:
        return text
    letters = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<p style="white-space: pre-wrap">{letters}</p>'
