"""Sets up this checkout and starts the program or its gates; needs the standard library only.

`run` and `test` beside it are this file: a virtual environment `.venv` with packages pinned by
hash, and on Debian the system libraries of Qt, each only where missing; nothing is done twice.
"""

# Lets Pythons that are too old read this file far enough to be told so.
from __future__ import annotations

import hashlib
import importlib.util
import json
import locale
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up.json"
WINDOWS = os.name == "nt"
PROGRAMS = VENV / ("Scripts" if WINDOWS else "bin")
BUILD_LOCK = "requirements-build.lock"
BUILD_HERE = ("--no-build-isolation", "--use-pep517")
LOCKS = {"run": "requirements.lock", "test": "requirements-dev.lock"}

#: What Qt loads from the system: the first line without a screen, the rest for a window under X.
QT_LIBRARIES = (
    *("libglib2.0-0", "libgl1", "libegl1", "libfontconfig1", "libxkbcommon0", "libdbus-1-3"),
    *("libx11-xcb1", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1"),
    *("libxcb-randr0", "libxcb-render-util0", "libxcb-shape0", "libxcb-xkb1"),
    "libxkbcommon-x11-0",
)
#: Korean time; trixie's smallest system has none.
SYSTEM_PACKAGES = (*QT_LIBRARIES, "tzdata")

#: Where every branch is tested: what decides, reads, writes and listens to the telephone.
WHOLE = ",".join(f"ets_desktop/{layer}/*" for layer in ("domain", "queries", "services", "pbx"))
WHOLE_COVERAGE = (f"--include={WHOLE}", "--fail-under=100", "--show-missing", "--skip-covered")
#: The floor under the rest; the tests that run it as a program of its own are not counted.
LEAST_COVERAGE = (f"--omit={WHOLE}", "--fail-under=92", "--format=total")
REPORT = ("-m", "coverage", "report")
#: Nearly ten thousand tests, with real servers, telephones and clocks: one that fails is looked at
#: again by itself, once, and is named. What is wrong fails twice.
AGAIN = (
    *("-m", "pytest", "--last-failed", "--last-failed-no-failures=none"),
    *("--cov", "--cov-append", "--cov-report="),
)

ALL_TESTS = ("-m", "pytest", "--cov", "--cov-report=")
#: What pytest ends with when tests failed, and not it itself.
TESTS_FAILED = 1

GATES = (
    ("ruff format --check", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    ("ruff check", ("-m", "ruff", "check", "--quiet", ".")),
    ("lint-imports", ("-c", "import importlinter.cli as c; c.lint_imports_command()")),
    ("mypy", ("-m", "mypy")),
    ("pytest", ALL_TESTS),
    ("coverage report (domain, queries, services, pbx)", (*REPORT, *WHOLE_COVERAGE)),
    ("coverage report (the rest)", (*REPORT, *LEAST_COVERAGE)),
)


class Failure(Exception):
    """What went wrong, in the person's language; `told` when the failing program said it itself."""


def main(arguments: Sequence[str]) -> int:
    """`run` or `test` with their arguments; returns the exit code where it returns."""
    what, rest = arguments[0], list(arguments[1:])
    for stream in (sys.stdout, sys.stderr):
        # A console that knows no Hangul shall not stop us.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        require_python()
        with one_at_a_time():
            set_up(what)
    except Failure as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    if what == "test":
        return run_gates(rest)
    if rest == ["--setup"]:
        return 0
    return become([str(PROGRAMS / ("ets-desktop.exe" if WINDOWS else "ets-desktop")), *rest])


def set_up(what: str) -> None:
    """Bring system packages and `.venv` to what the locks say. Raises Failure."""
    install_system_packages(missing_packages())
    wanted = fingerprint(what)
    stamp = read_stamp()
    if stamp.get(what) == wanted and venv_version() == stamp.get("python"):
        return
    if not venv_fits(stamp):
        say("가상 환경을 만듭니다: .venv", "Making the virtual environment: .venv")
        clear = ["--clear"] if VENV.exists() else []
        execute([sys.executable, "-m", "venv", *clear, str(VENV)])
        stamp = {}
    say("패키지를 설치합니다: " + LOCKS[what], "Installing packages: " + LOCKS[what])
    pip("--require-hashes", "-r", BUILD_LOCK)
    # What has no wheel is built with the tools just installed, not with any that pip finds.
    pip("--require-hashes", *BUILD_HERE, "-r", LOCKS[what])
    pip("--no-deps", "--no-index", *BUILD_HERE, "-e", ".")
    # The packages of the tests contain those of the program.
    done = LOCKS if what == "test" else [what]
    stamp |= {name: fingerprint(name) for name in done}
    STAMP.write_text(json.dumps(stamp | {"root": str(ROOT), "python": venv_version()}))
    say("준비가 끝났습니다.", "Set up.")


def require_python() -> None:
    """Go on under a newer Python of this machine when ours is too old. Raises Failure."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for minor in range(OLDEST_PYTHON[1], OLDEST_PYTHON[1] + 9):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            become([newer, *sys.argv])
    needed, ours = dotted(OLDEST_PYTHON), dotted(sys.version_info)
    raise Failure(
        chosen(
            f"Python {needed} 이상이 필요합니다. 지금은 {ours}입니다.",
            f"Python {needed} or newer is needed; this is {ours}.",
        )
    )


def dotted(version: Sequence[object]) -> str:
    return f"{version[0]}.{version[1]}"


def fingerprint(what: str) -> str:
    """Changes whenever there is something to install anew."""
    files = (BUILD_LOCK, LOCKS[what], "pyproject.toml")
    return hashlib.sha256(b"\0".join((ROOT / file).read_bytes() for file in files)).hexdigest()


def read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def venv_fits(stamp: dict[str, str]) -> bool:
    """Can `.venv` be built upon? Not when its Python is gone or changed, or the checkout moved."""
    version = venv_version()
    return (
        version is not None
        and stamp.get("python", version) == version
        and stamp.get("root", str(ROOT)) == str(ROOT)
    )


def venv_python() -> str:
    return str(PROGRAMS / ("python.exe" if WINDOWS else "python"))


def venv_version() -> str | None:
    """The version of the Python in `.venv`; None when it does not run."""
    ask = "import sys, pip; print(*sys.version_info[:2], sep='.')"
    try:
        answer = subprocess.run(
            [venv_python(), "-I", "-c", ask], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.strip()


def pip(*arguments: str) -> None:
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input", "--no-warn-script-location")
    # Root in a checkout of its own is no mistake here.
    os.environ["PIP_ROOT_USER_ACTION"] = "ignore"
    execute([venv_python(), "-I", "-m", "pip", "install", *quiet, *arguments])


def missing_packages() -> list[str]:
    """The Debian packages that are needed and not installed; none where there is no dpkg."""
    if not shutil.which("dpkg-query"):
        return []
    # Ubuntu and newer Debians call some of them …t64.
    names = [*SYSTEM_PACKAGES, *(f"{name}t64" for name in SYSTEM_PACKAGES)]
    answer = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *names],
        capture_output=True,
        text=True,
        check=False,
    )
    can_make_venv = importlib.util.find_spec("ensurepip") is not None or venv_version() is not None
    return packages_to_install(answer.stdout, can_make_venv=can_make_venv)


def packages_to_install(installed: str, *, can_make_venv: bool) -> list[str]:
    """From dpkg's list of `name status` lines."""
    there = {line.split()[0] for line in installed.splitlines() if line.endswith(" installed")}
    missing = [name for name in SYSTEM_PACKAGES if not there & {name, f"{name}t64"}]
    if not can_make_venv:
        missing.insert(0, f"python{dotted(sys.version_info)}-venv")
    return missing


def install_system_packages(packages: Sequence[str]) -> None:
    """As root install them, else say the one command that does."""
    if not packages:
        return
    update = ["apt-get", "update", "-qq"]
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        raise Failure(
            chosen(
                "시스템 패키지가 빠져 있습니다. 한 번 실행해 주십시오:",
                "System packages are missing. Please run once:",
            )
            + f"\n  {as_root(f'{shlex.join(update)} && {shlex.join(install)}')}"
        )
    say(
        f"시스템 패키지 {len(packages)}개를 설치합니다: {' '.join(packages)}",
        f"Installing {len(packages)} system packages: {' '.join(packages)}",
    )
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    for command in (update, install):
        execute([command[0], "-o", "DPkg::Lock::Timeout=300", *command[1:]], quiet=True)


def as_root(command: str) -> str:
    if shutil.which("sudo"):
        return f"sudo sh -c {shlex.quote(command)}"
    return f"su -c {shlex.quote(command)}"


def run_gates(arguments: Sequence[str]) -> int:
    """All gates up to the first that fails; with arguments only pytest, which gets them."""
    some_tests = ("pytest", ("-m", "pytest", *arguments))
    for name, command in [some_tests] if arguments else GATES:
        say(f"── 검사: {name}", f"── gate: {name}")
        code = subprocess.call([venv_python(), *command], cwd=ROOT)
        if code == TESTS_FAILED and command == ALL_TESTS:
            say("── 통과하지 못한 시험을 한 번 더 봅니다", "── a second look at what failed")
            code = subprocess.call([venv_python(), *AGAIN], cwd=ROOT)
        if code != 0:
            say(f"✗ 통과하지 못한 검사: {name}", f"✗ gate failed: {name}")
            return code
    say("✓ 모두 통과했습니다.", "✓ all gates passed.")
    return 0


def execute(command: Sequence[str], *, quiet: bool = False) -> None:
    """Run a program in the checkout; its output is shown, if `quiet` only when it fails."""
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if quiet else None,
            stderr=subprocess.STDOUT if quiet else None,
            text=quiet,
            errors="replace" if quiet else None,
        )
    except OSError as error:
        raise Failure(f"{command[0]}: {error.strerror}") from error
    if done.returncode != 0:
        if quiet:
            sys.stderr.write(done.stdout)
        raise Failure(chosen("실행하지 못했습니다: ", "Did not succeed: ") + shlex.join(command))


def become(command: list[str]) -> int:
    """Go on as another program; Windows knows no such thing and waits for it."""
    sys.stdout.flush()
    if not WINDOWS:
        os.execv(command[0], command)
    return subprocess.call(command)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let two starts at once not set up at once; a killed one holds nobody up."""
    if WINDOWS:
        yield
        return
    import fcntl

    with open(__file__, encoding="utf-8") as this:
        fcntl.flock(this, fcntl.LOCK_EX)
        yield


def say(korean: str, english: str) -> None:
    sys.stdout.write(f"{chosen(korean, english)}\n")
    sys.stdout.flush()


def chosen(korean: str, english: str) -> str:
    return korean if speaks_korean() else english


def speaks_korean() -> bool:
    if WINDOWS:
        return (locale.getlocale()[0] or "").startswith(("Korean", "ko"))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name].startswith("ko")
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
