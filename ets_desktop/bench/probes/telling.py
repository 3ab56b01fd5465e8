"""How a probe speaks: one JSON value a line; and what it knows of itself."""

import json
import sys
from pathlib import Path


def tell(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def resident_mb() -> float:
    """Memory of this process that is its own or shared and in use; 0 where nobody says."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    lines = status.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
