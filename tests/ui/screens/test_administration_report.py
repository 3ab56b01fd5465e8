"""개인정보 보고 of 관리: a month of the access log, what stands out, and its workbook."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QComboBox, QFileDialog
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.ui.screens.administration.access_report import AccessReportPage, months_before
from tests.ui.conftest import Steps
from tests.ui.screens.searching import button, cells, find, panel
from tests.ui.screens.test_administration import OpenPage, admin, open_page

__all__ = ["admin", "open_page"]

#: 2026-10-06 is a Tuesday: 14:00 UTC is eleven at night in Seoul.
_LOOKS = """
    INSERT INTO access_log (at, login, action, condition, row_count, persons) VALUES
        ('2026-10-06 02:01+00', :login, 'search_orders', '{}', 3, 3),
        ('2026-10-06 14:00+00', :login, 'reveal_order', '{}', NULL, NULL),
        ('2026-09-30 02:00+00', :login, 'export', '{"reason": "확인"}', 120, 120)
"""


@pytest.fixture(autouse=True)
def on_a_day_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AccessReportPage, "_today", staticmethod(lambda: date(2026, 11, 22)))


@pytest.fixture
def page(open_page: OpenPage, database: Database, admin: Agent, kim: Agent) -> Any:
    database.call(lambda s: s.execute(text(_LOOKS), {"login": kim.login}))
    return open_page(admin, "access_report")


def test_the_months_are_as_long_as_the_log_is_kept() -> None:
    months = months_before(date(2026, 1, 31))
    assert (months[0], months[1], months[-1]) == (
        date(2026, 1, 1),
        date(2025, 12, 1),
        date(2024, 2, 1),
    )


def test_the_month_before_is_told_person_by_person(page: Any, steps: Steps) -> None:
    people = panel(page, "담당자별")
    assert (cells(people, "담당자"), cells(people, "처리")) == (["김상담"], ["2"])
    assert cells(people, "근무시간 외") == ["1"]
    assert cells(panel(page, "특이사항"), "내용") == ["근무시간 외 접속"]
    assert cells(panel(page, "작업별"), "작업") == ["가린 주문정보 보기", "통합주문검색"]
    month = find(page, QComboBox, "대상 월")
    month.set_code("2026-09")
    month.code_chosen.emit()
    steps.run()
    assert cells(people, "저장 인원") == ["120"]


def test_each_reading_is_in_the_log_and_coming_back_is_none(
    page: Any, database: Database, steps: Steps
) -> None:
    page.shown()
    steps.run()
    read = text("SELECT condition FROM access_log WHERE action = 'access_report'")
    logged = database.call(lambda s: s.execute(read).scalars().all())
    assert logged == [{"month": "2026-10"}]


def test_its_workbook_is_written_and_never_over_another(
    page: Any, tmp_path: Path, steps: Steps
) -> None:
    button(page, "보고서 저장").click()
    chooser = page.findChild(QFileDialog)
    assert chooser.selectedFiles()[0].endswith("개인정보 보고_2026-10.xlsx")
    chooser.close()
    file = tmp_path / "report.xlsx"
    for _ in range(2):
        page._on_file_chosen(str(file))
        steps.run()
    assert load_workbook(file).sheetnames[:3] == ["요약", "특이사항", "담당자별"]
    asked = page.context.desk.asked
    assert ("say", f"저장했습니다: {file}") in asked
