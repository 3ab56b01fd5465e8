"""Where the form finds its field for moments."""

from ets_desktop.ui.widgets.moment_field import MomentField, parse_moment

__all__ = ["MomentField", "parse_moment"]
