"""Korean sentences for what is refused about logins and rights; no Qt here, as in labels.py."""

#: rights_change.change → what was changed.
RIGHTS_CHANGES = {
    "added": "추가",
    "role": "역할",
    "extension": "내선",
    "team": "팀",
    "name": "이름",
    "login": "아이디",
    "password": "비밀번호",
    "disabled": "사용중지",
    "enabled": "다시 사용",
    "sessions_ended": "접속 종료",
}
RIGHTS_ERRORS = {
    "role_unknown": "없는 역할입니다.",
    "login_name_refused": "아이디는 영문 소문자로 시작하고 영문 소문자, 숫자, 점, -, _만 씁니다"
    "(63자까지).",
    "login_not_ours": "PostgreSQL의 다른 용도로 쓰는 로그인이라 바꿀 수 없습니다.",
    "verifier_refused": "비밀번호를 안전하게 바꾸어 보내지 못했습니다.",
    "last_admin": "시스템 관리자가 한 명은 있어야 합니다. 다른 관리자를 먼저 정하십시오.",
    "login_taken": "이미 있는 아이디입니다.",
    "admin_exists": "시스템 관리자가 이미 있습니다. 그 관리자로 ets agents add를 쓰십시오.",
    "agent_unknown": "없는 아이디입니다.",
    "login_disabled": "사용이 중지된 아이디입니다. 먼저 다시 사용하게 하십시오.",
    "login_not_disabled": "사용 중인 아이디의 접속은 끊지 않습니다.",
    "extension_taken": "다른 상담원이 쓰는 내선입니다.",
    "extension_refused": "내선은 숫자 2~8자리입니다.",
    "team_unknown": "없는 팀입니다.",
    "needs_agent_name": "이름이 필요합니다({limit}자까지).",
    "server_needs_address": "중앙 서버의 주소가 필요합니다. ETS_DATABASE_URL에"
    " postgresql://소유자@서버/데이터베이스?sslmode=verify-full을 정하십시오.",
    "server_needs_owner": "주소에 소유자와 데이터베이스의 이름이 있어야 합니다"
    "(postgresql://소유자@서버/데이터베이스).",
    "server_needs_superuser": "{login}은(는) PostgreSQL 슈퍼유저가 아닙니다. --superuser로"
    " 정하십시오.",
    "server_tls_failed": "서버의 인증서를 확인하지 못했습니다: {reason}",
    "server_no_hangul": "서버에 한글을 아는 문자 종류(LC_CTYPE)가 없습니다."
    " C.UTF-8을 설치하십시오.",
    "needs_team_name": "팀의 이름이 필요합니다({limit}자까지).",
    "work_left": "할 일이 남은 담당자입니다. 다른 담당자에게 먼저 넘기십시오.",
    "receiver_is_leaver": "중지하는 담당자에게는 넘길 수 없습니다.",
    "nobody_present": "지금 자리에 있는 담당자가 없습니다. 받을 담당자를 고르십시오.",
    "team_has_work": "이관이나 부재 고객이 남은 팀입니다. 먼저 처리하거나 옮기십시오.",
    "team_has_members": "팀원이 있는 팀입니다. 먼저 팀원을 다른 팀으로 옮기십시오.",
    "team_taken": "이미 있는 팀의 이름입니다.",
    "record_gone": "이미 지워진 항목입니다.",
    "record_changed": "다른 사람이 먼저 바꾼 항목입니다. 불러온 뒤 다시 고치십시오.",
    "team_closed": "사용이 중지된 팀입니다.",
    "passwords_differ": "두 번 입력한 비밀번호가 다릅니다.",
    "password_weak": "비밀번호는 두 종류 이상의 글자로 10자 이상, 또는 세 종류 이상으로"
    " 8자 이상이고 아이디가 들어가지 않아야 합니다.",
}
