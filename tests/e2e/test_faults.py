"""Disks that fill, clocks that are wrong, servers that are not there yet, power cuts (spec 85)."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.migrate import upgrade
from ets_desktop.demo.shop import fill as fill_shop
from tests.e2e.desks import DeskProcess
from tests.local.clusters import Site
from tests.tiny_disk import fill, tiny_disk

PASSWORD = "e2e-password"
TICKETS = "SELECT count(*) FROM ticket"
#: Moves the clock of one process: datetime, time and Qt ask the system through these.
_SHIFT = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long shift(void) { const char *by = getenv("SHIFT_CLOCK_S"); return by ? atol(by) : 0; }
int clock_gettime(clockid_t which, struct timespec *at) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int done = real(which, at);
    if (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE) at->tv_sec += shift();
    return done;
}
int gettimeofday(struct timeval *at, void *zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}
time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
"""


@pytest.fixture
def shop(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="e2e")
    fill_shop(database, orders=30, password=PASSWORD)
    yield database
    database.close()


@contextmanager
def desk(url: str, home: Path, **more: str) -> Iterator[DeskProcess]:
    made = DeskProcess(url, home, **more)
    try:
        made.log_in("agent101", PASSWORD)
        yield made
    finally:
        made.kill()


def value(database: Database, sql: str) -> Any:
    return database.call(lambda session: session.execute(text(sql)).scalar())


def write_form(made: DeskProcess, name: str) -> None:
    made.click("신규고객")
    made.type("고객명", name)
    made.select("접수유형", "배송문의")
    made.type("접수내용", "언제 오나요")


def test_a_full_disk_is_told_and_the_desk_works_on(shop: Database, tmp_path: Path) -> None:
    home = tmp_path / "pc"
    home.mkdir()
    with tiny_disk(home / "state", kib=512) as disk:
        if not os.path.ismount(disk):
            pytest.skip("this account may mount no file system")
        tickets = value(shop, TICKETS)
        with desk(shop.url, home) as one:
            filler = fill(disk)
            write_form(one, "하늘별")
            one.wait_said("디스크가 가득 차")
            one.click("접수정보저장")
            one.wait_text("접수번호", "-")
            assert value(shop, TICKETS) == tickets + 1
            # Once there is room it is kept again, without being asked.
            filler.unlink()
            one.click("새화면")
            write_form(one, "바다별")
            one.wait_unsaid("디스크가 가득 차")


@pytest.fixture(scope="module")
def shifting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("no compiler for the clock")
    folder = tmp_path_factory.mktemp("clock")
    (folder / "shift.c").write_text(_SHIFT)
    library = folder / "shift.so"
    command = [compiler, "-shared", "-fPIC", "-o", library, folder / "shift.c", "-ldl"]
    subprocess.run(command, check=True)
    return library


@pytest.mark.parametrize("hours", [-7, 30])
def test_a_wrong_clock_of_the_pc_is_in_no_record(
    shop: Database, tmp_path: Path, shifting: Path, hours: int
) -> None:
    shifted = {"LD_PRELOAD": str(shifting), "SHIFT_CLOCK_S": str(hours * 3600)}
    program = "import datetime; print(datetime.datetime.now(datetime.UTC).isoformat())"
    asked = [sys.executable, "-c", program]
    told = subprocess.run(asked, env={**os.environ, **shifted}, capture_output=True, check=True)
    now = value(shop, "SELECT clock_timestamp()")
    off = datetime.fromisoformat(told.stdout.decode().strip()) - now
    assert abs(off - timedelta(hours=hours)) < timedelta(minutes=1)
    wrong = now + timedelta(hours=hours)
    before = moments_at(shop, wrong)
    with desk(shop.url, tmp_path / "pc", **shifted) as one:
        write_form(one, "하늘별")
        one.click("접수정보저장")
        one.wait_text("접수번호", "-")
    assert moments_at(shop, wrong) == before
    assert moments_at(shop, now)["ticket_history.changed_at"] > 0


def moments_at(shop: Database, about: datetime) -> dict[str, int]:
    """How many moments within ten minutes of `about` each column of the database holds."""
    columns = (
        "SELECT relname || '.' || attname FROM pg_attribute JOIN pg_class ON oid = attrelid"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND atttypid = 'timestamptz'::regtype AND NOT attisdropped ORDER BY 1"
    )
    counts = {}
    for column in shop.call(lambda s: s.execute(text(columns)).scalars().all()):
        table, _, name = column.partition(".")
        off = f"{name} - timestamptz '{about.isoformat()}'"
        query = f"SELECT count(*) FROM {table} WHERE abs(extract(epoch FROM {off})) < 600"
        counts[str(column)] = int(value(shop, query))
    return counts


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "server")
    postgres = site.postgres()
    upgrade(postgres.start().url())
    yield site
    postgres.stop(end_lingering=True)


def test_a_desk_that_starts_without_its_server_waits_for_it(server: Site, tmp_path: Path) -> None:
    with server.running() as target:
        database = Database(target.url(), application_name="e2e")
        fill_shop(database, orders=10, password=PASSWORD)
        database.close()
        server.kill_postmaster()
        one = DeskProcess(target.url(), tmp_path / "pc")
        try:
            one.type("아이디", "agent101")
            one.type("비밀번호", PASSWORD)
            one.click("로그인")
            one.wait_text("서버 오류", "데이터베이스에 연결할 수 없습니다")
            assert server.postgres().start().url() == target.url()
            one.click("로그인")
            one.wait_text("담당자", "")
        finally:
            one.kill()


def test_a_power_cut_keeps_what_was_committed(tmp_path: Path) -> None:
    """The server and whoever writes die at once; what was answered is there afterwards."""
    site = Site(tmp_path / "pc")
    postgres = site.postgres(fsync="on", full_page_writes="on")
    url = postgres.start().url()
    database = Database(url, application_name="e2e")
    database.call(lambda s: s.execute(text("CREATE TABLE kept (n int)")))
    database.close()
    writer = (
        "import psycopg, sys\n"
        "with psycopg.connect(sys.argv[1], autocommit=True) as c:\n"
        "    for n in range(10**9):\n"
        "        c.execute('INSERT INTO kept VALUES (%s)', (n,)); print(n, flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", writer, url], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(random.uniform(0.1, 0.4))
        for pid in (*site.processes(), process.pid):
            os.kill(pid, signal.SIGKILL)
        answered = [int(line) for line in process.stdout if line.strip().isdigit()]
    postgres.stop(end_lingering=True)
    again = site.postgres(fsync="on")
    database = Database(again.start().url(), application_name="e2e")
    kept = value(database, "SELECT array_agg(n ORDER BY n) FROM kept")
    database.close()
    again.stop(end_lingering=True)
    assert set(answered) <= set(kept)
    assert kept == list(range(len(kept)))
    assert not site.is_running()
