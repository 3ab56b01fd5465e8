"""Makes docs/screenshots/*.png from the running program: a demo desk, a ring, a ticket.

    .venv/bin/python docs/make_screenshots.py [light|dark] [WIDTHxHEIGHT]

Works offscreen in a folder of its own; nothing of the person's is touched.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["ETS_DEMO_PASSWORD"] = "screenshots"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ets_desktop.app.arguments import Arguments
from ets_desktop.app.desktop import Desktop, settings_with
from ets_desktop.paths import paths

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent
sys.path.insert(0, str(CHECKOUT))

from tests.e2e import desk_process as hands  # noqa: E402

SETTLE_MS = 700
LOGIN = "agent101"


class Camera:
    """Takes pictures of windows, named by what they show, the theme and the width."""

    def __init__(self, theme: str, size: str) -> None:
        self._suffix = f"{theme}-{size.partition('x')[0]}"

    def take(self, window: QWidget, name: str) -> None:
        QTest.qWait(SETTLE_MS)
        file = HERE / "screenshots" / f"{name}-{self._suffix}.png"
        window.grab().save(str(file))
        sys.stdout.write(f"{file.relative_to(CHECKOUT)}\n")


def ets(*words: str) -> str:
    program = [sys.executable, "-c", "from ets_desktop.cli import main; main()", *words]
    return subprocess.run(program, check=True, capture_output=True, text=True).stdout.strip()


def query(statement: str) -> str:
    import psycopg

    with psycopg.connect(ets("db", "url")) as connection:
        row = connection.execute(statement.encode()).fetchone()
    return str(row[0]) if row else ""


def logged_in(desktop: Desktop) -> QWidget:
    desktop.enter(LOGIN, os.environ["ETS_DEMO_PASSWORD"])
    window = hands.patiently(lambda: hands.when(lambda: desktop.seat and desktop.seat.window))
    assert isinstance(window, QWidget)
    return window


def a_days_work(desktop: Desktop, camera: Camera, size: tuple[int, int]) -> None:
    camera.take(desktop.login, "login")
    window = logged_in(desktop)
    window.resize(*size)
    known = query(
        "SELECT min(digits) FROM customer_phone WHERE digits LIKE '010%' GROUP BY digits"
        " HAVING count(*) = 1 AND min(customer_id) IN (SELECT customer_id FROM sales_order)"
        " ORDER BY digits LIMIT 1"
    )
    shared = query(
        "SELECT digits FROM customer_phone WHERE digits LIKE '010%' GROUP BY digits"
        " HAVING count(*) > 1 ORDER BY digits LIMIT 1"
    )
    ets("ring", "101", known, "--answer-after", "0")
    hands.patiently(hands.wait_text, "수신번호", "010-")
    camera.take(window, "ring")
    _work(window, camera)
    ets("ring", "101", shared)
    QTest.qWait(SETTLE_MS)


def _work(window: QWidget, camera: Camera) -> None:
    hands.patiently(hands.tab, "통합주문검색")
    hands.patiently(hands.click, "조회")
    QTest.qWait(SETTLE_MS)
    camera.take(window, "order-search")
    inner_tabs = {
        "calls": "당일통화내역",
        "received-transfers": "받은 이관",
        "sent-transfers": "보낸 이관",
        "received": "접수",
        "callbacks": "콜백",
    }
    for name, inner in inner_tabs.items():
        hands.patiently(hands.tab, "담당자관련이력")
        hands.patiently(hands.tab, inner)
        camera.take(window, f"work-{name}")
    hands.patiently(hands.tab, "접수정보 임시저장")
    camera.take(window, "drafts")
    hands.patiently(hands.tab, "CS접수정보 등록")
    camera.take(window, "desk")


def main() -> int:
    theme = sys.argv[1] if len(sys.argv) > 1 else "light"
    size = sys.argv[2] if len(sys.argv) > 2 else "1920x1080"
    width, height = (int(part) for part in size.split("x"))
    with tempfile.TemporaryDirectory(prefix="ets-screenshots-") as folder:
        os.environ["ETS_HOME"] = folder
        application = QApplication(sys.argv[:1])
        application.setQuitOnLastWindowClosed(False)
        desktop = Desktop(application, settings_with(Arguments(theme=theme)), paths())
        desktop.start()
        desktop.prepare()
        try:
            a_days_work(desktop, Camera(theme, size), (width, height))
        finally:
            desktop.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
