"""A small CJ to talk to: it answers on HTTP as the guide says, and as it does when it fails.

Each booking stands once under its key, whatever is sent how often; faults are asked for one by one.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CUST_ID, BIZ_NO = "30000001", "1234567890"
_KEY = (
    "CUST_ID", "RCPT_YMD", "CUST_USE_NO", "RCPT_DV", "WORK_DV_CD", "REQ_DV_CD", "MPCK_KEY",
)  # fmt: skip
_FILLED = ("NM", "ZIP_NO", "ADDR", "DETAIL_ADDR", "TEL_NO1", "TEL_NO2", "TEL_NO3")


class ReferenceCj:
    """`faults` are used up one a call (those for tokens aside): a status, "silent" and "lost"
    (done, no answer), "malformed", or a text that is refused with. `refused_addresses`: part of an
    address → what 주소 정제 says of it."""

    def __init__(self) -> None:
        self.url = ""
        self.token = "token-1"
        self.tokens_given = 0
        self.faults: list[int | str | None] = []
        self.calls: list[str] = []
        self.booked: dict[tuple[str, ...], dict[str, Any]] = {}
        self.scans: list[dict[str, Any]] = []
        self.confirmed: list[dict[str, Any]] = []
        self.refused_addresses: dict[str, str] = {}
        self.kept_waiting = threading.Event()
        self.unhurried = threading.Event()
        self._lock = threading.Lock()

    def requests(self) -> list[dict[str, Any]]:
        """What is booked, in the order of its coming."""
        return [body for key, body in self.booked.items() if key[5] == "01"]

    def called_off(self) -> list[dict[str, Any]]:
        return [body for key, body in self.booked.items() if key[5] == "02"]

    def count(self, resource: str) -> int:
        return self.calls.count(resource)

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers["Content-Length"])
        data = json.loads(handler.rfile.read(length))["DATA"]
        resource = handler.path.removeprefix("/")
        with self._lock:
            self.calls.append(resource)
            answer: dict[str, Any] | int
            if resource == "ReqOneDayToken":
                self._send(handler, self._give_token(data))
                return
            fault = self.faults.pop(0) if self.faults else None
            if isinstance(fault, int):
                self._send(handler, fault)
                return
            if handler.headers["CJ-Gateway-APIKey"] != self.token:
                self._send(handler, {"RESULT_CD": "E401", "RESULT_DETAIL": "발급된 인증키 확인"})
                return
            assert data.pop("TOKEN_NUM") == self.token
            if fault in (None, "silent", "lost", "malformed"):
                answer = getattr(self, f"_{resource}")(data)
            else:
                answer = refusal(str(fault))
        if fault == "silent":
            self.kept_waiting.set()
            self.unhurried.wait(10)
        elif fault == "lost":
            handler.close_connection = True
        elif fault == "malformed":
            self._send_bytes(
                handler, 200, '{"RESULT_CD": "S", "RESULT_DETAIL": "정'.encode("cp949")
            )
        else:
            self._send(handler, answer)

    def _give_token(self, data: dict[str, Any]) -> dict[str, Any]:
        if data != {"CUST_ID": CUST_ID, "BIZ_REG_NUM": BIZ_NO}:
            return refusal("고객사코드 없음")
        self.tokens_given += 1
        told = {"TOKEN_NUM": self.token, "TOKEN_EXPRTN_DTM": "29991231235959"}
        return {"RESULT_CD": "S", "RESULT_DETAIL": "", "DATA": told}

    def _RegBook(self, data: dict[str, Any]) -> dict[str, Any]:
        if data["RCPT_DV"] != "02" or data["PRT_ST"] != "01" or data["INVC_NO"]:
            return refusal("반품은 미출력이며 송장번호가 없어야 합니다")
        if any(data[f"{who}_{name}"] in ("", "-") for who in ("SENDR", "RCVR") for name in _FILLED):
            return refusal("ORA-01400: cannot insert NULL")
        return self._keep(data)

    def _CnclBook(self, data: dict[str, Any]) -> dict[str, Any]:
        if data | {"REQ_DV_CD": "01"} not in self.requests():
            return refusal("예약 내역이 없습니다")
        return self._keep(data)

    def _keep(self, data: dict[str, Any]) -> dict[str, Any]:
        key = tuple(str(data[name]) for name in _KEY)
        if key in self.booked:
            return refusal("ORA-00001: unique constraint violated")
        self.booked[key] = data
        return {"RESULT_CD": "S", "RESULT_DETAIL": "Success."}

    def _ReqAddrRfnSm(self, data: dict[str, Any]) -> dict[str, Any]:
        assert data["CLNTNUM"] == CUST_ID
        routing = {"CLSFCD": "5D32", "SUBCLSFCD": "1g", "CLSFADDR": "역삼 1"}
        routing |= {"CLLDLVBRANNM": "강남", "CLLDLVEMPNICKNM": "G03-01", "P2PCD": None}
        for part, said in self.refused_addresses.items():
            if part in data["ADDRESS"]:
                return refusal(said) | ({"DATA": routing} if "-20010" in said else {})
        return {"RESULT_CD": "S", "RESULT_DETAIL": "", "DATA": routing}

    def _ReqOneGdsTrc(self, data: dict[str, Any]) -> dict[str, Any]:
        return told([scan for scan in self.scans if scan["INVC_NO"] == data["INVC_NO"]])

    def _ReqMssGdsTrc(self, data: dict[str, Any]) -> dict[str, Any]:
        assert (data["CUST_ID"], data["SND_YN"]) == (CUST_ID, "N")
        known = [{"INVC_NO": scan["INVC_NO"], "CRG_ST": scan["CRG_ST"]} for scan in self.scans]
        news = [s for s, k in zip(self.scans, known, strict=True) if k not in self.confirmed]
        return told([scan for scan in news if scan["SCAN_YMD"] == data["REQ_DT"]])

    def _RcvMssGdsTrcCnfrm(self, data: dict[str, Any]) -> dict[str, Any]:
        self.confirmed += data["ARRAY"]
        return {"RESULT_CD": "S", "RESULT_DETAIL": "Success."}

    def _send(self, handler: BaseHTTPRequestHandler, answer: dict[str, Any] | int) -> None:
        status, content = (answer, {}) if isinstance(answer, int) else (200, answer)
        self._send_bytes(handler, status, json.dumps(content).encode())

    def _send_bytes(self, handler: BaseHTTPRequestHandler, status: int, content: bytes) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)


def refusal(detail: str) -> dict[str, Any]:
    return {"RESULT_CD": "E", "RESULT_DETAIL": detail}


def told(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"RESULT_CD": "S", "RESULT_DETAIL": "Success.", "DATA": rows}


def scan(
    key: str, state: str, at: str, waybill: str = "600000000125", **more: Any
) -> dict[str, Any]:
    """`at` is `20261122 094404`."""
    day, _, hour = at.partition(" ")
    row = {"CUST_USE_NO": key, "RCPT_DV": "02", "INVC_NO": waybill, "CRG_ST": state}
    row |= {"CRG_ST_NM": "", "SCAN_YMD": day, "SCAN_HOUR": hour, "DEALT_BRAN_NM": "강남"}
    return row | {"NO_CLDV_RSN_CD": None, "DETAIL_RSN": None} | more


@contextmanager
def reference_cj() -> Iterator[ReferenceCj]:
    """On a free port of loopback."""
    cj = ReferenceCj()

    class Face(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            cj.take(self)

        def log_message(self, *_: object) -> None:
            """Tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Face)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="reference CJ")
    thread.start()
    cj.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield cj
    finally:
        cj.unhurried.set()
        server.shutdown()
        thread.join()
        server.server_close()
