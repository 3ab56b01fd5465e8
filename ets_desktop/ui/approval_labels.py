"""Korean words for 승인; no Qt here: the CLI reads the sentences too."""

APPROVAL_KINDS = {"reopen": "재오픈", "refund": "환불", "export": "내보내기"}
APPROVAL_STATES = {
    "pending": "대기",
    "approved": "승인",
    "refused": "반려",
    "withdrawn": "취소",
    "expired": "만료",
}
APPROVAL_ERRORS = {
    "no_such_approval": "없는 승인 요청입니다.",
    "approval_answered": "이미 처리되었거나 취소된 요청입니다.",
    "approval_own": "본인의 요청은 다른 관리자가 처리합니다.",
    "approval_pending": "다른 담당자가 이미 승인을 요청했습니다.",
    "approval_not_needed": "승인이 필요한 금액이 아닙니다.",
    "only_supervisor_answers": "승인과 반려는 관리자만 할 수 있습니다.",
    "refund_needs_approval": "관리자의 승인이 필요한 금액입니다. 환불 승인을 요청하십시오.",
    "export_needs_approval": "관리자의 승인이 필요한 내보내기입니다. 승인을 요청하십시오.",
}
