"""What `ets server init` says of each thing it looked at: what is wrong, and what to do."""

from collections.abc import Mapping

from ets_desktop.cli.language import say

#: code → Korean, English.
_WORDS: Mapping[str, tuple[str, str]] = {
    "version": (
        "PostgreSQL {version} ({oldest} 이상이어야 합니다)",
        "PostgreSQL {version} ({oldest} or newer is needed)",
    ),
    "hba": ("pg_hba.conf: SCRAM과 TLS만 들여보냅니다", "pg_hba.conf lets in SCRAM and TLS only"),
    "hba_unreadable": (
        "pg_hba.conf {line}행을 읽을 수 없습니다. 고친 뒤 SELECT pg_reload_conf()",
        "line {line} of pg_hba.conf cannot be read; mend it, then SELECT pg_reload_conf()",
    ),
    "hba_trust": (
        "pg_hba.conf {line}행이 비밀번호 없이 들여보냅니다(trust). scram-sha-256으로 바꾸십시오",
        "line {line} of pg_hba.conf lets in without a password (trust); make it scram-sha-256",
    ),
    "hba_not_scram": (
        "pg_hba.conf {line}행의 {method}을(를) scram-sha-256으로 바꾸십시오",
        "line {line} of pg_hba.conf: make {method} scram-sha-256",
    ),
    "hba_not_tls": (
        "pg_hba.conf {line}행이 암호화하지 않은 접속도 받습니다. {kind}을(를) hostssl로 바꾸십시오",
        "line {line} of pg_hba.conf takes connections without TLS; make {kind} hostssl",
    ),
    "hba_no_way_in": (
        "상담 PC가 들어올 길이 없습니다. pg_hba.conf에 더하십시오:"
        " hostssl 데이터베이스 all 사내망/24 scram-sha-256",
        "no way in for desks; add to pg_hba.conf: hostssl DATABASE all NETWORK/24 scram-sha-256",
    ),
    "tls": ("TLS: {protocol}, 서버 인증서를 확인했습니다", "TLS: {protocol}, certificate verified"),
    "tls_off": (
        "서버의 TLS가 꺼져 있습니다. ssl = on과 ssl_cert_file, ssl_key_file을 정하십시오",
        "the server speaks no TLS; set ssl = on, ssl_cert_file and ssl_key_file",
    ),
    "tls_not_verified": (
        "주소의 sslmode가 {mode}입니다. sslmode=verify-full&sslrootcert=CA파일로 바꾸십시오",
        "the address has sslmode={mode}; make it sslmode=verify-full&sslrootcert=CA-FILE",
    ),
    "tls_not_tried": (
        "소켓으로 들어와 TLS를 시험하지 못했습니다. 서버 이름이 든 주소로 다시 해 보십시오",
        "came in by a socket, so TLS is untried; try again with the server's name in the address",
    ),
    "encoding": (
        "데이터베이스의 인코딩이 {encoding}입니다. UTF8로 새로 만들어야 합니다",
        "the database is encoded in {encoding}; it must be made anew in UTF8",
    ),
    "trgm": (
        "한글 검색: pg_trgm이 한글을 찾습니다 (LC_CTYPE {ctype})",
        "Hangul search: pg_trgm finds Hangul (LC_CTYPE {ctype})",
    ),
    "trgm_missing": (
        "pg_trgm이 없습니다. 서버에 contrib 패키지(postgresql-contrib)를 설치하십시오",
        "there is no pg_trgm; install the contrib package (postgresql-contrib) on the server",
    ),
    "trgm_blind": (
        "LC_CTYPE {ctype}에서는 pg_trgm이 한글을 보지 못해 검색이 느려집니다. LC_CTYPE 'C.UTF-8'로"
        " 데이터베이스를 새로 만들어야 합니다",
        "with LC_CTYPE {ctype} pg_trgm sees no Hangul, so searches crawl; the database must be made"
        " anew with LC_CTYPE 'C.UTF-8'",
    ),
    "collate": (
        "LC_COLLATE가 {collate}입니다. 앞부분 검색에는 'C'가 빠릅니다",
        "LC_COLLATE is {collate}; searches for a beginning are quicker with 'C'",
    ),
    "settings": (
        "설정: 비밀번호는 SCRAM, 로그에 개인정보 없음",
        "settings: passwords as SCRAM, nobody's data in the log",
    ),
    "setting": (
        "{name} = {value}. 바꾸십시오: ALTER SYSTEM SET {name} = '{right}'",
        "{name} = {value}; do ALTER SYSTEM SET {name} = '{right}'",
    ),
    "memory": (
        "{name} = {value}. 이 서버에는 {right}이(가) 알맞습니다:"
        " ALTER SYSTEM SET {name} = '{right}' (다시 시작해야 바뀌는 것도 있습니다)",
        "{name} = {value}; {right} suits this machine: ALTER SYSTEM SET {name} = '{right}'"
        " (some need a restart)",
    ),
    "memory_fits": ("메모리 설정이 {memory}에 알맞습니다", "memory settings suit {memory}"),
    "memory_unknown": (
        "서버의 메모리를 알 수 없습니다. --memory로 알려 주십시오",
        "the machine does not tell its memory; say it with --memory",
    ),
    "groups": ("그룹 역할이 모두 있습니다", "all group roles are there"),
    "groups_made": ("그룹 역할을 만들었습니다: {names}", "group roles made: {names}"),
    "groups_missing": ("그룹 역할이 없습니다: {names}", "group roles are missing: {names}"),
    "owner": ("스키마 소유자 {owner}", "owner of the schema: {owner}"),
    "owner_made": ("스키마 소유자 {owner}을(를) 만들었습니다", "owner of the schema made: {owner}"),
    "owner_missing": ("스키마 소유자 {owner}이(가) 없습니다", "no owner of the schema: {owner}"),
    "owner_is_superuser": (
        "주소의 {owner}은(는) 슈퍼유저입니다. 스키마는 다른 로그인이 소유해야 합니다",
        "{owner} of the address is a superuser; another login should own the schema",
    ),
    "database": ("데이터베이스 {database}", "database {database}"),
    "database_made": (
        "데이터베이스 {database}을(를) 만들었습니다",
        "database made: {database}",
    ),
    "database_missing": ("데이터베이스 {database}이(가) 없습니다", "no database {database}"),
    "rights": ("역할의 권한이 표(docs/permissions.md)와 같습니다", "roles have their rights"),
    "rights_differ": (
        "역할의 권한이 표(docs/permissions.md)와 다릅니다: {faults}",
        "rights of roles differ from docs/permissions.md: {faults}",
    ),
    "schema_empty": (
        "아직 스키마가 없습니다. 다음: ets db upgrade, 그리고 ets agents first-admin 아이디 이름",
        "no schema yet; next: ets db upgrade, then ets agents first-admin LOGIN NAME",
    ),
}


def words_of(code: str, details: Mapping[str, object]) -> str:
    """One line in the locale's language."""
    return say(*_WORDS[code]).format(**details)
