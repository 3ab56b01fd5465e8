"""What is judged of a server, fact by fact."""

import pytest

from ets_desktop.domain.server_rules import (
    OK,
    WARNING,
    WRONG,
    Connected,
    HbaRule,
    Letters,
    judge_hba,
    judge_letters,
    judge_memory,
    judge_settings,
    judge_tls,
    judge_version,
    memory_for,
)

MB = 1 << 20
GB = 1 << 30
SAFE = HbaRule(1, "hostssl", "10.0.0.0", "255.0.0.0", "scram-sha-256")
RIGHT = {
    "password_encryption": "scram-sha-256",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_duration_statement": "-1",
    "jit": "off",
}


def hba(kind: str, address: str, netmask: str, method: str, error: str = "") -> list[str]:
    rule = HbaRule(2, kind, address, netmask, method, error)
    return [verdict.code for verdict in judge_hba([SAFE, rule])]


@pytest.mark.parametrize(("number", "state"), [(140_019, WRONG), (150_000, OK), (180_006, OK)])
def test_fifteen_is_old_enough(number: int, state: str) -> None:
    assert judge_version(number).state == state


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (("local", "", "", "peer"), "hba"),
        (("local", "", "", "trust"), "hba_trust"),
        (("local", "", "", "md5"), "hba_not_scram"),
        (("host", "127.0.0.1", "255.255.255.255", "scram-sha-256"), "hba"),
        (("host", "127.0.0.1", "0.0.0.0", "scram-sha-256"), "hba_not_tls"),
        (("host", "::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "scram-sha-256"), "hba"),
        (("host", "all", "", "scram-sha-256"), "hba_not_tls"),
        (("host", "all", "", "reject"), "hba"),
        (("hostssl", "all", "", "ident"), "hba_not_scram"),
        (("", "", "", "", "bad line"), "hba_unreadable"),
    ],
)
def test_only_scram_and_tls_come_in_from_elsewhere(rule: tuple[str, ...], said: str) -> None:
    assert hba(*rule) == [said]


def test_without_a_line_for_desks_nobody_comes_in() -> None:
    assert [v.code for v in judge_hba([HbaRule(1, "local", "", "", "peer")])] == ["hba_no_way_in"]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (Connected("verify-full", True, "TLSv1.3", True), "tls"),
        (Connected("prefer", False, "", False), "tls_off"),
        (Connected("verify-ca", True, "TLSv1.3", True), "tls_not_verified"),
        (Connected("verify-full", False, "", True), "tls_not_tried"),
    ],
)
def test_only_a_verified_certificate_will_do(how: Connected, said: str) -> None:
    assert [verdict.code for verdict in judge_tls(how)] == [said]


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        (Letters("UTF8", "C", "C.UTF-8", 4), ["trgm"]),
        (Letters("UTF8", "C", "C", 0), ["trgm_blind"]),
        (Letters("SQL_ASCII", "C", "C", None), ["encoding", "trgm_missing"]),
        (Letters("UTF8", "ko_KR.UTF-8", "ko_KR.UTF-8", 4), ["trgm", "collate"]),
    ],
)
def test_letters_must_know_hangul(letters: Letters, said: list[str]) -> None:
    assert [verdict.code for verdict in judge_letters(letters)] == said


def test_each_setting_that_is_wrong_is_named() -> None:
    assert [verdict.code for verdict in judge_settings(RIGHT)] == ["settings"]
    found = list(judge_settings(RIGHT | {"log_statement": "all", "jit": "on"}))
    assert [(v.details["name"], v.state) for v in found] == [
        ("log_statement", WRONG),
        ("jit", WARNING),
    ]


def test_memory_goes_by_the_machine() -> None:
    assert memory_for(16 * GB, 200) == {
        "shared_buffers": 4096 * MB,
        "effective_cache_size": 12_288 * MB,
        "maintenance_work_mem": 1024 * MB,
        "work_mem": 20 * MB,
    }
    assert memory_for(1024 * GB, 200)["shared_buffers"] == 16_384 * MB
    assert memory_for(1 * GB, 0)["work_mem"] == 64 * MB


def test_memory_that_suits_the_machine_is_left() -> None:
    right = memory_for(16 * GB, 200)
    assert [verdict.code for verdict in judge_memory(right, 16 * GB, 200)] == ["memory_fits"]
    small = judge_memory(right | {"shared_buffers": 128 * MB}, 16 * GB, 100)
    assert [verdict.details["name"] for verdict in small] == ["shared_buffers", "max_connections"]
    large = judge_memory(right | {"shared_buffers": 12 * GB}, 16 * GB, 200)
    assert [verdict.details["right"] for verdict in large] == ["4096MB"]
