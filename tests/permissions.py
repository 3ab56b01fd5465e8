"""Prints the table of permissions as docs/permissions.md: `python -m tests.permissions`.

The words are here: codes are the program's, Korean is for whoever reads the document.
"""

from pathlib import Path

from ets_desktop.domain.permissions import ALL, ROLES, has, line_of
from ets_desktop.domain.permissions.actions import ACTIONS, FUNCTIONS
from ets_desktop.domain.permissions.tables import TABLES

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "permissions.md"
ROLE_WORDS = {
    "agent": "상담원",
    "supervisor": "관리자",
    "admin": "시스템 관리자",
    "technician": "기사",
    "warehouse": "물류",
    "gateway": "게이트웨이",
    "erp": "ERP",
}
KINDS = {"read": "읽기", "add": "추가", "change": "변경"}
TABLE_WORDS = {
    "abusive_call": "폭언 통화",
    "access_log": "접속기록",
    "activity": "접촉",
    "agent": "상담원",
    "agent_state_change": "상담상태의 변경",
    "alembic_version": "스키마의 판",
    "approval": "승인 요청",
    "approval_history": "승인 이력",
    "ars_session": "ARS 이력",
    "call": "통화",
    "call_event": "통화의 사건",
    "call_leg": "통화의 내선",
    "call_tie": "통화 고객의 변경",
    "callback": "콜백",
    "claim": "클레임",
    "claim_history": "클레임 이력",
    "claim_line": "클레임 상품",
    "customer": "고객",
    "customer_address": "고객의 다른 주소",
    "customer_history": "고객 이력",
    "customer_merge": "고객 병합",
    "customer_phone": "고객의 전화번호",
    "desk": "앉은 자리",
    "desk_session": "화면의 로그인",
    "dial_request": "발신 요청",
    "draft": "임시저장",
    "duty_watch": "상담상태의 순번",
    "erp_source": "ERP를 읽은 자리",
    "exchange_line": "교환 상품",
    "export_alert": "내보내기 알림",
    "gateway_link": "전화 연결의 상태",
    "holiday": "가게의 휴일",
    "import_run": "주문 가져오기",
    "logistics_instruction": "물류지시",
    "missed_call": "부재 고객",
    "order_line": "주문 상품",
    "person_name": "이름의 초성",
    "pickup": "회수 요청",
    "pickup_event": "회수의 경과",
    "product": "상품",
    "public_holiday": "공휴일",
    "refund_account": "환불계좌(암호)",
    "rights_change": "권한 변경 기록",
    "sales_channel": "판매처",
    "sales_order": "주문",
    "save_receipt": "저장의 영수증",
    "setting": "가게의 설정",
    "setting_change": "설정 변경 기록",
    "statistics_call_part": "통계: 통화의 하루",
    "statistics_day": "통계: 모아 둔 날",
    "statistics_mark": "통계: 바뀐 날",
    "statistics_part": "통계: 접수의 하루",
    "task_offer": "배정",
    "team": "팀",
    "template": "상용구",
    "ticket": "접수",
    "ticket_category": "세부유형",
    "ticket_day": "접수번호의 순번",
    "ticket_history": "접수 이력",
    "ticket_presence": "열어 둔 접수",
    "transfer": "이관",
    "unmatched_return": "미확인 반품",
}
ACTION_WORDS = {
    "ticket.receive": "접수를 만든다",
    "ticket.receive_for_another": "다른 사람의 이름으로 접수한다",
    "ticket.save": "열린 접수를 고친다",
    "ticket.change_creator": "접수한 사람을 바꾼다",
    "ticket.change_times": "접수한 시각을 바꾼다",
    "ticket.change_number": "접수번호를 바꾼다",
    "ticket.skip_a_version": "판 번호를 고른다",
    "ticket.complete": "접수를 완료한다",
    "ticket.complete_for_another": "다른 사람, 다른 시각으로 완료한다",
    "ticket.change_completed": "완료된 접수를 고친다",
    "ticket.give_priority": "접수의 우선순위를 바꾼다",
    "ticket.reopen": "완료된 접수를 다시 연다",
    "ticket.delete": "접수를 지운다",
    "ticket.read_history": "접수의 이력을 본다",
    "ticket.write_history": "접수의 이력을 쓴다",
    "ticket.rewrite_history": "접수의 이력을 고친다",
    "ticket.delete_history": "접수의 이력을 지운다",
    "ticket.note": "접촉을 남긴다",
    "ticket.note_for_another": "다른 사람의 이름으로 접촉을 남긴다",
    "draft.keep": "임시저장한다",
    "draft.read_anothers": "다른 사람의 임시저장을 본다",
    "draft.change_anothers": "다른 사람의 임시저장을 고친다",
    "draft.delete_anothers": "다른 사람의 임시저장을 지운다",
    "draft.give_away": "다른 사람의 것으로 임시저장한다",
    "transfer.offer": "이관한다",
    "transfer.offer_for_another": "다른 사람의 이름으로 이관한다",
    "transfer.accept": "받은 이관을 수락한다",
    "transfer.return_anothers": "남이 받은 이관을 반려한다",
    "transfer.unsettle": "끝난 이관을 되돌린다",
    "transfer.rewrite": "이관을 보낸 사람을 바꾼다",
    "callback.promise": "콜백을 약속한다",
    "callback.settle": "콜백을 끝낸다",
    "callback.change_settled": "끝난 콜백을 고친다",
    "callback.remind_of_anothers": "남의 콜백을 알렸다고 적는다",
    "customer.change": "고객을 고친다",
    "customer.delete": "고객을 지운다",
    "customer.merge": "고객을 병합한다",
    "customer.rewrite_history": "고객의 이력을 고친다",
    "customer.find_by_number": "번호의 고객을 찾는다",
    "customer.read_numbers": "고객의 번호를 본다",
    "order.import": "주문을 가져온다",
    "order.delete": "주문을 지운다",
    "claim.open": "클레임을 요청한다",
    "claim.accept": "클레임을 다음 단계로 옮긴다",
    "claim.skip_steps": "클레임의 단계를 건너뛴다",
    "claim.change_origin": "클레임을 요청한 사람을 바꾼다",
    "claim.rewrite_history": "클레임의 이력을 고친다",
    "claim.seal_account": "환불계좌를 암호로 적는다",
    "claim.read_sealed_account": "환불계좌의 암호문을 읽는다",
    "claim.instruct_logistics": "물류지시를 낸다",
    "claim.change_instruction": "낸 물류지시를 고친다",
    "claim.retry_instruction": "물류지시를 다시 보낸다",
    "approval.ask": "승인을 요청한다",
    "approval.ask_for_another": "다른 사람의 이름으로 승인을 요청한다",
    "approval.answer": "승인하거나 반려한다",
    "approval.answer_own": "자기 요청을 승인한다",
    "approval.withdraw": "자기 요청을 취소한다",
    "approval.withdraw_anothers": "남의 요청을 취소한다",
    "approval.change_answer": "끝난 답을 바꾼다",
    "approval.change_what_was_asked": "요청한 내용을 바꾼다",
    "approval.read_anothers_export": "남의 내보내기 요청을 본다",
    "approval.rewrite_history": "승인 이력을 고친다",
    "approval.refund_without": "승인 없이 큰 환불을 처분한다",
    "approval.instruct_refund_without": "승인 없이 큰 환불을 지시한다",
    "approval.export_without": "승인 없이 많은 사람을 내보낸다",
    "ars.record": "ARS 이력을 적는다",
    "ars.delete": "ARS 이력을 지운다",
    "call.record": "통화를 적는다",
    "call.rewrite_event": "통화의 사건을 고친다",
    "call.tie_customer": "통화의 고객을 바꾼다",
    "call.dial": "자기 전화로 건다",
    "call.dial_from_anothers": "남의 전화로 건다",
    "call.read_anothers_dialling": "남이 건 번호를 본다",
    "state.choose": "자기 상담상태를 고른다",
    "state.follow_telephone": "전화 시스템이 말한 상담상태로 바꾼다",
    "state.force_anothers": "사유를 적고 남의 상담상태를 바꾼다",
    "state.force_without_reason": "사유 없이 남의 상담상태를 바꾼다",
    "state.force_by_choosing": "남의 상담상태를 자기 것처럼 고른다",
    "state.write": "상담상태를 표에 바로 쓴다",
    "state.read_anothers_changes": "남의 상담상태 기록을 본다",
    "desk.sit_down": "자리에 앉는다",
    "desk.sit_down_for_another": "남의 이름으로 자리에 앉는다",
    "desk.log_another_off": "사유를 적고 남을 로그아웃시킨다",
    "desk.log_off_without_reason": "사유 없이 남을 로그아웃시킨다",
    "access_log.write": "접속기록을 남긴다",
    "access_log.write_for_another": "남의 이름으로 접속기록을 남긴다",
    "access_log.read": "접속기록을 본다",
    "access_log.rewrite": "접속기록을 고친다",
    "access_log.delete": "접속기록을 지운다",
    "access_log.empty": "접속기록을 비운다",
    "rights_log.read": "권한 변경 기록을 본다",
    "rights_log.write": "권한 변경 기록을 바로 쓴다",
    "rights_log.rewrite": "권한 변경 기록을 고친다",
    "rights_log.delete": "권한 변경 기록을 지운다",
    "setting_log.read": "설정 변경 기록을 본다",
    "setting_log.write": "설정 변경 기록을 바로 쓴다",
    "setting_log.rewrite": "설정 변경 기록을 고친다",
    "setting_log.delete": "설정 변경 기록을 지운다",
    "trails.forget": "기한이 지난 영수증을 잊는다",
    "login.add": "로그인을 만든다",
    "login.change_role": "역할을 바꾼다",
    "login.change_extension": "내선을 바꾼다",
    "login.set_anothers_password": "남의 비밀번호를 정한다",
    "login.set_own_password": "자기 비밀번호를 바꾼다",
    "login.disable": "로그인을 중지한다",
    "login.disable_with_open_work": "할 일이 남은 사람의 로그인을 중지한다",
    "login.end_sessions": "중지한 사람의 접속을 끊는다",
    "login.make_first_admin": "첫 관리자를 만든다",
    "login.write_role": "역할을 표에 바로 쓴다",
    "login.create": "PostgreSQL 역할을 만든다",
    "login.grant_group": "자기를 다른 그룹에 넣는다",
    "login.become_owner": "소유자가 된다",
    "agent.rename": "상담원의 이름을 고친다",
    "agent.change_team": "상담원의 팀을 바꾼다",
    "team.add": "팀을 만든다",
    "team.rename": "팀의 이름을 고친다",
    "team.close": "팀을 사용중지한다",
    "team.close_with_open_work": "할 일이나 팀원이 남은 팀을 사용중지한다",
    "ticket.give_to_closed_team": "사용중지한 팀에 접수를 준다",
    "setting.change": "가게의 설정을 바꾼다",
    "setting.change_due_days": "기본 처리기한을 바꾼다",
    "holiday.change": "휴일을 정한다",
    "category.change": "세부유형을 고친다",
    "template.change": "상용구를 고친다",
    "schema.create": "표를 만든다",
    "schema.disable_guard": "트리거를 끈다",
    "schema.skip_guards": "트리거를 건너뛴다",
    "server.read_file": "서버의 파일을 읽는다",
    "server.run_program": "서버에서 프로그램을 돌린다",
    "server.end_anothers_session": "남의 접속을 끊는다",
}
_INTRODUCTION = """# 권한표

`python -m tests.permissions`가 `ets_desktop/domain/permissions`에서 만든 문서입니다. 손으로 고치지
마십시오. `tests/db/test_permissions.py`가 칸마다 그 역할의 로그인으로, 프로그램을 거치지 않고 해
봅니다. `ets doctor`와 `ets server init`은 쓰고 있는 데이터베이스를 이 표와 견줍니다.

관리자는 상담원의, 시스템 관리자는 관리자의 권한을 모두 가집니다. 스키마 소유자와 슈퍼유저는 표에
없습니다.
"""


def document() -> str:
    """The whole of docs/permissions.md."""
    parts = (
        _INTRODUCTION,
        "## 하는 일\n\n✓ 됩니다, — 데이터베이스가 거절합니다.\n",
        *_grid("일", ((ACTION_WORDS[code], code, roles) for code, roles in ACTIONS.items())),
        "\n## 함수\n",
        *_grid("함수", ((None, name, roles) for name, roles in FUNCTIONS.items())),
        "\n트리거의 함수는 아무도 부르지 못합니다.\n",
        "\n## 표\n\n열이 적혀 있으면 그 열만, ●이면 모든 열입니다."
        " 비우기(TRUNCATE)는 아무도 못 합니다.\n",
        *_tables(),
    )
    return "\n".join(parts) + "\n"


def _grid(title: str, rows: object) -> list[str]:
    lines = [
        f"| {title} | {' | '.join(ROLE_WORDS.values())} |",
        "|---" * (len(ROLES) + 1) + "|",
    ]
    for word, code, roles in rows:  # type: ignore[attr-defined]
        cells = ["✓" if has(role, roles) else "—" for role in ROLES]
        name = f"`{code}`" if word is None else f"{word} `{code}`"
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _tables() -> list[str]:
    lines = ["| 표 | 역할 | 읽기 | 추가 | 변경 | 삭제 |", "|---|---|---|---|---|---|"]
    for table in TABLES:
        named = f"{TABLE_WORDS[table]} `{table}`"
        rows = [(role, cells) for role in ROLES if (cells := _cells(role, table)) is not None]
        if not rows:
            lines.append(f"| {named} | 아무도 | — | — | — | — |")
        for role, cells in rows:
            lines.append(f"| {named} | {ROLE_WORDS[role]} | {' | '.join(cells)} |")
    return lines


def _cells(role: str, table: str) -> list[str] | None:
    """What the role may do, inherited rights and all; None where that is nothing."""
    rights = [TABLES[table][one] for one in line_of(role) if one in TABLES[table]]
    if not rights:
        return None
    cells = []
    for kind in KINDS:
        columns = [name for one in rights for name in getattr(one, kind).split()]
        listed = ", ".join(dict.fromkeys(columns))
        cells.append("●" if ALL in columns else listed or "—")
    return [*cells, "●" if any(one.remove for one in rights) else "—"]


def main() -> None:
    DOCUMENT.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
