"""Whatever stands in an ERP's table or folder: rows, bad rows with a reason, or a refusal."""

import json
import socket
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.erp.options import Options
from ets_desktop.erp.sources.folder import FolderSource
from ets_desktop.erp.sources.sql import SqlSource, restored, stored

few = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
COLUMNS = {"order_no": "no", "line_no": "line", "product": "product", "quantity": "quantity"}
#: SQLite keeps in any column whatever it is given.
values = st.one_of(
    st.none(),
    st.integers(-(2**62), 2**62),
    st.floats(),
    st.text(max_size=12).filter(lambda text: text.isprintable()),
    st.binary(max_size=8),
    st.sampled_from(["=1+1", "0" * 40, "2026-13-45", "1e999", "가" * 400, "-3", "3,000"]),
)
rows = st.lists(st.tuples(values, values, values, values, values), max_size=8)


def source_of(file: Path, table: list[tuple[object, ...]], **changed: object) -> SqlSource:
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE sale (no, line, product, quantity, changed)")
        connection.executemany("INSERT INTO sale VALUES (?, ?, ?, ?, ?)", table)
    told: dict[str, object] = {
        "url": f"sqlite:///{file}",
        "query": "SELECT * FROM sale WHERE changed IS NOT :watermark ORDER BY changed",
        "watermark": "changed",
        "start": 0,
        "columns": COLUMNS,
    }
    return SqlSource(Options("erp", told | changed))


@given(table=rows)
@few
def test_any_table_is_orders_bad_rows_or_refused(
    table: list[tuple[object, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    source = source_of(tmp_path_factory.getbasetemp() / "erp.db", table)
    try:
        for part in source.parts(None):
            # What is kept of a part is read again by the next pull.
            assert restored(stored(part.watermark)) == part.watermark
            part.export.orders()
            assert all(bad.reason for bad in part.export.outcome().bad_rows)
    except EtsError as refused:
        told = refused.code
    else:
        told = ""
    finally:
        source.close()
    assert told in ("", "erp_watermark", "erp_source_failed", "no_rows", "column_missing")


@given(
    content=st.binary(max_size=200), name=st.sampled_from(["a.xlsx", "주문 (1).csv", "=1+1.xls"])
)
@few
def test_any_file_of_a_folder_is_an_export_or_refused(
    content: bytes, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp() / "erp-folder"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    source = FolderSource(Options("erp", {"folder": str(folder), "settle_s": 0}))
    for file in source.files():
        with pytest.raises(EtsError):
            source.export(file).orders()
        file.unlink()


def test_a_file_that_is_gone_before_it_is_looked_at_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("x")
    source = FolderSource(Options("erp", {"folder": str(tmp_path), "settle_s": 0}))
    is_file = Path.is_file

    def is_file_still(self: Path) -> bool:
        there = is_file(self)
        (tmp_path / "a.csv").unlink(missing_ok=True)
        return there

    monkeypatch.setattr(Path, "is_file", is_file_still)
    assert [file.name for file in source.files()] == ["b.csv"]


def test_a_name_from_the_folder_leads_nowhere_else(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (inside / "..%2f..%2fout.csv").write_text("x")
    (inside / "\u202e.vsc").write_text("x")
    source = FolderSource(Options("erp", {"folder": str(inside), "settle_s": 0}))
    for file in list(source.files()):
        assert source.put_aside(file, "refused").parent == inside / "refused"
    assert list(outside.iterdir()) == []


def test_moments_of_every_zone_and_none_are_kept() -> None:
    for mark in (datetime(2026, 11, 22, tzinfo=UTC), datetime(1, 1, 1), 0, "가"):  # noqa: DTZ001
        assert restored(stored(mark)) == mark


def test_what_an_erp_counts_its_changes_by_is_kept_as_it_is() -> None:
    for mark in (b"\x00\x00\x07\xd1", Decimal("1793611140.5"), 1793611140.5, date(2026, 11, 22)):
        kept = json.loads(json.dumps(stored(mark)))
        assert restored(kept) == mark
        assert type(restored(kept)) is type(mark)


@pytest.mark.parametrize("mark", [b"\x01\x02", 2.5])
def test_a_pull_goes_on_behind_versions_and_fractions(tmp_path: Path, mark: object) -> None:
    source = source_of(tmp_path / "erp.db", [("A1", 1, "컵", 1, mark)])
    with closing(source):
        (part,) = source.parts(None)
        assert part.watermark == mark
        assert list(source.parts(restored(stored(part.watermark)))) == []


def test_a_server_that_lets_nobody_in_is_not_waited_for_long(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql+psycopg://erp@127.0.0.1:{silent.getsockname()[1]}/erp"
        erp = source_of(tmp_path / "erp.db", [], url=url, patience_s=2)
        with closing(erp), pytest.raises(Unavailable) as away:
            list(erp.parts(None))
    assert away.value.details["reason"] == "ConnectionTimeout"


def test_a_day_that_was_read_is_read_again_for_it_went_on(tmp_path: Path) -> None:
    read: list[tuple[object, ...]] = [
        ("A1", 1, "컵", 1, "2026-11-22"),
        ("A2", 1, "컵", 1, "2026-11-23"),
    ]
    query = "SELECT * FROM sale WHERE changed > :watermark ORDER BY changed"
    for overlap, days in ((60, 2), (0, 1)):
        with closing(source_of(tmp_path / "erp.db", read, query=query, overlap_s=overlap)) as erp:
            (part,) = erp.parts(date(2026, 11, 22))
            assert len(part.export.orders()) == days
