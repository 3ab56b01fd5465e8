"""Korean words for the way to the ERP and back; no Qt here, as in labels.py."""

DELIVERY_STATES = {"waiting": "전송대기", "sent": "전송완료", "failed": "실패"}

ERP_ERRORS = {
    "erp_not_set": "ERP로 보낼 곳이 설정에 없습니다. settings.toml의 [erp.push]를 채우십시오.",
    "erp_option": "ERP 설정이 맞지 않습니다: {name}, {option} ({expected})",
    "erp_secret_file": "ERP 설정의 비밀 파일을 읽을 수 없습니다: {name}, {option}",
    "erp_secret_mode": "ERP 비밀 파일은 소유자만 읽을 수 있어야 합니다(0600): {name}, {option}",
    "erp_unreachable": "ERP에 연결할 수 없습니다. 다시 보냅니다.",
    "erp_silent": "ERP가 시간 안에 답하지 않았습니다. 다시 보냅니다.",
    "erp_busy": "ERP가 지금 처리하지 못합니다. 다시 보냅니다.",
    "erp_refused": "ERP가 받지 않았습니다. 내용을 확인한 뒤 다시 보내십시오.",
    "erp_folder": "ERP로 보낼 폴더에 쓸 수 없습니다. 다시 씁니다.",
}
