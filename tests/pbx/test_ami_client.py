"""One connection to an AMI: what is asked is answered, and a dead line is noticed."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.pbx.vendors.asterisk import client as client_module
from ets_desktop.pbx.vendors.asterisk.client import ActionRefused, AmiAddress, AmiClient
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage
from tests.pbx.ami_server import SECRET, USER, AmiServer, wire

Work = Callable[[AmiClient, AmiAddress], Awaitable[object]]


@pytest.fixture
def server() -> Iterator[AmiServer]:
    with AmiServer().running() as running:
        yield running


def address_of(server: AmiServer) -> AmiAddress:
    return AmiAddress("127.0.0.1", server.port, USER, SECRET)


def run(server: AmiServer, work: Work, heard: list[AmiMessage] | None = None) -> object:
    """What `work` comes to while the connection listens; a lost line ends it."""
    hear = heard.append if heard is not None else lambda message: None

    async def both() -> object:
        address = address_of(server)
        client = await AmiClient.connect(address, hear)
        listening = asyncio.create_task(client.listen())
        working = asyncio.ensure_future(work(client, address))
        try:
            await asyncio.wait((listening, working), return_when=asyncio.FIRST_COMPLETED)
            return await (working if working.done() else listening)
        finally:
            for task in (listening, working):
                task.cancel()
            await asyncio.gather(listening, working, return_exceptions=True)
            await client.close()

    return asyncio.run(both())


async def logged_in(client: AmiClient, address: AmiAddress) -> None:
    await client.log_in(address)


def test_it_logs_in_without_sending_the_secret(server: AmiServer) -> None:
    run(server, logged_in)
    assert [asked["Action"] for asked in server.asked] == ["Challenge", "Login"]
    assert SECRET not in str(server.asked)
    assert SECRET not in repr(address_of(server))


def test_a_wrong_secret_is_told_as_such(server: AmiServer) -> None:
    async def wrong(client: AmiClient, address: AmiAddress) -> None:
        await client.log_in(replace(address, secret="wrong"))

    with pytest.raises(EtsError, match="ami_login_refused") as refused:
        run(server, wrong)
    assert refused.value.details == {"user": USER, "reason": "Authentication failed"}


def test_nobody_there_is_told_as_such(server: AmiServer) -> None:
    async def elsewhere() -> None:
        await AmiClient.connect(AmiAddress("127.0.0.1", 9, USER, SECRET), lambda message: None)

    with pytest.raises(Unavailable, match="ami_unreachable"):
        asyncio.run(elsewhere())


def test_a_list_is_collected_to_its_end(server: AmiServer) -> None:
    server.rows = [{"Channel": f"PJSIP/10{n}-1", "Uniqueid": str(n)} for n in range(3)]

    async def listed(client: AmiClient, address: AmiAddress) -> list[str]:
        return [row.get("Uniqueid") for row in await client.collect("CoreShowChannels")]

    assert run(server, listed) == ["0", "1", "2"]


def test_a_refused_action_says_why(server: AmiServer) -> None:
    server.refused["Originate"] = "Extension does not exist."

    async def dial(client: AmiClient, address: AmiAddress) -> None:
        await client.ask("Originate", Exten="x")

    with pytest.raises(ActionRefused) as refused:
        run(server, dial)
    assert refused.value.details == {"reason": "Extension does not exist."}


def test_answers_to_others_are_events_to_us(server: AmiServer) -> None:
    heard: list[AmiMessage] = []
    other = wire(("Event", "OriginateResponse"), ("ActionID", "1"), ("Response", "Success"))

    async def wait(client: AmiClient, address: AmiAddress) -> None:
        await client.ask("Ping")
        await asyncio.to_thread(server.send, other)
        await client.ask("Ping")

    run(server, wait, heard)
    assert [message.get("ActionID") for message in heard] == ["1"]


def test_our_own_originate_response_is_an_event_even_before_its_answer(server: AmiServer) -> None:
    heard: list[AmiMessage] = []
    server.silent.add("Originate")

    async def dial(client: AmiClient, address: AmiAddress) -> AmiMessage:
        dialling = asyncio.create_task(client.ask("Originate"))
        asked = await asyncio.to_thread(server.was_asked, "Originate")
        mine = ("ActionID", asked[0]["ActionID"])
        early = wire(("Event", "OriginateResponse"), mine, ("Response", "Success"))
        answer = wire(("Response", "Success"), mine, ("Message", "queued"))
        # Both in one piece, or the second might come when nobody waits any more.
        await asyncio.to_thread(server.send, early + answer + answer)
        return await dialling

    answer = run(server, dial, heard)
    assert isinstance(answer, AmiMessage)
    assert answer.get("Message") == "queued"
    assert heard[0].event == "OriginateResponse"


def test_a_message_in_pieces_is_one_message(server: AmiServer) -> None:
    heard: list[AmiMessage] = []
    event = wire(("Event", "Newchannel"), ("CallerIDName", "김정민 (서울)"))

    async def wait(client: AmiClient, address: AmiAddress) -> None:
        await client.ask("Ping")
        pieces = [event[n : n + 1] for n in range(len(event))]
        await asyncio.to_thread(server.send, *pieces)
        await client.ask("Ping")

    run(server, wait, heard)
    assert [message.get("CallerIDName") for message in heard] == ["김정민 (서울)"]


def test_a_line_end_in_a_value_begins_no_other_action(server: AmiServer) -> None:
    async def dial(client: AmiClient, address: AmiAddress) -> None:
        await client.ask("Originate", Exten="1\r\nAction: Command\r\n\r\nAction: Logoff")

    run(server, dial)
    assert [asked["Action"] for asked in server.asked] == ["Originate"]


def test_a_cut_line_is_lost(server: AmiServer) -> None:
    async def cut(client: AmiClient, address: AmiAddress) -> None:
        await client.ask("Ping")
        server.cut()
        await asyncio.Event().wait()

    with pytest.raises(Unavailable, match="ami_lost"):
        run(server, cut)


def test_a_pbx_that_goes_in_order_is_lost_as_well() -> None:
    server = AmiServer()

    async def leave(client: AmiClient, address: AmiAddress) -> None:
        await client.ask("Ping")
        server.leave()
        await asyncio.Event().wait()

    with server.running(), pytest.raises(Unavailable, match="ami_lost") as lost:
        run(server, leave)
    assert lost.value.details == {"reason": "closed by Asterisk"}


def test_a_line_that_answers_no_ping_is_lost(
    server: AmiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "PING_S", 0.01)
    monkeypatch.setattr(client_module, "PATIENCE_S", 0.05)

    async def stay(client: AmiClient, address: AmiAddress) -> None:
        await client.ask("Ping")
        server.silent.add("Ping")
        await client.keep_alive()

    with pytest.raises(Unavailable, match="ami_lost") as lost:
        run(server, stay)
    assert lost.value.details == {"reason": "no answer to Ping"}


def certificate(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pbx")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    pem = key.private_bytes(serialization.Encoding.PEM, form, plain)
    file = folder / "pbx.pem"
    file.write_bytes(pem + signed.public_bytes(serialization.Encoding.PEM))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return context


def test_a_certificate_of_its_own_is_taken_only_when_told_so(tmp_path: Path) -> None:
    with AmiServer(tls=certificate(tmp_path)).running() as server:
        strict = replace(address_of(server), tls=True)

        async def greet(address: AmiAddress) -> None:
            client = await AmiClient.connect(address, lambda message: None)
            listening = asyncio.create_task(client.listen())
            await client.log_in(address)
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            await client.close()

        with pytest.raises(Unavailable, match="ami_unreachable"):
            asyncio.run(greet(strict))
        asyncio.run(greet(replace(strict, verify=False)))
        assert [asked["Action"] for asked in server.asked] == ["Challenge", "Login"]
