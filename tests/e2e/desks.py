"""Desks in processes of their own, and the commands a shell would give them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]


class DeskProcess:
    """One running desk; its methods are the commands of desk_process.py."""

    def __init__(self, database_url: str, home: Path, **environ: str) -> None:
        environ = (
            os.environ
            | environ
            | {
                "ETS_DATABASE_URL": database_url,
                "ETS_HOME": str(home),
                "QT_QPA_PLATFORM": "offscreen",
                # The journal's key goes into a file: no test asks this machine's key store.
                "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            }
        )
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.desk_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=CHECKOUT,
            env=environ,
            text=True,
            encoding="utf-8",
        )

    def __getattr__(self, name: str) -> Any:
        def ask(*arguments: object) -> Any:
            return self._ask(name, *arguments)

        return ask

    def _ask(self, name: str, *arguments: object) -> Any:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps([name, *arguments]) + "\n")
        stdin.flush()
        line = stdout.readline()
        assert line, f"the desk is gone at {name}{arguments}"
        answer = json.loads(line)
        assert "missing" not in answer, f"{name}{arguments}: {answer['missing']}"
        return answer["value"]

    def log_in(self, login: str, password: str) -> None:
        self.type("아이디", login)
        self.type("비밀번호", password)
        self.click("로그인")
        self.wait_text("담당자", "")

    def kill(self) -> None:
        """kill -9: nothing is put in order."""
        self._process.kill()
        self._process.communicate()

    def close(self) -> int:
        """Close the window; the exit code."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.close()
        try:
            return self._process.wait(30)
        finally:
            stdout.close()
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()


def ets(database_url: str, home: Path, *words: str) -> str:
    """Run `ets …` as a shell would; its output."""
    environ = os.environ | {"ETS_DATABASE_URL": database_url, "ETS_HOME": str(home)}
    program = "from ets_desktop.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        env=environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
