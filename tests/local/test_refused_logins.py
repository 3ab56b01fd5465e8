"""Wrong passwords at this PC, over restarts."""

from pathlib import Path

import pytest

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.local.refused_logins import FILE, RefusedLogins


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def refuse(logins: RefusedLogins, login: str, times: int) -> None:
    for _ in range(times):
        logins.note_refusal("server", login)


def test_a_lock_outlives_the_program_and_ends_by_itself(tmp_path: Path) -> None:
    clock = Clock()
    refuse(RefusedLogins(tmp_path, clock), "kim", 4)
    with pytest.raises(RuleViolation, match="login_locked"):
        RefusedLogins(tmp_path, clock).note_refusal("server", "KIM ")
    with pytest.raises(RuleViolation) as refused:
        RefusedLogins(tmp_path, clock).check("server", "kim")
    assert refused.value.details == {"times": 5, "minutes": 10}
    clock.now += 600
    RefusedLogins(tmp_path, clock).check("server", "kim")


def test_it_is_one_persons_on_one_server(tmp_path: Path) -> None:
    logins = RefusedLogins(tmp_path, Clock())
    refuse(logins, "kim", 4)
    logins.note_refusal("other server", "kim")
    logins.check("server", "lee")
    assert "kim" not in (tmp_path / FILE).read_text(encoding="utf-8")


def test_the_right_password_forgets_what_came_before(tmp_path: Path) -> None:
    logins = RefusedLogins(tmp_path, Clock())
    logins.forget("server", "kim")
    refuse(logins, "kim", 4)
    logins.forget("server", "kim")
    refuse(logins, "kim", 4)


@pytest.mark.parametrize("damage", ["", "[]", '{"x": 1}', '{"x": ["a", 1]}'])
def test_a_damaged_file_locks_nobody(tmp_path: Path, damage: str) -> None:
    (tmp_path / FILE).write_text(damage, encoding="utf-8")
    logins = RefusedLogins(tmp_path, Clock())
    logins.check("server", "kim")
    refuse(logins, "kim", 1)


def test_a_folder_that_cannot_be_written_locks_nobody(tmp_path: Path) -> None:
    refuse(RefusedLogins(tmp_path / "none", Clock()), "kim", 6)
