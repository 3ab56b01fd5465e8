"""Whatever a courier answers or sends back as a sheet: an error we know, or rows; never a crash."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ets_desktop.cli.courier_sheets import result_rows
from ets_desktop.couriers.cj.line import CjLine, KeptToken
from ets_desktop.couriers.cj.scans import records_of, scans_of
from ets_desktop.couriers.missed import Missed
from ets_desktop.couriers.sheets.layouts import KEY_TITLE
from ets_desktop.couriers.sheets.results import results_of
from ets_desktop.domain.errors import RuleViolation

few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
RESULTS = st.sampled_from(["S200", "E401", "E500", "S", "", None, 200, ["S"], "운송장"])
ENDLESS = b'{"RESULT_CD":"S200","DATA":' + b"[" * 100_000


_answers: list[httpx.Response] = []
#: One for all: making it reads certificates.
_client = httpx.Client(
    transport=httpx.MockTransport(lambda _request: _answers[-1]), base_url="https://cj.example"
)


def line_that_hears(status: int, body: bytes) -> CjLine:
    _answers[:] = [httpx.Response(status, content=body)]
    token = KeptToken("token", datetime(9999, 1, 1, tzinfo=UTC))
    return CjLine(_client, "30000001", "1234567890", kept=token, pause=lambda _seconds: None)


def heard(status: int, body: bytes) -> None:
    """One call of ours, and one for a token."""
    line = line_that_hears(status, body)
    for ask in (lambda: line.call("GetCrgSt"), lambda: line._new_token()):
        try:
            content = ask()
        except Missed:
            continue
        if isinstance(content, tuple):
            continue
        try:
            tuple(scans_of(records_of(content), "ETS1"))
        except Missed:
            continue


@given(
    st.sampled_from([200, 201, 204, 302, 400, 401, 404, 429, 500, 503]),
    st.binary(max_size=200) | any_json.map(lambda told: json.dumps(told).encode()),
)
@few
def test_any_answer_of_cj_is_content_or_a_miss(status: int, body: bytes) -> None:
    heard(status, body)


@given(RESULTS, any_json, any_json)
@few
def test_any_envelope_of_cj_is_content_or_a_miss(
    result: object, data: object, detail: object
) -> None:
    told = {"RESULT_CD": result, "RESULT_DETAIL": detail, "DATA": data}
    heard(200, json.dumps(told).encode())
    # As scans would come.
    rows = [{"SCAN_YMD": data, "SCAN_HOUR": detail, "CRG_ST": result, "INVC_NO": data}]
    heard(200, json.dumps({"RESULT_CD": "S200", "DATA": rows}).encode())


def test_nesting_without_end_is_a_miss() -> None:
    with pytest.raises(Missed):
        line_that_hears(200, ENDLESS).call("GetCrgSt")


cells = st.sampled_from(
    ["", KEY_TITLE, "회수운송장번호", "=1+1", "123-456-789012", "가" * 50, "\x00"]
)


@given(st.lists(st.lists(cells | st.text(max_size=12), max_size=6), max_size=14))
@few
def test_any_result_sheet_is_rows_or_refused(rows: list[list[str]]) -> None:
    try:
        found = list(results_of("hanjin", enumerate(rows, 1)))
    except RuleViolation:
        return
    assert all(row.fault or (row.key and row.waybill) for row in found)


@given(
    content=st.binary(max_size=300),
    start=st.sampled_from([b"", b"PK\x03\x04", b"<table>", b"\xff\xfe", b"\xd0\xcf\x11\xe0"]),
)
@few
def test_any_file_is_a_result_sheet_or_refused_in_words(
    content: bytes, start: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "results.xlsx"
    file.write_bytes(start + content)
    with pytest.raises((click.UsageError, RuleViolation)) as refused:
        tuple(results_of("hanjin", _rows(file)))
    assert str(refused.value)


def _rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    yield from result_rows(file)
