"""What the set-up decides; that it works is shown by running it on a fresh machine."""

import re
from pathlib import Path

import pytest

import setup_ets
from setup_ets import Failure, packages_to_install

PIN = re.compile(r"^([\w.-]+)==(\S+)(.*)$", re.MULTILINE)


def pins(lock: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version, _ in PIN.findall((setup_ets.ROOT / lock).read_text()):
        found.setdefault(name, set()).add(version)
    return found


def listing(*names: str) -> str:
    return "".join(f"{name} installed\n" for name in names)


def test_the_tests_packages_contain_the_programs() -> None:
    program, tests = pins(setup_ets.LOCKS["run"]), pins(setup_ets.LOCKS["test"])
    assert program
    assert {name: tests.get(name) for name in program} == program


@pytest.mark.parametrize("lock", [setup_ets.BUILD_LOCK, *setup_ets.LOCKS.values()])
def test_every_pin_has_a_hash(lock: str) -> None:
    text = (setup_ets.ROOT / lock).read_text()
    for pin in PIN.finditer(text):
        assert text[pin.end() :].lstrip().startswith("--hash=sha256:"), pin[0]


def test_nothing_is_installed_where_all_is_there() -> None:
    there = listing(*setup_ets.SYSTEM_PACKAGES)
    assert packages_to_install(there, can_make_venv=True) == []


def test_a_package_under_its_newer_name_counts() -> None:
    names = ["libglib2.0-0t64", *setup_ets.SYSTEM_PACKAGES[1:]]
    assert packages_to_install(listing(*names), can_make_venv=True) == []


def test_a_removed_package_whose_configuration_stayed_is_missing() -> None:
    there = listing(*setup_ets.SYSTEM_PACKAGES[1:]) + "libglib2.0-0 config-files\n"
    assert packages_to_install(there, can_make_venv=True) == ["libglib2.0-0"]


def test_an_empty_system_lacks_everything() -> None:
    missing = packages_to_install("", can_make_venv=False)
    assert re.fullmatch(r"python3\.\d+-venv", missing[0])
    assert missing[1:] == list(setup_ets.SYSTEM_PACKAGES)


@pytest.mark.parametrize(("tool", "begins"), [("/usr/bin/sudo", "sudo sh -c"), (None, "su -c")])
def test_an_ordinary_user_is_told_one_command(
    tool: str | None, begins: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda _: tool)
    with pytest.raises(Failure) as caught:
        setup_ets.install_system_packages(["libgl1", "libegl1"])
    command = str(caught.value).splitlines()[-1].strip()
    assert command.startswith(begins)
    assert "apt-get install -y -qq --no-install-recommends libgl1 libegl1" in command


def test_a_changed_lock_is_installed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup_ets, "ROOT", tmp_path)
    for file in (setup_ets.BUILD_LOCK, *setup_ets.LOCKS.values(), "pyproject.toml"):
        (tmp_path / file).write_text("old")
    before = {what: setup_ets.fingerprint(what) for what in setup_ets.LOCKS}
    (tmp_path / setup_ets.LOCKS["test"]).write_text("new")
    assert setup_ets.fingerprint("run") == before["run"]
    assert setup_ets.fingerprint("test") != before["test"]


@pytest.mark.parametrize("text", [None, "", "{", "[]", '"x"'])
def test_a_damaged_stamp_means_nothing_is_done(
    text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = tmp_path / "set-up.json"
    if text is not None:
        stamp.write_text(text)
    monkeypatch.setattr(setup_ets, "STAMP", stamp)
    assert setup_ets.read_stamp() == {}


@pytest.fixture
def failing() -> dict[str, int]:
    """The code that a gate ends with whose command has this word."""
    return {"mypy": 1}


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch, failing: dict[str, int]) -> list[list[str]]:
    """What the gates would run."""
    ran: list[list[str]] = []

    def call(command: list[str], cwd: Path) -> int:
        assert cwd == setup_ets.ROOT
        ran.append(command[1:])
        return next((code for word, code in failing.items() if word in command), 0)

    monkeypatch.setattr("subprocess.call", call)
    return ran


def test_with_arguments_only_pytest_runs_and_nothing_is_measured(commands: list[list[str]]) -> None:
    assert setup_ets.run_gates(["-k", "a_name"]) == 0
    assert commands == [["-m", "pytest", "-k", "a_name"]]


def test_the_first_gate_that_fails_ends_the_run(commands: list[list[str]]) -> None:
    assert setup_ets.run_gates([]) == 1
    assert [command[1] for command in commands][-1] == "mypy"


@pytest.mark.parametrize(("second", "outcome"), [(0, 0), (1, 1), (5, 5)])
def test_tests_that_failed_are_looked_at_once_more_by_themselves(
    second: int, outcome: int, commands: list[list[str]], failing: dict[str, int]
) -> None:
    failing.clear()
    failing.update({"--last-failed": second, "--cov": setup_ets.TESTS_FAILED})
    assert setup_ets.run_gates([]) == outcome
    assert commands.count(list(setup_ets.AGAIN)) == 1
    assert (["-m", "coverage"] in [command[:2] for command in commands]) is (outcome == 0)


def test_a_run_that_broke_down_gets_no_second_look(
    commands: list[list[str]], failing: dict[str, int]
) -> None:
    failing.clear()
    failing["--cov"] = -11
    assert setup_ets.run_gates([]) == -11
    assert list(setup_ets.AGAIN) not in commands


def test_the_layers_of_which_every_branch_is_tested_are_there() -> None:
    folders = [
        setup_ets.ROOT / pattern.removesuffix("/*") for pattern in setup_ets.WHOLE.split(",")
    ]
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize(
    ("locale", "word"),
    [("ko_KR.UTF-8", "네"), ("en_US.UTF-8", "yes"), ("C", "yes"), ("", "yes")],
)
def test_it_speaks_the_persons_language(
    locale: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", locale)
    assert setup_ets.chosen("네", "yes") == word
