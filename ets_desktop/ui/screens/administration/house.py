"""처리기한, 업무 기준, 택배·메시지 of 관리: the settings of the house by what they are about."""

from types import MappingProxyType

from PySide6.QtWidgets import QPlainTextEdit

from ets_desktop.domain.house import (
    ABUSE_WARNINGS,
    ACCEPT_WITHIN,
    AGENT_TIMES,
    APPROVAL_LIMITS,
    BUSINESS_HOURS,
    CLAIM_FEES,
    DEFAULT_DUE_DAYS,
)
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.administration.settings_page import SettingsPage
from ets_desktop.ui.widgets.fields import TextField

_LINES = 8


class DueDaysPage(SettingsPage):
    NAME = "처리기한"
    HINT = "접수유형마다 완료예정일을 접수한 날에서 며칠 뒤로 둘지 정합니다(영업일)."
    LABELS = MappingProxyType(
        {
            f"{DEFAULT_DUE_DAYS}.general": "일반문의(일)",
            f"{DEFAULT_DUE_DAYS}.delivery": "배송문의(일)",
            f"{DEFAULT_DUE_DAYS}.return": "반품(일)",
            f"{DEFAULT_DUE_DAYS}.exchange": "교환(일)",
            f"{DEFAULT_DUE_DAYS}.after_service": "AS(일)",
            f"{DEFAULT_DUE_DAYS}.cancel": "취소(일)",
            f"{DEFAULT_DUE_DAYS}.complaint": "불만(일)",
            f"{DEFAULT_DUE_DAYS}.other": "기타(일)",
        }
    )


class HoursPage(SettingsPage):
    NAME = "업무 기준"
    HINT = "이관과 대기열을 기다리는 시간, 승인이 필요한 환불, 요일별 영업시간입니다."
    LABELS = MappingProxyType(
        {
            f"{ACCEPT_WITHIN}.agent": "이관 수락 기한(분)",
            f"{ACCEPT_WITHIN}.team": "팀 이관 수락 기한(분)",
            f"{AGENT_TIMES}.take_within_minutes": "대기열 수락 기한(분)",
            f"{AGENT_TIMES}.wrap_up_seconds": "후처리 시간(초)",
            f"{APPROVAL_LIMITS}.refund": "환불 승인 기준(원)",
            f"{BUSINESS_HOURS}.mon": "영업시간 월",
            f"{BUSINESS_HOURS}.tue": "영업시간 화",
            f"{BUSINESS_HOURS}.wed": "영업시간 수",
            f"{BUSINESS_HOURS}.thu": "영업시간 목",
            f"{BUSINESS_HOURS}.fri": "영업시간 금",
            f"{BUSINESS_HOURS}.sat": "영업시간 토",
            f"{BUSINESS_HOURS}.sun": "영업시간 일",
        }
    )

    def field_of(self, code: str, label: str) -> TextField | QPlainTextEdit:
        field = super().field_of(code, label)
        if isinstance(field, TextField) and code.startswith(BUSINESS_HOURS):
            field.setPlaceholderText(self.tr("휴무 (영업하면 09:00-18:00)"))
        return field


class MessagesPage(SettingsPage):
    NAME = "택배·메시지"
    HINT = "회수요청에 제안하는 배송비와, 폭언 때 차례로 읽는 안내 문장입니다."
    LABELS = MappingProxyType(
        {
            f"{CLAIM_FEES}.return": "반품 배송비(원)",
            f"{CLAIM_FEES}.exchange": "교환 배송비(원)",
            ABUSE_WARNINGS: "폭언 안내 문장",
        }
    )

    def field_of(self, code: str, label: str) -> TextField | QPlainTextEdit:
        if code != ABUSE_WARNINGS:
            return super().field_of(code, label)
        lines = QPlainTextEdit()
        lines.setAccessibleName(translated(label))
        lines.setTabChangesFocus(True)
        lines.setMinimumHeight(_LINES * lines.fontMetrics().lineSpacing() + 12)
        lines.setPlaceholderText(self.tr("한 줄에 한 문장. 비우면 프로그램의 문장을 씁니다."))
        return lines
