"""Makes pictures of the running program: a demo desk, a ring, a ticket, every tab.

    .venv/bin/python docs/make_screenshots.py [light|dark] [WIDTHxHEIGHT] [FOLDER]

FOLDER is docs/screenshots unless named; kept there are those that the READMEs show. Works
offscreen on data of its own; nothing of the person's is touched.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ["ETS_DEMO_PASSWORD"] = "screenshots"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ets_desktop.app.arguments import Arguments
from ets_desktop.app.desktop import Desktop, settings_with
from ets_desktop.paths import paths

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent
sys.path.insert(0, str(CHECKOUT))

from tests.e2e import desk_process as hands  # noqa: E402

SETTLE_MS = 1500
LOGIN = "agent101"
ORDERS = "고객주문내역"
INNER_TABS = {
    "calls": "당일통화내역",
    "received-transfers": "받은 이관",
    "sent-transfers": "보낸 이관",
    "received": "접수",
    "callbacks": "콜백",
}
#: name → tab and table, a column that says something in every row
PREVIEWED = {
    "transfers": ("최근이관이력", "제목"),
    "drafts": ("접수정보 임시저장", "제목"),
    "queue": ("대기열", "제목"),
    "returns": ("반품처리", "주문번호"),
    "exchanges": ("교환처리", "주문번호"),
    "pickups": ("택배회수이력", "주문번호"),
}


class Camera:
    """Takes pictures of windows, named by what they show, the theme and the width."""

    def __init__(self, folder: Path, theme: str, size: str) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._suffix = f"{theme}-{size.partition('x')[0]}"

    def take(self, window: QWidget, name: str) -> None:
        QTest.qWait(SETTLE_MS)
        file = self._folder / f"{name}-{self._suffix}.png"
        window.grab().save(str(file))
        sys.stdout.write(f"{file}\n")


ETS = [sys.executable, "-c", "from ets_desktop.cli import main; main()"]


def ets(*words: str) -> str:
    return subprocess.check_output([*ETS, *words], text=True).strip()


def query(statement: str) -> str:
    import psycopg

    with psycopg.connect(ets("db", "url")) as connection:
        row = connection.execute(statement.encode()).fetchone()
    return str(row[0]) if row else ""


def _known_number() -> str:
    """Of one customer alone, who has ordered."""
    return query(
        "SELECT min(digits) FROM customer_phone WHERE digits LIKE '010%' GROUP BY digits"
        " HAVING count(*) = 1 AND min(customer_id) IN (SELECT customer_id FROM sales_order)"
        " ORDER BY digits LIMIT 1"
    )


def screen_of(file: Path, width: int, height: int) -> str:
    """A platform with one screen of that size; what fits a small one is narrower at first."""
    screen = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height}
    file.write_text(json.dumps({"screens": [{**screen, "logicalDpi": 96, "dpr": 1}]}))
    return f"offscreen:configfile={file}"


def logged_in(desktop: Desktop) -> QWidget:
    desktop.enter(LOGIN, os.environ["ETS_DEMO_PASSWORD"])
    window = hands.patiently(lambda: hands.when(lambda: desktop.seat and desktop.seat.window))
    assert isinstance(window, QWidget)
    return window


def a_days_work(desktop: Desktop, camera: Camera, size: tuple[int, int]) -> None:
    camera.take(desktop.login, "login")
    window = logged_in(desktop)
    window.resize(*size)
    _ticket(window, camera)
    _lists(window, camera)
    _chooser(camera)


def _ticket(window: QWidget, camera: Camera) -> None:
    """A customer rings, the form fills itself; the newest order is chosen, a ticket saved."""
    ets("ring", "101", _known_number(), "--answer-after", "0")
    hands.patiently(hands.wait_rows, ORDERS, "주문번호", "")
    camera.take(window, "ring")
    hands.patiently(hands.pick, ORDERS, "주문번호", "")
    hands.click("선택")
    hands.patiently(hands.wait_text, "주문번호", "")
    hands.select("접수유형", "배송문의")
    hands.type_text("제목", "배송 예정일 문의")
    hands.type_text("접수내용", "금요일 전에 받아야 한다고 함. 출고되면 문자 요청.")
    camera.take(window, "linked")
    hands.patiently(hands.click, "접수정보저장")
    hands.patiently(hands.wait_text, "접수번호", "-")
    camera.take(window, "saved")
    for name, inner in {"contacts": "접촉이력", "card": "고객상세", "desk": "고객여정"}.items():
        hands.patiently(hands.tab, inner)
        QTest.qWait(SETTLE_MS)
        hands.patiently(hands.wait_unsaid, "조회 중")
        camera.take(window, name)


def _lists(window: QWidget, camera: Camera) -> None:
    """Every other tab with something in it."""
    searches = {
        "order-search": ("통합주문검색", "주문목록"),
        "ticket-search": ("전체상담이력", "전체상담이력"),
    }
    for name, (tab, table) in searches.items():
        hands.patiently(hands.tab, tab)
        hands.patiently(hands.click, "조회")
        hands.patiently(hands.pick, table, "주문번호", "")
        camera.take(window, name)
    for name, inner in INNER_TABS.items():
        hands.patiently(hands.tab, "담당자관련이력")
        hands.patiently(hands.tab, inner)
        camera.take(window, f"work-{name}")
    for name, (tab, column) in PREVIEWED.items():
        hands.patiently(hands.tab, tab)
        hands.patiently(hands.pick, tab, column, "")
        camera.take(window, name)


def _chooser(camera: Camera) -> None:
    """Several customers fit what is typed."""
    hands.patiently(hands.tab, "CS접수정보 등록")
    hands.type_text("고객ID", "김")
    hands.key("Return")
    chooser = hands.patiently(hands.find, QDialog, "고객 선택")
    camera.take(chooser, "chooser")
    chooser.reject()


def main() -> int:
    theme = sys.argv[1] if len(sys.argv) > 1 else "light"
    size = sys.argv[2] if len(sys.argv) > 2 else "1920x1080"
    pictures = Path(sys.argv[3]) if len(sys.argv) > 3 else HERE / "screenshots"
    width, height = (int(part) for part in size.split("x"))
    with tempfile.TemporaryDirectory(prefix="ets-screenshots-") as folder:
        os.environ["ETS_HOME"] = folder
        os.environ["QT_QPA_PLATFORM"] = screen_of(Path(folder) / "screen.json", width, height)
        application = QApplication(sys.argv[:1])
        application.setQuitOnLastWindowClosed(False)
        desktop = Desktop(application, settings_with(Arguments(theme=theme)), paths())
        desktop.start()
        desktop.prepare()
        try:
            a_days_work(desktop, Camera(pictures, theme, size), (width, height))
        finally:
            desktop.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
