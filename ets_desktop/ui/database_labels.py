"""Korean sentences for the database itself: its reach, its schema, its backups; no Qt here."""

DATABASE_ERRORS = {
    "database_away": "데이터베이스에 연결할 수 없습니다. 잠시 뒤 다시 시도하십시오.",
    "database_busy": "데이터베이스가 바쁩니다. 잠시 뒤 다시 시도하십시오.",
    "address_refused": "서버가 이 PC에서 오는 접속을 받지 않습니다. 관리자에게 문의하십시오"
    " (서버의 pg_hba.conf).",
    "no_screens_for_role": "이 아이디의 역할로 쓸 수 있는 화면이 아직 없습니다."
    " 관리자에게 문의하십시오.",
    "login_refused": "아이디 또는 비밀번호가 맞지 않습니다.",
    "schema_newer": "데이터베이스({current})가 이 프로그램({program})보다 새 버전이어서 쓸 수 "
    "없습니다. 프로그램을 업데이트하십시오.",
    "schema_older": "데이터베이스({current})가 이 프로그램({program})보다 이전 버전입니다. "
    "관리자가 ets db upgrade로 올려야 합니다.",
    "migration_waits": "상담 중인 작업이 끝나지 않아 스키마를 올리지 못했습니다. 한가할 때 다시 "
    "하십시오.",
    "desks_at_work": "지금 쓰는 프로그램이 더는 맞지 않게 되는 업그레이드인데 {count}명이 로그인해 "
    "있습니다. 모두 나간 뒤 다시 하거나, 바로 하려면 --now를 주십시오.",
    "backup_folder_exists": "이미 있는 폴더입니다. 새 이름을 쓰십시오: {folder}",
    "backup_unwritable": "백업을 쓸 수 없습니다: {folder} ({reason})",
    "backup_unreadable": "백업을 읽을 수 없습니다: {folder} ({reason})",
    "backup_none": "백업이 아니거나 파일이 빠졌습니다: {folder}",
    "backup_damaged": "백업이 손상되었습니다. 다른 백업을 쓰십시오: {file}",
    "backup_newer": "더 새 프로그램({program})이 만든 백업입니다. 프로그램을 업데이트하십시오.",
    "backup_nothing": "백업할 것이 없습니다. 데이터베이스가 비어 있습니다.",
    "backup_failed": "{program|이} 끝내지 못했습니다: {reason}",
    "backup_programs_missing": "{program} {version} 이상이 필요합니다. PostgreSQL 클라이언트를 "
    "설치하십시오.",
    "backup_target_not_empty": "데이터베이스 {database|이} 비어 있지 않아 복원하지 않았습니다. "
    "--into에 새 이름을 주십시오.",
    "backup_target_exists": "이미 있는 데이터베이스여서 복원하지 않았습니다. 새 이름을 "
    "주십시오: {database}",
}
