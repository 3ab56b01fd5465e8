"""The barest window of PySide6: the floor of every start."""

import os
import sys

from PySide6.QtWidgets import QApplication, QLabel

from ets_desktop.bench.probes.first_paint import FirstPaint
from ets_desktop.bench.probes.telling import resident_mb, tell


def main() -> None:
    application = QApplication(sys.argv[:1])
    window = QLabel("ETS")
    window.resize(420, 320)

    def painted() -> None:
        tell(resident_mb())
        os._exit(0)

    FirstPaint(window, painted)
    window.show()
    application.exec()


if __name__ == "__main__":
    main()
