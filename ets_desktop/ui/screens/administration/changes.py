"""변경 이력 of a record of 관리: when, who, what from what to what, and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ets_desktop.domain.errors import EtsError
from ets_desktop.queries.setting_changes import SettingChangeRow
from ets_desktop.ui.context import ScreenJobs
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import error_text, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.administration.page import heading
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import CENTER, Column
from ets_desktop.ui.window_state import WindowState

CHANGES = "변경 이력"
_LANE = "changes"
KINDS = {"added": "추가", "changed": "변경", "removed": "삭제"}
#: column, its value → the words of the value
Say = Callable[[str, object], str]


@dataclass(frozen=True)
class ChangeLine:
    """A change in words."""

    key: int
    at: datetime
    who: str
    kind: str
    what: str
    reason: str


COLUMNS: tuple[Column[ChangeLine], ...] = (
    Column("변경일시", lambda line: moment_text(line.at), 19),
    Column("담당자", lambda line: line.who, 8),
    Column("작업", lambda line: line.kind, 6, CENTER),
    Column("내용", lambda line: line.what, 40, tip=lambda line: line.what),
    Column("사유", lambda line: line.reason, 20),
)


def line_key(line: ChangeLine) -> int:
    return line.key


def lines_of(
    changes: Iterable[SettingChangeRow], labels: Mapping[str, str], say: Say
) -> tuple[ChangeLine, ...]:
    """`labels` name the columns that are told; what is added is told by its name."""
    return tuple(
        ChangeLine(
            change.change_id,
            change.at,
            change.who,
            word(KINDS, change.change),
            _what(change, labels, say),
            change.reason,
        )
        for change in changes
    )


def _what(change: SettingChangeRow, labels: Mapping[str, str], say: Say) -> str:
    if change.old is None or change.new is None:
        return change.name
    told = [
        _differing(translated(label), change.old[column], change.new[column], column, say)
        for column, label in labels.items()
        if column in change.old and column in change.new
    ]
    named = "" if "name" in change.old or change.name == "" else f"{change.name} · "
    return named + ", ".join(told)


def _differing(label: str, old: Any, new: Any, column: str, say: Say) -> str:
    return f"{label}: {say(column, old)} → {say(column, new)}"


def plain_words(_column: str, value: object) -> str:
    """Of columns without codes."""
    if isinstance(value, bool):
        return translated("예") if value else translated("아니요")
    return translated("없음") if value in (None, "") else str(value)


class ChangeList(TablePanel[ChangeLine]):
    """변경 이력 under a form; reads with the jobs of its page, the newest wish wins."""

    def __init__(self, name: str, jobs: ScreenJobs, state: WindowState) -> None:
        told = f"{translated(name)} {translated(CHANGES)}"
        super().__init__(told, COLUMNS, line_key, buttons=(), state=state)
        self._jobs = jobs
        self.add_tool(heading(CHANGES))

    def load(self, read: Callable[[Any], Sequence[ChangeLine]]) -> None:
        self._jobs.load(read, on_done=self._on_read, on_error=self._on_failed, lane=_LANE)

    def _on_read(self, lines: Sequence[ChangeLine]) -> None:
        self.show_rows(lines)

    def _on_failed(self, error: EtsError) -> None:
        self.show_error(error_text(error))
