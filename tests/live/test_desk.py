"""From a customer's telephone to the agent's screen: a real PBX, the gateway, desks as they run."""

import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.bench.asterisk import SECRET, USER, Installation
from ets_desktop.db.engine import Database
from ets_desktop.demo.shop import fill
from ets_desktop.gateway.service import Gateway
from ets_desktop.local.connection import ConnectionTarget
from ets_desktop.settings import GatewayLink
from tests.e2e.desks import DeskProcess
from tests.live.packages import SUITES, asterisk
from tests.live.pbx import Cable, Pbx
from tests.live.phones import until
from tests.live.plan import INSIDE, QUEUE, direct
from tests.live.sip import SipCall
from tests.postgres import clone

pytestmark = pytest.mark.pbx

PASSWORD = "live-password"
DOCK = "당일 콜 히스토리"
BURST, BURST_S = 50, 5.0

_ORDERER = """
    SELECT orderer_phone, orderer_name FROM sales_order
     WHERE orderer_phone <> '' ORDER BY id LIMIT 1
"""
_TOLD = """
    SELECT k.caller_number, array_agg(e.phase ORDER BY e.id)
      FROM call k JOIN call_event e ON e.call_id = k.id
     WHERE k.caller_number LIKE :numbers GROUP BY k.id
"""


@pytest.fixture(scope="module")
def any_pbx(pbx_of: Callable[[str], Pbx]) -> Pbx:
    """The newest that can be had here."""
    versions = sorted(SUITES, reverse=True)
    there = [one for one in versions if isinstance(asterisk(one), Installation)]
    return pbx_of((there or versions)[0])


@pytest.fixture
def pbx(any_pbx: Pbx) -> Iterator[Pbx]:
    yield any_pbx
    any_pbx.be_free()


@pytest.fixture(scope="module")
def shop(
    any_pbx: Pbx, postgres_server: ConnectionTarget, template_database: str
) -> Iterator[Database]:
    with clone(postgres_server, template_database) as target:
        database = Database(target.url(), application_name="live")
        fill(database, orders=30, password=PASSWORD)
        yield database
        database.close()


@pytest.fixture(scope="module")
def cable(any_pbx: Pbx) -> Iterator[Cable]:
    with closing(Cable(any_pbx.ami_port)) as leading:
        yield leading


@pytest.fixture(scope="module")
def gateway(
    any_pbx: Pbx, shop: Database, cable: Cable, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gateway]:
    secret = tmp_path_factory.mktemp("gateway") / "secret"
    secret.touch(mode=0o600)
    secret.write_text(SECRET, "utf-8")
    options = {"port": cable.port, "user": USER, "secret_file": str(secret), "context": INSIDE}
    running = Gateway(shop, [GatewayLink("pbx", "asterisk", options)], beat_s=0.5)
    running.start()
    until(lambda: is_up(running), "the link")
    yield running
    running.stop()
    any_pbx.end_pauses()


@pytest.fixture(scope="module")
def desks(
    shop: Database, gateway: Gateway, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[DeskProcess, DeskProcess]]:
    places: list[Path] = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    one, two = (DeskProcess(shop.url, place) for place in places)
    try:
        one.log_in("agent101", PASSWORD)
        two.log_in("agent102", PASSWORD)
    except BaseException:
        one.kill()
        two.kill()
        raise
    yield one, two
    assert [one.close(), two.close()] == [0, 0]


@pytest.fixture
def desk(desks: tuple[DeskProcess, DeskProcess]) -> DeskProcess:
    return desks[0]


def is_up(gateway: Gateway) -> bool:
    return any(state.up_since is not None for state in gateway.states.values())


def row_of(desk: DeskProcess, number: str) -> dict[str, str]:
    """The newest line of 당일 콜 히스토리 with that number, which is masked there."""
    found = (row for row in desk.rows(DOCK) if row["전화번호"].endswith(number[-4:]))
    return next(found, {})


def reads(desk: DeskProcess, number: str, kind: str, state: str) -> None:
    def as_wanted() -> bool:
        row = row_of(desk, number)
        return (row.get("구분"), row.get("상태")) == (kind, state)

    until(as_wanted, f"{kind} {state} of {number[-4:]}, not {row_of(desk, number)}")


def rings(pbx: Pbx, desk: DeskProcess, number: str) -> tuple[SipCall, SipCall]:
    """A customer's call that the agent's phone and screen show: the customer's end, the agent's."""
    caller = pbx.trunk.dial(direct("101"), number)
    phone = pbx.phones["101"].rung()
    desk.wait_text("수신번호", f"{number[:3]}-{number[3:7]}-{number[7:]}")
    return caller, phone


def dial(desk: DeskProcess, number: str) -> None:
    """Call a customer back whose call was missed."""
    reads(desk, number, "부재", "고객 종료")
    # Another test may have let the PBX go down.
    desk.wait_text("전화연결", "● 연결")
    desk.pick(DOCK, "전화번호", number[-4:])
    # A reminder may show another 통화.
    desk.key("Shift+F4")


def asked(database: Database, query: str, **values: Any) -> list[Any]:
    return database.call(lambda session: list(session.execute(text(query), values).all()))


def test_a_known_customer_rings_is_answered_and_hangs_up(
    pbx: Pbx, desk: DeskProcess, shop: Database
) -> None:
    ((number, name),) = asked(shop, _ORDERER)
    caller, phone = rings(pbx, desk, number)
    desk.wait_text("수신고객", name)
    reads(desk, number, "수신", "수신 중")
    phone.answer()
    reads(desk, number, "수신", "통화 중")
    phone.hold()
    reads(desk, number, "수신", "보류")
    phone.unhold()
    caller.hang_up()
    reads(desk, number, "수신", "통화 완료")


def test_a_caller_who_gives_up_is_missed(pbx: Pbx, desk: DeskProcess) -> None:
    caller, _ = rings(pbx, desk, "01000002101")
    desk.wait_text("수신고객", "등록되지 않은 번호")
    caller.hang_up()
    reads(desk, "01000002101", "부재", "고객 종료")


def test_a_transferred_call_rings_at_the_other_desk(
    pbx: Pbx, desks: tuple[DeskProcess, DeskProcess]
) -> None:
    one, two = desks
    _, phone = rings(pbx, one, "01000002201")
    phone.answer()
    reads(one, "01000002201", "수신", "통화 중")
    phone.transfer("102")
    two.wait_text("수신번호", "010-0000-2201")
    colleague = pbx.phones["102"].rung().answer()
    reads(two, "01000002201", "수신", "통화 중")
    colleague.hang_up()
    reads(two, "01000002201", "수신", "통화 완료")
    reads(one, "01000002201", "수신", "호 전환")


def test_a_burst_of_calls_is_told_whole_and_once(
    pbx: Pbx, desk: DeskProcess, shop: Database
) -> None:
    phone, pause, began = pbx.phones["101"], Event(), monotonic()
    numbers = [f"0100000{4000 + number}" for number in range(BURST)]
    calls: list[SipCall] = []
    for number, caller in enumerate(numbers):
        pause.wait(max(0.0, began + number * BURST_S / BURST - monotonic()))
        calls.append(pbx.trunk.dial(direct("101"), caller))
        answered = phone.rung()
        if number % 2:
            answered.answer()
        if number >= 5:
            calls[number - 5].hang_up()
    for call in calls[-5:]:
        call.hang_up()
    kinds = (("부재", "고객 종료"), ("수신", "통화 완료"))
    wanted = {number[-4:]: kinds[place % 2] for place, number in enumerate(numbers)}
    until(lambda: seen(desk, wanted) == wanted, "the last of the burst")
    assert sum(row["전화번호"][-4:] in wanted for row in desk.rows(DOCK)) == BURST
    told = dict(asked(shop, _TOLD, numbers="01000004%"))
    answered_ones = ["ringing", "talking", "ended"]
    assert told == {
        number: answered_ones if place % 2 else ["ringing", "ended"]
        for place, number in enumerate(numbers)
    }


def seen(desk: DeskProcess, wanted: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    rows = {row["전화번호"][-4:]: (row["구분"], row["상태"]) for row in desk.rows(DOCK)}
    return {number: kind for number, kind in rows.items() if number in wanted}


def test_no_queue_breaks_the_rest_of_an_agent(
    pbx: Pbx, desks: tuple[DeskProcess, DeskProcess]
) -> None:
    one, two = desks
    one.select("상담상태", "휴식")
    two.select("상담상태", "준비")
    until(lambda: pbx.paused() == {"PJSIP/101"}, "the pause")
    caller = pbx.trunk.dial(QUEUE, "01000002701")
    two.wait_text("수신번호", "010-0000-2701")
    assert pbx.phones["101"].calls == {}
    pbx.phones["102"].rung().answer()
    reads(two, "01000002701", "수신", "통화 중")
    caller.hang_up()
    two.wait_text("상담상태", "후처리")
    until(lambda: pbx.paused() == {"PJSIP/101", "PJSIP/102"}, "the pause while they write")
    for desk in desks:
        desk.select("상담상태", "준비")
    until(lambda: pbx.paused() == set(), "the end of the pauses")


def test_the_line_to_the_pbx_is_cut_in_mid_call(
    pbx: Pbx, desk: DeskProcess, gateway: Gateway, cable: Cable
) -> None:
    gone, talking = rings(pbx, desk, "01000002301")
    talking.answer()
    reads(desk, "01000002301", "수신", "통화 중")
    cable.cut()
    until(lambda: not is_up(gateway), "the cut")
    gone.hang_up()
    pbx.trunk.dial(direct("101"), "01000002302")
    pbx.phones["101"].rung().answer()
    cable.repair()
    reads(desk, "01000002302", "수신", "통화 중")
    reads(desk, "01000002301", "수신", "확인 안 됨")
    desk.wait_text("수신번호", "010-0000-2302")
    pbx.be_free()
    reads(desk, "01000002302", "수신", "통화 완료")


@pytest.mark.parametrize(
    ("how", "number", "state"),
    [
        (signal.SIGTERM, "01000002401", "통화 완료"),
        (signal.SIGKILL, "01000002412", "확인 안 됨"),
    ],
)
def test_the_pbx_goes_down_and_comes_back(
    pbx: Pbx, desk: DeskProcess, how: signal.Signals, number: str, state: str
) -> None:
    _, phone = rings(pbx, desk, number)
    phone.answer()
    reads(desk, number, "수신", "통화 중")
    pbx.stop(how)
    pbx.forget()
    pbx.start()
    reads(desk, number, "수신", state)
    later = f"{number[:-1]}9"
    caller, _ = rings(pbx, desk, later)
    caller.hang_up()
    reads(desk, later, "부재", "고객 종료")


def test_an_agent_who_refuses_their_own_call_reads_so(pbx: Pbx, desk: DeskProcess) -> None:
    caller, _ = rings(pbx, desk, "01000002601")
    caller.hang_up()
    dial(desk, "01000002601")
    pbx.phones["101"].rung().refuse(603)
    reads(desk, "01000002601", "발신", "내 전화 거절")


@pytest.mark.parametrize(
    ("number", "answer", "state"),
    [
        ("01000002501", 200, "통화 완료"),
        ("01000002502", 486, "통화 중(상대)"),
        ("01000002503", 603, "거절"),
    ],
)
def test_a_customer_is_called_back_from_the_screen(
    pbx: Pbx, desk: DeskProcess, number: str, answer: int, state: str
) -> None:
    caller, _ = rings(pbx, desk, number)
    caller.hang_up()
    dial(desk, number)
    phone = pbx.phones["101"].rung()
    reads(desk, number, "발신", "수신 중")
    phone.answer()
    customer = pbx.trunk.rung()
    assert number in customer.invite.first
    if answer == 200:
        customer.answer()
        reads(desk, number, "발신", "통화 중")
        customer.hang_up()
    else:
        customer.refuse(answer)
    reads(desk, number, "발신", state)
