"""Korean words for the codes of the domain and of known errors; no Qt here: the CLI reads it too.

To add a code: one line in its table. A test demands a word for every code the schema allows and
a sentence for every error code raised.
"""

from collections.abc import Mapping

from ets_desktop.domain.errors import EtsError

TICKET_TYPES = {
    "general": "일반문의",
    "delivery": "배송문의",
    "return": "반품",
    "exchange": "교환",
    "after_service": "AS",
    "cancel": "취소",
    "complaint": "불만",
    "other": "기타",
}
TICKET_STATUSES = {
    "received": "접수",
    "transferred": "이관",
    "completed": "완료",
    "discarded": "폐기",
}
ORDER_STATUSES = {
    "awaiting_payment": "결제대기",
    "paid": "결제완료",
    "preparing": "상품준비",
    "ready_to_ship": "출고대기",
    "shipping": "배송중",
    "delivered": "배송완료",
    "confirmed": "구매확정",
    "cancelled": "취소",
    "on_hold": "보류",
}
ORIGINS = {
    "phone": "전화",
    "ars": "ARS",
    "sms": "SMS",
    "chat": "문자상담",
    "email": "이메일",
    "board": "게시판",
    "direct": "직접",
}
DRAFT_KINDS = {"manual": "수동", "call": "통화", "recovered": "복구"}
GRADES = {"normal": "일반", "silver": "실버", "gold": "골드", "vip": "VIP"}
#: 구분 of 당일 콜 히스토리 and 당일통화내역.
CALL_KINDS = {"in": "수신", "out": "발신", "missed": "부재"}
#: Phases of a leg, and how it ended (spec 40).
CALL_STATES = {
    "dialling": "발신 중",
    "ringing": "수신 중",
    "talking": "통화 중",
    "held": "보류",
    "ended": "종료",
    "completed": "통화 완료",
    "abandoned": "고객 종료",
    "no_answer": "응답 없음",
    "declined": "거절",
    "busy": "통화 중(상대)",
    "answered_elsewhere": "다른 담당자 응답",
    "transferred": "호 전환",
    "not_reachable": "연결 불가",
    "lost": "확인 안 됨",
}
AGENT_STATES = {
    "ready": "준비",
    "on_call": "통화중",
    "wrap_up": "후처리",
    "rest": "휴식",
    "meal": "식사",
    "training": "교육",
    "protected_rest": "보호 휴식",
    "not_ready": "준비되지 않음",
    "logged_out": "로그아웃",
}
ROLES = {
    "agent": "담당자",
    "supervisor": "관리자",
    "admin": "시스템 관리자",
    "technician": "기사",
    "warehouse": "물류 담당자",
}

#: Error code → sentence; `{names}` are the error's details. `error_text` fills it in, particles
#: after a placeholder are written as tossi reads them: "{name|을}".
ERRORS: dict[str, str] = {
    # the database and what carries it
    "database_away": "데이터베이스에 연결할 수 없습니다. 잠시 뒤 다시 시도하십시오.",
    "database_busy": "데이터베이스가 바쁩니다. 잠시 뒤 다시 시도하십시오.",
    "login_refused": "아이디 또는 비밀번호가 맞지 않습니다.",
    "not_allowed": "이 작업을 할 권한이 없습니다.",
    "cancelled": "중지했습니다.",
    "folder_unusable": "폴더를 쓸 수 없습니다: {folder} ({reason})",
    # settings
    "settings_unreadable": "설정 파일을 읽을 수 없습니다: {file} ({reason})",
    "settings_not_utf8": "설정 파일이 UTF-8이 아닙니다: {file}",
    "settings_not_toml": "설정 파일의 형식이 맞지 않습니다: {file} ({reason})",
    "settings_unknown_key": "모르는 설정입니다: {key} ({file})",
    "settings_bad_value": "설정 값이 맞지 않습니다: {key} ({file}, {reason})",
    # telephone
    "recording_unreadable": "녹화 파일을 읽을 수 없습니다: {file} ({reason})",
    "recording_unknown": "PBX 녹화 파일이 아닙니다: {file} ({reason})",
    # tickets
    "ticket_closed": "완료되었거나 폐기된 접수는 고칠 수 없습니다.",
    "ticket_origin_fixed": "접수번호와 접수일시는 바꿀 수 없습니다.",
}


def word(table: Mapping[str, str], code: str | None) -> str:
    """The Korean word of `code`; empty for None, the code itself if a newer program wrote it."""
    return "" if code is None else table.get(code, code)


def error_text(error: EtsError) -> str:
    """The sentence of a known error, with the way out; a code without one shows itself."""
    sentence = ERRORS.get(error.code)
    if sentence is None:
        return f"처리할 수 없습니다. ({error})"
    return filled(sentence, error.details)


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """`sentence` with its placeholders: `{name}`, or `{name|을}` with the particle that fits.

    A placeholder without a value shows as …, for a message about an error must not fail itself.
    """
    parts: list[str] = []
    rest = sentence
    while "{" in rest:
        before, _, rest = rest.partition("{")
        inside, _, rest = rest.partition("}")
        name, _, particle = inside.partition("|")
        value = str(values.get(name, "…"))
        parts += [before, with_particle(value, particle) if particle else value]
    return "".join([*parts, rest])


def with_particle(noun: str, particle: str) -> str:
    """`noun` with 을/를, 이/가, 은/는, 과/와, 으로/로 as its last sound asks: ("김정민", "을")."""
    # Imported here: half of tossi's import time belongs to no start (spec 90).
    import tossi

    return str(tossi.postfix(noun, particle))
