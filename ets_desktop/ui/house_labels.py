"""Korean words for what supervisors and admins set; no Qt here, as in labels.py."""

#: How an instruction to logistics stands.
OUTBOX_STATES = {"failed": "실패", "waiting": "전송대기", "sent": "전송완료"}

HOUSE_ERRORS = {
    "needs_template_title": "상용구의 제목을 입력하십시오.",
    "needs_template_body": "상용구의 내용을 입력하십시오.",
    "template_title_taken": "같은 제목의 상용구가 이미 있습니다.",
    "stale_list": "그 사이에 목록이 바뀌었습니다. 새 목록에서 다시 하십시오.",
    "needs_category_name": "세부유형의 이름을 입력하십시오.",
    "category_name_taken": "같은 이름의 세부유형이 이미 있습니다.",
    "day_marked": "이미 표시한 날입니다. 목록에서 골라 고치십시오.",
    "needs_date": "날짜를 2026-12-31처럼 입력하십시오.",
    "needs_day_kind": "휴무인지 근무인지 고르십시오.",
    "needs_number": "숫자로 입력하십시오.",
    "number_out_of_range": "{least}에서 {most} 사이로 입력하십시오.",
    "needs_clock": "시작과 끝을 09:00-18:00처럼 입력하십시오. 비우면 휴무입니다.",
    "closes_before_opening": "끝나는 시각은 시작하는 시각보다 늦어야 합니다.",
    "needs_business_day": "영업하는 요일이 하나는 있어야 합니다.",
    "too_many_sentences": "{limit}줄까지 적을 수 있습니다.",
    "sentence_too_long": "한 줄은 {limit}자까지입니다.",
}
