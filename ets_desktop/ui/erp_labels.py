"""Korean words for the way to the ERP and back; no Qt here, as in labels.py."""

#: What the import found doubtful about an order.
ORDER_MARKS = {
    "no_phone": "연락처 없음",
    "no_address": "주소 없음",
    "sum_differs": "금액 불일치",
    "flagged_customer": "주의고객",
}

ERP_ERRORS = {
    "no_rows": "내용이 없는 시트입니다.",
    "erp_not_set": "ERP로 보낼 곳이 설정에 없습니다. settings.toml의 [erp.push]를 채우십시오.",
    "erp_option": "ERP 설정이 맞지 않습니다: {name}, {option} ({expected})",
    "erp_secret_file": "ERP 설정의 비밀 파일을 읽을 수 없습니다: {name}, {option}",
    "erp_secret_mode": "ERP 비밀 파일은 소유자만 읽을 수 있어야 합니다(0600): {name}, {option}",
    "erp_unreachable": "ERP에 연결할 수 없습니다. 다시 보냅니다.",
    "erp_silent": "ERP가 시간 안에 답하지 않았습니다. 다시 보냅니다.",
    "erp_busy": "ERP가 지금 처리하지 못합니다. 다시 보냅니다.",
    "erp_refused": "ERP가 받지 않았습니다. 내용을 확인한 뒤 다시 보내십시오.",
    "erp_source_not_set": "주문을 가져올 곳이 설정에 없습니다. [[erp.pull]]을 채우십시오.",
    "erp_source_unknown": "설정에 없는 주문 출처입니다: {name}",
    "erp_source_failed": "주문 출처에서 읽지 못했습니다: {name} ({reason})",
    "erp_watermark": "{name}: 질의에 기준 열이 없거나, 비었거나, 그 순서로 정렬되지 않았습니다.",
    "erp_folder": "ERP로 보낼 폴더에 쓸 수 없습니다. 다시 씁니다.",
}
