"""What a central PostgreSQL must be like before a shop's data goes there (spec 80, 90): who is let
in and how, what letters it knows, what its log keeps, how much memory it takes.

Pure judgements over facts that `db/server_facts.py` reads.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Final

OLDEST_VERSION: Final = 15
OK, WARNING, WRONG = "ok", "warning", "wrong"
_MEGABYTE: Final = 1 << 20
#: Desks keep several connections each.
FEWEST_CONNECTIONS: Final = 200
_SCRAM: Final = "scram-sha-256"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing looked at; `details` fill the placeholders of its words."""

    code: str
    state: str
    details: Mapping[str, object]

    @staticmethod
    def of(code: str, state: str, **details: object) -> "Verdict":
        return Verdict(code, state, details)


@dataclass(frozen=True, slots=True)
class HbaRule:
    """A line of pg_hba.conf; `error` is PostgreSQL's own word against it, "" for none."""

    line: int
    kind: str
    address: str
    netmask: str
    method: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Connected:
    """How we got in: `mode` is libpq's sslmode, `encrypted` whether TLS was spoken."""

    mode: str
    encrypted: bool
    protocol: str
    server_offers: bool


@dataclass(frozen=True, slots=True)
class Letters:
    """Of the shop's database; `trigrams` of 김정민, None where pg_trgm cannot be had."""

    encoding: str
    collate: str
    ctype: str
    trigrams: int | None


def judge_version(number: int) -> Verdict:
    """`number` as server_version_num has it."""
    state = OK if number // 10_000 >= OLDEST_VERSION else WRONG
    return Verdict.of("version", state, version=number // 10_000, oldest=OLDEST_VERSION)


def judge_hba(rules: Iterable[HbaRule]) -> Iterator[Verdict]:
    """Every line that lets somebody in without SCRAM, or without TLS from another machine.

    `local … peer` stays: the operating system says who that is.
    """
    every = list(rules)
    faults = [(rule, _fault_of(rule)) for rule in every]
    for rule, fault in faults:
        if fault:
            yield Verdict.of(fault, WRONG, line=rule.line, kind=rule.kind, method=rule.method)
    if not any(rule.kind == "hostssl" and rule.method == _SCRAM for rule in every):
        yield Verdict.of("hba_no_way_in", WRONG)
    elif not any(fault for _, fault in faults):
        yield Verdict.of("hba", OK, lines=len(every))


def _fault_of(rule: HbaRule) -> str:
    if rule.error:
        return "hba_unreadable"
    if rule.method == "reject" or (rule.kind == "local" and rule.method in ("peer", _SCRAM)):
        return ""
    if rule.method == "trust":
        return "hba_trust"
    if rule.method != _SCRAM:
        return "hba_not_scram"
    return "" if rule.kind == "hostssl" or _is_loopback(rule) else "hba_not_tls"


def _is_loopback(rule: HbaRule) -> bool:
    try:
        bits = bin(int(ip_address(rule.netmask))).count("1")
        return ip_network(f"{rule.address}/{bits}", strict=False).is_loopback
    except ValueError:  # a name, `all`, `samenet`
        return False


def judge_tls(how: Connected) -> Iterator[Verdict]:
    """Whether the server offers TLS, and whether this very connection proved who it is."""
    if not how.server_offers:
        yield Verdict.of("tls_off", WRONG)
    elif how.mode != "verify-full":
        yield Verdict.of("tls_not_verified", WRONG, mode=how.mode)
    elif not how.encrypted:
        # A socket of this machine needs none; nothing was proved.
        yield Verdict.of("tls_not_tried", WARNING)
    else:
        yield Verdict.of("tls", OK, protocol=how.protocol)


def judge_letters(letters: Letters) -> Iterator[Verdict]:
    """UTF-8, a character type that knows Hangul, trigrams of real Hangul (spec 90, traps)."""
    shown = {"encoding": letters.encoding, "collate": letters.collate, "ctype": letters.ctype}
    if letters.encoding != "UTF8":
        yield Verdict.of("encoding", WRONG, **shown)
    if letters.trigrams is None:
        yield Verdict.of("trgm_missing", WRONG)
    elif letters.trigrams != 4:
        yield Verdict.of("trgm_blind", WRONG, **shown, trigrams=letters.trigrams)
    else:
        yield Verdict.of("trgm", OK, **shown)
    if letters.collate not in ("C", "POSIX", "C.UTF-8", "C.utf8"):
        yield Verdict.of("collate", WARNING, **shown)


#: What must not be otherwise: name → (right values, state where it is not).
_SETTINGS: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "password_encryption": ((_SCRAM,), WRONG),
    "fsync": (("on",), WRONG),
    "full_page_writes": (("on",), WRONG),
    "synchronous_commit": (("on", "remote_apply", "remote_write"), WARNING),
    "log_statement": (("none", "ddl"), WRONG),
    "log_min_error_statement": (("log", "fatal", "panic"), WRONG),
    "log_error_verbosity": (("terse",), WRONG),
    "log_parameter_max_length": (("0",), WARNING),
    "log_parameter_max_length_on_error": (("0",), WARNING),
    "log_min_duration_statement": (("-1",), WRONG),
    "jit": (("off",), WARNING),
}
SETTINGS: Final = tuple(_SETTINGS)


def judge_settings(current: Mapping[str, str]) -> Iterator[Verdict]:
    """Passwords as SCRAM, nothing lost after a crash, nobody's data in the server's log."""
    found = [
        Verdict.of("setting", state, name=name, value=current[name], right=right[0])
        for name, (right, state) in _SETTINGS.items()
        if current[name] not in right
    ]
    yield from found or [Verdict.of("settings", OK)]


def judge_memory(current: Mapping[str, int], memory: int, connections: int) -> Iterator[Verdict]:
    """Against `memory` bytes of the machine: what is under half of what it should be, or so much
    that the machine has none left. Sizes in bytes."""
    wanted = memory_for(memory, connections)
    found = [
        Verdict.of("memory", WARNING, name=name, value=_size(current[name]), right=_size(right))
        for name, right in wanted.items()
        if not right // 2 <= current[name] <= max(right * 3 // 2, right + 512 * _MEGABYTE)
    ]
    if connections < FEWEST_CONNECTIONS:
        found.append(
            Verdict.of(
                "memory",
                WARNING,
                name="max_connections",
                value=connections,
                right=FEWEST_CONNECTIONS,
            )
        )
    yield from found or [Verdict.of("memory_fits", OK, memory=_size(memory))]


def memory_for(memory: int, connections: int) -> dict[str, int]:
    """A quarter of the machine for the server's own cache, three quarters counting the system's."""
    quarter = memory // 4
    sizes = {
        "shared_buffers": min(quarter, 16_384 * _MEGABYTE),
        "effective_cache_size": quarter * 3,
        "maintenance_work_mem": min(memory // 16, 2_048 * _MEGABYTE),
        "work_mem": min(max(quarter // max(connections, 1), 4 * _MEGABYTE), 64 * _MEGABYTE),
    }
    return {name: _whole(size) for name, size in sizes.items()}


def _whole(size: int) -> int:
    """Down to a size that one would write: two digits of megabytes and noughts."""
    megabytes = max(size // _MEGABYTE, 1)
    step = 1
    while megabytes // step >= 100:
        step *= 2
    return megabytes // step * step * _MEGABYTE


def _size(size: int) -> str:
    return f"{size // _MEGABYTE}MB"
