"""What a login may be called, and what password is strong enough."""

import pytest

from ets_desktop.domain.logins import is_extension, is_login, is_strong, strength


@pytest.mark.parametrize("name", ["kim", "agent101", "kim.jm", "a-b_c", "k" * 63])
def test_a_login_is_lower_case_latin(name: str) -> None:
    assert is_login(name)


@pytest.mark.parametrize(
    "name", ["", "Kim", "1kim", "김상담", "kim;drop", "k" * 64, "pg_read", "ets_admin", "kim\n"]
)
def test_anything_else_is_no_login(name: str) -> None:
    assert not is_login(name)


@pytest.mark.parametrize("password", ["lower-case", "Abcdef12", "비밀번호는길게abc", "a1a1a1a1a1"])
def test_two_kinds_in_ten_or_three_in_eight_are_strong(password: str) -> None:
    assert is_strong(password, "kim")


@pytest.mark.parametrize(
    "password",
    [
        "",
        "onlyletters",
        "12345678901",
        "short-1",
        "abcdefg1",
        "my-KIM-secret",
        "tab\tinside-1",
        "x1" * 101,
    ],
)
def test_what_is_short_plain_or_the_login_is_weak(password: str) -> None:
    assert not is_strong(password, "kim")


def test_an_extension_is_two_to_eight_digits() -> None:
    assert [is_extension(text) for text in ("10", "12345678", "1", "123456789", "1o1", "١٢")] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("", ""),
        ("short", "weak"),
        ("kim-12345678", "weak"),
        ("only-letters", "fair"),
        ("Ab1defgh", "fair"),
        ("kept-Secret-12", "strong"),
    ],
)
def test_a_password_tells_how_well_it_guards(password: str, told: str) -> None:
    assert strength(password, "kim") == told
