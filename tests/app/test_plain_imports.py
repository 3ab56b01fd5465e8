"""What is imported after the program's own modules is not read as source by PySide6."""

import subprocess
import sys

PROGRAM = """
import linecache
import ets_desktop.app.desktop
import wave, PySide6.QtSvg, ets_desktop.domain.pickups, ets_desktop.ui.window_state
print([name for name in linecache.cache if name.endswith(("wave.py", "ickups.py", "ow_state.py"))])
"""


def test_no_source_is_kept_of_what_is_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]", done.stderr
