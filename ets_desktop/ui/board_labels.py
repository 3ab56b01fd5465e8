"""Korean words of 현황판 for the codes of domain/board, and a mark for each 상담상태."""

#: An open ticket's age (domain/board.AgeBucket).
AGES = {
    "hour": "1시간 이내",
    "four_hours": "4시간 이내",
    "today": "오늘",
    "yesterday": "어제",
    "three_days": "2~3일 전",
    "week": "4~7일 전",
    "older": "7일 초과",
}
#: Which tickets a number counts (TicketKind).
COUNTED_TICKETS = {
    "open": "미완료",
    "overdue": "지연",
    "received": "오늘 접수",
    "completed": "오늘 완료",
    "waiting": "이관 대기",
    "late": "이관 지연",
}
#: Which calls a number counts (CallKind).
COUNTED_CALLS = {
    "received": "오늘 통화",
    "answered": "응답",
    "abandoned": "포기",
    "ringing": "울리는 통화",
    "talked": "통화",
    "missed": "부재",
}
#: A shape beside the word, so that states are told apart at a glance and without colour; in the
#: order in which the board lists them.
STATE_MARKS = {
    "on_call": "●",
    "wrap_up": "◐",
    "ready": "○",
    "not_ready": "△",
    "rest": "□",
    "meal": "■",
    "training": "◇",
    "protected_rest": "◆",
    "logged_out": "×",
}
