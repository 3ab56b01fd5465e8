"""What a server says to who knocks, in whatever language it says it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import psycopg
import pytest

from ets_desktop.db.failures import known_error

_SSL, _GSS = 80877103, 80877104


@contextmanager
def doorkeeper(severity: str, words: str, state: str) -> Iterator[int]:
    """The port of a server that refuses everybody with these words."""
    fields = {"S": severity, "V": "FATAL", "C": state, "M": words}
    body = b"".join(f"{key}{value}\0".encode() for key, value in fields.items()) + b"\0"
    refusal = b"E" + (len(body) + 4).to_bytes(4, "big") + body

    def keep(door: socket.socket) -> None:
        visitor, _ = door.accept()
        with visitor:
            while asked := visitor.recv(4_096):
                if int.from_bytes(asked[4:8], "big") not in (_SSL, _GSS):
                    visitor.sendall(refusal)
                    return
                visitor.sendall(b"N")

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = Thread(target=keep, args=(door,), daemon=True)
        thread.start()
        yield door.getsockname()[1]
        thread.join(10)


@pytest.mark.parametrize(
    ("severity", "words", "state", "code"),
    [
        ("FATAL", 'role "agent101" is not permitted to log in', "28000", "account_disabled"),
        ("치명적오류", '"agent101" 롤은 로그인할 수 없음', "28000", "account_disabled"),
        ("FATAL", 'password authentication failed for user "agent101"', "28P01", "login_refused"),
        (
            "치명적오류",
            '사용자 "agent101"의 password 인증을 실패했습니다',
            "28P01",
            "login_refused",
        ),
        (
            "FATAL",
            'no pg_hba.conf entry for host "127.0.0.1", user "agent101", database "ets"',
            "28000",
            "address_refused",
        ),
        (
            "치명적오류",
            '호스트 "127.0.0.1", 사용자 "agent101", 데이터베이스 "ets"에 대한 설정이'
            " pg_hba.conf 파일에 없음",
            "28000",
            "address_refused",
        ),
        ("FATAL", "the database system is starting up", "57P03", "database_away"),
        ("치명적오류", "데이터베이스 시스템이 새로 가동 중입니다", "57P03", "database_away"),
    ],
)
def test_a_refusal_is_known_in_english_and_in_korean(
    severity: str, words: str, state: str, code: str
) -> None:
    with doorkeeper(severity, words, state) as port, pytest.raises(psycopg.Error) as refused:
        psycopg.connect(f"postgresql://agent101:secret@127.0.0.1:{port}/ets?connect_timeout=10")
    known = known_error(refused.value, committing=False)
    assert known is not None
    assert known.code == code


def test_nobody_there_is_no_refusal() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with pytest.raises(psycopg.Error) as refused:
        psycopg.connect(f"postgresql://agent101:secret@127.0.0.1:{port}/ets")
    known = known_error(refused.value, committing=False)
    assert known is not None
    assert known.code == "database_away"
