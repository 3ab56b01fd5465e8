"""The program up to its login window, as `ets-desktop` starts it."""

import os
import sys

from PySide6.QtWidgets import QApplication

from ets_desktop.app.arguments import parsed_arguments
from ets_desktop.app.desktop import Desktop, settings_with
from ets_desktop.bench.probes.first_paint import FirstPaint
from ets_desktop.bench.probes.telling import resident_mb, tell
from ets_desktop.paths import paths


def main() -> None:
    places = paths()
    settings = settings_with(parsed_arguments(()))
    application = QApplication(sys.argv[:1])
    application.setApplicationName("ETS Desktop")
    desktop = Desktop(application, settings, places)

    def painted() -> None:
        tell(resident_mb())
        os._exit(0)

    FirstPaint(desktop.login, painted)
    desktop.login.show()
    application.exec()


if __name__ == "__main__":
    main()
