"""What conditions kept by key are called, holders of tickets and channels; off the GUI thread."""

from typing import Any

from ets_desktop.queries.orders import sales_channels
from ets_desktop.queries.statistics_choices import statistics_choices


def read_called(session: Any) -> dict[tuple[str, str], str]:
    """(condition, value as it is logged) → name."""
    called = {("channel_code", one.code): one.name for one in sales_channels(session)}
    choices = statistics_choices(session)
    called |= {("channel_id", str(one.channel_id)): one.name for one in choices.channels}
    for holder in choices.holders:
        if holder.agent_id is not None:
            called["assignee_id", str(holder.agent_id)] = holder.name
        else:
            called["assignee_team_id", str(holder.team_id)] = holder.name
    return called
