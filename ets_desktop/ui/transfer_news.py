"""What became of offers, told in the status line: to whom they were made, who made them, and to
the supervisor when nobody takes one or it goes to and fro (spec 20)."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Slot

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import TRANSFERS, Topic, agent_topic, team_topic
from ets_desktop.domain.transfers import WAITING, TransferState
from ets_desktop.queries.transfers import Alarm, Alarms, OfferNews, offer_news, transfer_alarms
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import filled
from ets_desktop.ui.notices import Notice
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.window_desk import WindowDesk

#: The tab in which an offer is looked at and answered.
QUEUE = "queue"
#: Where a supervisor finds what alarms, and does something about it.
TRANSFER_QUEUE = "transfer_queue"
_NEWS, _ALARMS = "news", "alarms"
#: The key of the one notice that tells of alarms.
_ALARM = "alarm"
#: A PC that slept asks again soon after.
_LONGEST_WAIT_S = 600.0
#: Behind the moment itself: the database's clock must have passed it.
_AFTER_S = 0.2


class TransferNews(QObject):
    """Compares what stands now with what was known; the first look tells nothing but alarms."""

    def __init__(self, context: UiContext, desk: WindowDesk) -> None:
        super().__init__()
        self._context = context
        self._desk = desk
        self._known: dict[int, OfferNews] | None = None
        self._alarmed: dict[int, Alarm] = {}
        self._jobs = context.jobs(self)
        self._news_pace = Pace(self._jobs, _NEWS, self._load_news)
        self._alarm_pace = Pace(self._jobs, _ALARMS, self._load_alarms)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self._alarm_pace.ask)
        agent = context.agent
        wanted = [agent_topic(agent.agent_id)]
        if agent.team_id is not None:
            wanted.append(team_topic(agent.team_id))
        context.changes.subscribe(self, wanted, self._on_offers_touched)
        if agent.is_supervisor:
            context.changes.subscribe(self, (TRANSFERS,), self._on_transfers_touched)
            context.house.changed.connect(self._alarm_pace.ask)

    @Slot()
    def ask(self) -> None:
        self._news_pace.ask()
        if self._context.agent.is_supervisor:
            self._alarm_pace.ask()

    def _on_offers_touched(self, _topics: frozenset[Topic]) -> None:
        self._news_pace.ask()

    def _on_transfers_touched(self, _topics: frozenset[Topic]) -> None:
        self._alarm_pace.ask()

    def _on_failed(self, _error: EtsError) -> None:
        """When the database is back, everything counts as changed and is asked again."""

    # To the receiver and the sender

    def _load_news(self) -> None:
        agent = self._context.agent
        self._jobs.load(
            offer_news,
            agent.agent_id,
            agent.team_id,
            on_done=self._on_news_read,
            on_error=self._on_failed,
            lane=_NEWS,
        )

    def _on_news_read(self, news: tuple[OfferNews, ...]) -> None:
        known, self._known = self._known, {each.transfer_id: each for each in news}
        if known is None:
            return
        for each in news:
            before = known.get(each.transfer_id)
            if before is None or before.transfer_state != each.transfer_state:
                self._tell(each)
        for transfer_id in known.keys() - self._known.keys():
            self._desk.notices.withdraw(_key(transfer_id))

    def _tell(self, news: OfferNews) -> None:
        key = _key(news.transfer_id)
        if not news.by_me:
            if news.transfer_state == TransferState.SENT:
                self._post(key, self._offer_words(news), news)
            return
        if news.transfer_state == TransferState.ACCEPTED:
            text = self.tr("{who|이} 이관을 수락했습니다: {number}")
            self._post(key, _filled(text, news), news)
        elif news.transfer_state == TransferState.RETURNED:
            text = self.tr("{who|이} 이관을 반려했습니다: {number} · {reason}")
            self._post(key, _filled(text, news), news, red=True)

    def _offer_words(self, news: OfferNews) -> str:
        text = self.tr("{who|이} 이관했습니다: {number} · {reason}")
        if news.to_team:
            text = self.tr("{who|이} 팀에 이관했습니다: {number} · {reason}")
        return _filled(text, replace(news, to_agent=news.from_agent, return_reason=news.reason))

    def _post(self, key: str, text: str, news: OfferNews, *, red: bool = False) -> None:
        waits = not news.by_me and news.transfer_state in WAITING

        def show() -> None:
            # An offer is looked at before it is taken; loading it would accept it.
            if waits:
                self._desk.open_tab(QUEUE)
            else:
                self._desk.load_ticket(news.ticket_id)

        self._desk.notices.post(Notice(key, text, open=show, red=red))

    # To the supervisor

    def _load_alarms(self) -> None:
        self._jobs.load(
            transfer_alarms,
            self._context.agent.team_id,
            self._context.house.limits,
            on_done=self._on_alarms_read,
            on_error=self._on_failed,
            lane=_ALARMS,
        )

    def _on_alarms_read(self, read: Alarms) -> None:
        before, self._alarmed = self._alarmed, {each.transfer_id: each for each in read.alarms}
        news = [each for each in read.alarms if before.get(each.transfer_id) != each]
        shown = any(notice.key == _ALARM for notice in self._desk.notices.notices)
        if not read.alarms:
            self._desk.notices.withdraw(_ALARM)
        elif news or shown:
            self._alarm(read.alarms, (news or read.alarms)[-1])
        wait = _LONGEST_WAIT_S if read.next_in_s is None else read.next_in_s + _AFTER_S
        self.timer.start(round(min(wait, _LONGEST_WAIT_S) * 1000))

    def _alarm(self, alarms: tuple[Alarm, ...], newest: Alarm) -> None:
        """One notice for all of them: a supervisor who comes in the morning may find many."""
        path = f"{newest.from_agent} → {newest.to_agent}"
        told = self._alarm_words(alarms, newest)
        text = told.format(
            late=sum(each.is_late for each in alarms),
            again=sum(each.is_ping_pong for each in alarms),
            number=newest.ticket_no,
            path=path,
            hop=newest.hop,
        )

        def show() -> None:
            # Who looks takes nothing over: loading accepts only what is offered to oneself.
            if len(alarms) > 1:
                self._desk.open_tab(TRANSFER_QUEUE)
            else:
                self._desk.load_ticket(newest.ticket_id)

        self._desk.notices.post(Notice(_ALARM, text, open=show, red=True))

    def _alarm_words(self, alarms: tuple[Alarm, ...], newest: Alarm) -> str:
        if len(alarms) > 1 and not any(each.is_ping_pong for each in alarms):
            return self.tr("수락되지 않은 이관 {late}건: {number} {path}")
        if len(alarms) > 1 and not any(each.is_late for each in alarms):
            return self.tr("되풀이된 이관 {again}건: {number} {path}")
        if len(alarms) > 1:
            return self.tr("수락되지 않은 이관 {late}건, 되풀이된 이관 {again}건: {number} {path}")
        if newest.is_ping_pong:
            return self.tr("이관이 {hop}번째 되풀이됩니다: {number} {path}")
        return self.tr("이관이 수락되지 않았습니다: {number} {path}")


def _filled(text: str, news: OfferNews) -> str:
    """`who` is whom it was offered to, `reason` what came back with it."""
    values = {"who": news.to_agent, "number": news.ticket_no, "reason": news.return_reason}
    return filled(text, values).removesuffix(" · ")


def _key(transfer_id: int) -> str:
    return f"transfer/{transfer_id}"
