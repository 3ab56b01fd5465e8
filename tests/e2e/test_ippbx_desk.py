"""A real desk at a 클콜 extension: its agent's state on both sides, and thrown out by another."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.demo.shop import fill
from ets_desktop.gateway.service import Gateway
from tests.e2e.desks import DeskProcess
from tests.gateway.test_gateway import until
from tests.gateway.test_ippbx_line import link_to, quick, secret
from tests.pbx.ippbx_server import IppbxServer, call_id, hung_up, message, ring

__all__ = ["quick", "secret"]

PASSWORD, CALLER = "e2e-password", "01000001234"


@pytest.fixture
def server() -> Iterator[IppbxServer]:
    with IppbxServer().running() as running:
        yield running


@pytest.fixture
def desk(
    clean_database: str, server: IppbxServer, secret: Path, tmp_path: Path
) -> Iterator[DeskProcess]:
    with closing(Database(clean_database, application_name="e2e")) as database:
        fill(database, orders=30, password=PASSWORD)
        gateway = Gateway(database, [link_to(server, secret)], beat_s=0.5)
        gateway.start()
        desk = DeskProcess(clean_database, tmp_path / "desk")
        desk.log_in("agent101", PASSWORD)
        yield desk
        assert desk.close() == 0
        gateway.stop()


def test_what_is_pressed_at_either_side_holds_at_the_other(
    desk: DeskProcess, server: IppbxServer
) -> None:
    desk.wait_text("전화연결", "● 연결")
    desk.select("상담상태", "준비")
    server.was_commanded("MEMBERSTATUS|0,101")
    server.say("MEMBERSTATUS|KIND:4")
    desk.wait_text("상담상태", "식사")
    desk.select("상담상태", "휴식")
    until(lambda: server.code == "3")
    desk.select("상담상태", "준비")
    server.was_commanded("MEMBERSTATUS|0,101", 2)
    call = call_id()
    server.say(ring(call, CALLER))
    desk.wait_text("수신번호", "010-0000-1234")
    server.say(ring(call, CALLER, "ID"))
    desk.wait_text("상담상태", "통화중")
    server.say(hung_up(call, CALLER))
    desk.wait_text("상담상태", "후처리")
    until(lambda: server.code == "2")

    # Somebody logged in elsewhere as this extension: said so, and left alone.
    server.say(message("BYE", "SAME_PID", ""))
    desk.wait_text("전화연결", "● 끊김")
    logins = len(server.was_told("climsg_login"))
    desk.select("상담상태", "교육")
    desk.wait_text("상담상태", "교육")
    assert len(server.was_told("climsg_login")) == logins
