"""Korean words of 통계: what rows and columns are, what is compared; no Qt here."""

from ets_desktop.domain.statistics import Dimension, Fact

#: What the rows are about (기준).
DIMENSIONS: dict[str, str] = {
    Dimension.DAY: "일",
    Dimension.WEEK: "주",
    Dimension.MONTH: "월",
    Dimension.AGENT: "상담원",
    Dimension.TYPE: "유형",
    Dimension.CATEGORY: "세부유형",
    Dimension.CHANNEL: "판매처",
    Dimension.PRODUCT: "상품",
    Dimension.REASON: "사유",
}
#: Sets of columns (보기).
VIEWS = {"tickets": "상담", "claims": "반품·교환", "calls": "통화", "all": "전체"}
COMPARISONS = {"": "없음", "previous": "직전 기간", "year": "작년 같은 기간"}
#: The columns, by their codes in ui/screens/statistics/measures.py.
MEASURES = {
    "received": "접수",
    "completed": "완료",
    "transferred": "이관",
    "complete_median": "처리시간 중앙값",
    "complete_p90": "처리시간 90%",
    "overdue": "기한초과",
    "callbacks": "콜백 약속",
    "callbacks_kept": "콜백 이행",
    "kept_rate": "콜백 이행률",
    "repeats": "7일 내 재문의",
    "returns": "반품",
    "exchanges": "교환",
    "calls": "통화",
    "abandoned": "포기호",
    "abandoned_rate": "포기율",
    "answer_median": "응답시간 중앙값",
    "answer_p90": "응답시간 90%",
}
#: What came of a call, by the fact that it counts as.
CALL_RESULTS: dict[str, str] = {
    Fact.CALL_ANSWERED: "응답",
    Fact.CALL_ABANDONED: "포기",
    Fact.CALL: "돌림",
}
