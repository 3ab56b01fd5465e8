"""Korean words for the codes of the domain and of known errors; no Qt here: the CLI reads it too.

To add a code: one line in its table. A test demands a word for every code the schema allows and
a sentence for every error code raised.
"""

from collections.abc import Mapping

from ets_desktop.domain.errors import EtsError
from ets_desktop.ui.access_labels import SESSION_ERRORS
from ets_desktop.ui.approval_labels import APPROVAL_ERRORS
from ets_desktop.ui.claim_labels import CLAIM_ERRORS, CLAIM_EVENTS, CLAIM_TYPES, PICKUP_STATES
from ets_desktop.ui.courier_labels import COURIER_ERRORS
from ets_desktop.ui.database_labels import DATABASE_ERRORS
from ets_desktop.ui.erp_labels import ERP_ERRORS
from ets_desktop.ui.house_labels import HOUSE_ERRORS
from ets_desktop.ui.language import KOREAN, spoken, translated
from ets_desktop.ui.line_labels import LINE_ERRORS
from ets_desktop.ui.rights_labels import RIGHTS_ERRORS
from ets_desktop.ui.ticket_labels import TICKET_ERRORS

PRIORITIES = {"high": "높음", "normal": "보통", "low": "낮음"}
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
ADDRESS_KINDS = {"home": "자택", "work": "직장", "other": "기타"}
PHONE_KINDS = {
    "mobile": "휴대전화",
    "landline": "일반전화",
    "voip": "인터넷전화",
    "safe": "안심번호",
    "representative": "대표번호",
    "foreign": "해외번호",
    "other": "기타",
}
#: 발송여부: whether the customer wants to get mail and messages of the shop.
MAILINGS = {"true": "발송", "false": "미발송"}
#: 근거 of 고객 선택: why somebody may be the caller (domain/callers.py).
CALLER_REASONS = {
    "open_ticket": "미완료 접수",
    "called_today": "오늘 통화",
    "called_yesterday": "어제 통화",
    "called_recently": "최근 통화",
    "ordered_with_number": "이 번호로 주문",
    "number_registered": "등록된 번호",
    "recipient_only": "수취인",
    "unregistered_orderer": "주문자 (미등록)",
    "unregistered_recipient": "수취인 (미등록)",
    "number_expired": "만료된 안심번호",
    "same_number": "같은 번호",
    "same_name": "같은 이름",
}
#: 구분 of 당일 콜 히스토리 and 당일통화내역.
CALL_KINDS = {"in": "수신", "out": "발신", "missed": "부재"}
#: 구분 of ARS이력.
ARS_KINDS = {
    "cancel": "취소",
    "return": "반품",
    "exchange": "교환",
    "delivery": "배송문의",
    "consultation": "상담예약",
}
#: Phases of a leg, and how it ended (spec 40).
CALL_STATES = {
    "dialling": "발신 중",
    "ringing": "수신 중",
    "waiting": "대기 중",
    "talking": "통화 중",
    "held": "보류",
    "ended": "종료",
    "missed": "부재",
    "completed": "통화 완료",
    "abandoned": "고객 종료",
    "no_answer": "응답 없음",
    "declined": "거절",
    "busy": "통화 중(상대)",
    "answered_elsewhere": "다른 담당자 응답",
    "transferred": "호 전환",
    "not_reachable": "연결 불가",
    "lost": "확인 안 됨",
    # Of a click-to-call whose own phone was not taken: nobody else was called.
    "own_no_answer": "내 전화 안 받음",
    "own_declined": "내 전화 거절",
    "own_busy": "내 전화 통화 중",
    "own_not_reachable": "내 전화 연결 불가",
}
#: Told to whoever dialled: who did not take the call, and how.
UNANSWERED = {
    "agent no_answer": "전화기를 받지 않아 {number}에 걸지 않았습니다.",
    "agent declined": "전화기에서 거절해 {number}에 걸지 않았습니다.",
    "agent busy": "전화기가 통화 중이어서 {number}에 걸지 않았습니다.",
    "agent not_reachable": "전화기에 연결할 수 없어 {number}에 걸지 않았습니다.",
    "customer no_answer": "{number}: 고객이 받지 않았습니다.",
    "customer declined": "{number}: 고객이 거절했습니다.",
    "customer busy": "{number}: 고객이 통화 중입니다.",
    "customer not_reachable": "{number}: 연결할 수 없는 번호입니다.",
}
#: What became of an offer (spec 20), as its sender reads it.
TRANSFER_STATES = {
    "sent": "보냄",
    "seen": "확인",
    "accepted": "수락",
    "returned": "반려",
    "recalled": "회수",
}
#: What the order-line guard names (queries/order_guard.py).
GUARD_KINDS = {
    "open_ticket": "열린 접수",
    "open_claim": "진행 중인 클레임",
    "booked_pickup": "진행 중인 회수",
    "recent_ticket": "최근 완료 접수",
}
#: The types of tickets and of claims that it names, and the states of pickups.
GUARD_WORDS = {**CLAIM_TYPES, **PICKUP_STATES, **TICKET_TYPES}
CALLBACK_OUTCOMES = {"succeeded": "성공", "missed": "부재", "cancelled": "취소"}
#: Kinds of events of 고객여정, the filter above it, and what of them happened.
JOURNEY_EVENTS = {
    "order": "주문",
    "call": "통화",
    "ticket": "접수",
    "status": "처리결과",
    "transfer": "이관",
    "callback": "콜백",
    "activity": "메모·문자",
    "merge": "고객병합",
    "claim": "클레임",
}
JOURNEY_STATES = {
    "call": {"in": "수신 통화", "out": "발신 통화", "missed": "부재 통화"},
    "status": {"completed": "완료", "discarded": "폐기", "reopened": "재오픈"},
    "transfer": {
        "sent": "이관",
        "accepted": "이관 수락",
        "returned": "이관 반려",
        "recalled": "이관 회수",
    },
    "callback": {
        "promised": "콜백 예약",
        "succeeded": "콜백 성공",
        "missed": "콜백 부재",
        "cancelled": "콜백 취소",
    },
    "activity": {
        "note": "메모",
        "sms": "SMS",
        "take_over": "인수",
        "reopen": "재오픈사유",
        "call": "통화",
    },
    "order": {"ordered": "주문", "paid": "결제", "shipped": "발송", "delivered": "배송완료"},
    "merge": {"merged": "고객 병합", "undone": "병합 취소"},
    "claim": CLAIM_EVENTS,
}
WEEKDAYS = {
    "mon": "월",
    "tue": "화",
    "wed": "수",
    "thu": "목",
    "fri": "금",
    "sat": "토",
    "sun": "일",
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
    **DATABASE_ERRORS,
    "not_allowed": "이 작업을 할 권한이 없습니다.",
    "cancelled": "중지했습니다.",
    "journal_full": "이 PC의 디스크가 가득 차 쓰는 내용을 보관하지 못합니다. 자리를 비우십시오.",
    "journal_unwritable": "쓰는 내용을 이 PC에 보관하지 못합니다. 저장을 서두르십시오.",
    "journal_too_long": "내용이 너무 길어 이 PC에 보관하지 못합니다.",
    "journal_unreadable": "이전 작업 {count}건을 읽을 수 없어 따로 두었습니다.",
    "folder_unusable": "폴더를 쓸 수 없습니다: {folder} ({reason})",
    # settings
    "settings_unreadable": "설정 파일을 읽을 수 없습니다: {file} ({reason})",
    "settings_not_utf8": "설정 파일이 UTF-8이 아닙니다: {file}",
    "settings_not_toml": "설정 파일의 형식이 맞지 않습니다: {file} ({reason})",
    "settings_unknown_key": "모르는 설정입니다: {key} ({file})",
    "settings_bad_value": "설정 값이 맞지 않습니다: {key} ({file}, {reason})",
    # telephone
    "extension_unknown": "모르는 내선입니다: {extension}",
    "recording_unreadable": "녹화 파일을 읽을 수 없습니다: {file} ({reason})",
    "recording_unknown": "PBX 녹화 파일이 아닙니다: {file} ({reason})",
    "vendor_unknown": "모르는 PBX 종류입니다: {vendor} ({link})",
    **LINE_ERRORS,
    "gateway_broken": "게이트웨이가 오류로 멈췄습니다. 로그(gateway.log)를 확인하십시오.",
    "spool_unusable": "게이트웨이의 대기 파일을 쓸 수 없습니다: {file} ({reason})",
    "secret_file": "PBX 비밀번호 파일을 쓸 수 없습니다: {link} ({reason})",
    "secret_file_mode": "남도 읽을 수 있는 비밀번호 파일입니다({mode}). chmod 600 {file} ({link})",
    "secret_missing": "PBX 비밀번호가 없습니다. ets gateway secret set {link} 으로 넣으십시오.",
    "secret_not_wanted": "비밀번호를 쓰지 않는 연결입니다: {link} ({vendor})",
    "key_store_refused": "키 저장소를 쓸 수 없습니다. {link}의 {option}에 파일을 적으십시오.",
    "link_cannot": "이 연결로는 할 수 없는 일입니다: {link} ({vendor})",
    "not_a_number": "전화번호가 아닙니다.",
    "sms_empty": "문자 내용을 입력하십시오.",
    "sms_too_long": "문자는 {most}바이트까지입니다(지금 {bytes}바이트).",
    "sms_unsendable": "문자로 보낼 수 없는 글자입니다: {character}",
    "sms_recipients": "받는 사람은 1명에서 {most}명까지입니다.",
    "link_unknown": "설정에 없는 연결입니다: {link}",
    "cannot_dial": "이 PBX 연결로는 전화를 걸 수 없습니다: {link}",
    "dial_unanswered": "전화 시스템이 응답하지 않아 전화를 걸지 못했습니다.",
    "no_extension": "내선이 없는 아이디로는 전화를 걸 수 없습니다.",
    "no_such_call": "없는 통화입니다.",
    "call_of_closed_ticket": "완료·폐기된 접수 {number}의 통화입니다. 관리자만 고객을 바꿉니다.",
    # the embedded database and the schema
    "embedded_missing": "내장 데이터베이스 프로그램이 없습니다: {package}",
    "embedded_other_version": "데이터가 다른 PostgreSQL 버전의 것입니다: {found} ({expected} 필요)",
    "embedded_password_lost": "내장 데이터베이스의 비밀번호 파일이 없습니다: {file}",
    "embedded_password_refused": "내장 데이터베이스가 비밀번호를 받아들이지 않습니다.",
    "embedded_initdb_failed": "내장 데이터베이스를 만들지 못했습니다: {said}",
    "embedded_start_failed": "내장 데이터베이스를 시작하지 못했습니다. 기록: {log}",
    "embedded_not_answering": "내장 데이터베이스가 응답하지 않습니다. 기록: {log}",
    "embedded_blind_to_hangul": "내장 데이터베이스가 한글을 찾지 못하는 설정입니다.",
    "embedded_not_yours": "다른 사용자의 데이터 폴더입니다: {folder}",
    "embedded_io": "데이터 폴더를 쓸 수 없습니다: {folder} ({reason})",
    "embedded_needs_proc": "/proc을 읽을 수 없어 내장 데이터베이스를 지킬 수 없습니다.",
    "embedded_no_account": "데이터베이스용 계정을 만들지 못했습니다: {command}",
    "demo_extension_taken": "내선 {extension}을 쓰는 상담원이 이미 있어 연습 데이터를 넣지"
    " 않았습니다. 빈 데이터베이스에 넣으십시오.",
    "demo_exists": "이미 데이터가 있어 연습 데이터를 넣지 않았습니다.",
    # order exports
    "file_missing": "파일이 없습니다.",
    "file_empty": "파일이 비어 있습니다.",
    "file_unreadable": "파일을 읽을 수 없습니다. 다른 프로그램에서 열려 있는지 확인하십시오.",
    "file_damaged": "파일이 손상되었습니다. 다시 내려받으십시오.",
    "file_locked": "파일에 암호가 걸려 있습니다.",
    "file_too_big": "파일이 너무 큽니다: {megabytes}MB (최대 {limit}MB)",
    "file_not_an_export": "판매처의 주문 파일이 아닙니다.",
    "sheet_too_large": "표가 너무 큽니다.",
    "zip_bomb": "풀면 지나치게 커지는 파일이라 열지 않았습니다.",
    "xml_entities": "안전하지 않은 XML이 들어 있어 열지 않았습니다.",
    "encoding_unknown": "글자 인코딩을 알 수 없습니다. UTF-8이나 CP949로 저장하십시오.",
    "password_needed": "암호가 필요한 파일입니다.",
    "password_wrong": "파일의 암호가 맞지 않습니다.",
    "column_missing": "필요한 열이 없습니다: {column} ({channel})",
    "orders_on_two_sheets": "두 시트에 주문이 있습니다: {one}, {other}",
    # lists as workbooks
    "export_needs_reason": "사유를 두 글자 이상 입력하십시오.",
    "export_needs_file": "파일 이름을 입력하십시오.",
    "export_bad_name": "파일 이름에 쓸 수 없는 글자나 이름입니다.",
    "export_name_too_long": "파일 이름이 너무 깁니다.",
    "export_no_folder": "없는 폴더입니다.",
    "export_not_permitted": "이 폴더에 쓸 권한이 없습니다. 다른 폴더를 고르십시오.",
    "export_disk_full": "디스크에 남은 공간이 없습니다. 다른 곳에 저장하십시오.",
    "export_file_exists": "이미 있는 파일입니다. 다른 이름을 쓰십시오.",
    "export_not_writable": "파일을 쓸 수 없습니다: {reason}",
    # agents, orders, customers
    "no_agent_for_login": "이 아이디의 담당자가 등록되어 있지 않습니다.",
    "search_needs_condition": "조회 조건을 하나 이상 입력하십시오.",
    "search_phone_unreadable": "전화번호로 읽을 수 없습니다. 끝 4자리도 됩니다.",
    "search_text_too_short": "{letters}글자 이상인 낱말을 입력하십시오.",
    "no_such_order": "없는 주문입니다.",
    "no_such_customer": "없는 고객입니다.",
    "order_of_other_customer": "다른 고객의 주문입니다.",
    "stale_customer": "다른 담당자가 이 고객을 먼저 고쳤습니다. 바뀐 내용을 확인하십시오.",
    "needs_name": "고객명을 입력하십시오.",
    "name_too_long": "고객명은 {limit}자까지입니다.",
    "needs_flagged_reason": "사유를 입력하십시오.",
    "no_phone_number": "전화번호가 아닙니다.",
    "needs_address": "주소를 입력하십시오.",
    "no_amount": "숫자로 입력하십시오.",
    "text_too_long": "{limit}자까지입니다.",
    "merge_with_itself": "같은 고객끼리는 병합할 수 없습니다.",
    "customer_merged": "이미 다른 고객에게 병합된 고객입니다.",
    "later_merge_first": "나중에 한 병합을 먼저 취소하십시오.",
    "no_such_merge": "없는 병합입니다.",
    "merge_undone": "이미 취소한 병합입니다.",
    **TICKET_ERRORS,
    **APPROVAL_ERRORS,
    # the calendar of the house
    "needs_holiday_name": "휴일의 이름을 입력하십시오.",
    "holiday_name_too_long": "휴일의 이름은 {limit}자까지입니다.",
    **HOUSE_ERRORS,
    **CLAIM_ERRORS,
    **ERP_ERRORS,
    **COURIER_ERRORS,
    **RIGHTS_ERRORS,
    **SESSION_ERRORS,
}


def word(table: Mapping[str, str], code: str | None) -> str:
    """The word of `code`; empty for None, the code itself if a newer program wrote it."""
    return "" if code is None else translated(table.get(code, code), code)


def error_text(error: EtsError) -> str:
    """The sentence of a known error, with the way out; a code without one shows itself."""
    sentence = ERRORS.get(error.code)
    if sentence is None:
        return translated("처리할 수 없습니다. ({error})").format(error=error)
    return filled(translated(sentence, error.code), error.details)


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
    """`noun` with 을/를, 이/가, 은/는, 과/와, 으로/로 as its last sound asks: ("김정민", "을").

    The noun alone in a language without particles.
    """
    if spoken() != KOREAN:
        return noun
    # Imported here: half of tossi's import time belongs to no start (spec 90).
    import tossi

    return str(tossi.postfix(noun, particle))
