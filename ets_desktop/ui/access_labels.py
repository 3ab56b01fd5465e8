"""Korean words for the access log, and for why nobody is logged in; no Qt here."""

#: `LogAccess.action` → what was done.
ACCESS_ACTIONS = {
    "login": "로그인",
    "logout": "로그아웃",
    "force_state": "상담상태 강제 변경",
    "log_off": "강제 로그아웃",
    "find_customers": "고객 찾기",
    "find_alike": "같은 고객 찾기",
    "show_customer": "고객 보기",
    "show_caller": "발신 고객 보기",
    "show_order": "주문 보기",
    "reveal_order": "가린 주문정보 보기",
    "request_pickup": "택배회수요청",
    "order_pickup": "회수지시",
    "search_orders": "통합주문검색",
    "search_tickets": "전체상담이력 조회",
    "search_claims": "반품·교환 조회",
    "search_pickups": "택배회수이력 조회",
    "search_access": "접속기록 조회",
    "reveal_access": "접속기록 조건 보기",
    "access_report": "접속기록 월간 보고",
    "export": "엑셀 저장",
    "show_refund_account": "환불계좌 보기",
    "backup": "백업",
    "export_customer": "고객정보 열람 제공",
    "erase_customer": "고객정보 파기",
    "retention": "보관기간 지난 정보 파기",
}
#: The keys of `LogAccess.condition`.
ACCESS_CONDITIONS = {
    "typed": "입력",
    "anything": "통합검색",
    "date_from": "시작일",
    "date_to": "종료일",
    "date_kind": "기간 기준",
    "channel_code": "판매처",
    "order_no": "주문번호",
    "orderer": "주문자",
    "recipient": "수취인",
    "customer": "고객",
    "phone": "전화번호",
    "product": "상품",
    "tracking_no": "송장번호",
    "waybill": "송장번호",
    "order_status": "주문상태",
    "address": "주소",
    "content": "내용",
    "tag": "태그",
    "status": "상태",
    "state": "상태",
    "agent_state": "상담상태",
    "ticket_type": "접수유형",
    "assignee_id": "담당자",
    "assignee_team_id": "담당팀",
    "courier": "택배사",
    "types": "유형",
    "step": "단계",
    "held": "보류",
    "open_only": "진행 중만",
    "who": "담당자",
    "action": "작업",
    "kind": "구분",
    "subject": "대상",
    "words": "조건",
    "reason": "사유",
    "columns": "열",
    "conditions": "조건",
    "why": "이유",
    "month": "월",
    "approval": "승인번호",
}
#: A condition that was chosen or not.
CHOICES = {"True": "예", "False": "아니요"}
#: The first half of `LogAccess.subject`.
ACCESS_SUBJECTS = {
    "customer": "고객",
    "order": "주문",
    "claim": "클레임",
    "list": "목록",
    "access": "접속기록",
    "database": "데이터베이스",
    "agent": "상담원",
}
#: Why a session ended (desk_session.why, access log of logout).
SESSION_ENDS = {
    "left": "종료",
    "idle": "무입력",
    "second_login": "다른 곳에서 로그인",
    "disabled": "계정 중지",
    "logged_off": "관리자가 로그아웃",
}
#: Refused logins, and sessions that are over (`session_` and why).
SESSION_ERRORS = {
    "account_disabled": "계정이 중지되었습니다. 관리자에게 문의하십시오.",
    "login_locked": "비밀번호를 {times}번 틀렸습니다. {minutes}분 뒤 다시 로그인하십시오.",
    "session_disabled": "계정이 중지되었습니다. 쓰던 내용은 이 PC에 보관했습니다.",
    "session_refused": "비밀번호가 바뀌었습니다. 다시 로그인하십시오."
    " 쓰던 내용은 이 PC에 보관했습니다.",
    "session_second_login": "같은 아이디로 다른 곳에서 로그인했습니다."
    " 쓰던 내용은 이 PC에 보관했습니다.",
    "session_logged_off": "관리자가 로그아웃했습니다. 쓰던 내용은 이 PC에 보관했습니다.",
    "session_idle": "오래 입력이 없어 로그아웃했습니다. 쓰던 내용은 이 PC에 보관했습니다.",
}
