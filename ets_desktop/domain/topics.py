"""What a write touched, so that open screens (here and on other desks) know what to read again."""

from dataclasses import dataclass, field
from typing import Generic, NewType, TypeVar

Topic = NewType("Topic", str)
Value = TypeVar("Value")

#: Everything may have changed: sent to the screens after a gap in the feed.
EVERYTHING = Topic("*")
#: 최근이관이력: any transfer of anyone.
TRANSFERS = Topic("transfers")
#: Settings and calendar of the house.
SETTINGS = Topic("settings")
#: Who works here: agents and teams.
PEOPLE = Topic("people")
#: 상용구, which an admin has changed.
TEMPLATES = Topic("templates")
#: 반품처리, 교환처리: any claim; 택배회수이력: any pickup.
CLAIMS = Topic("claims")
PICKUPS = Topic("pickups")
#: What logistics is told, and 미확인 반품.
OUTBOX = Topic("outbox")
UNMATCHED = Topic("unmatched")
#: Runs of the import of orders.
IMPORTS = Topic("imports")
#: Any call of anybody, that begins, is answered or ends.
LIVE_CALLS = Topic("live_calls")
#: ARS이력: what its vendor told of any session.
ARS = Topic("ars")
#: Exports that wait for a supervisor's look.
EXPORTS = Topic("exports")
#: 승인: anything asked for or answered.
APPROVALS = Topic("approvals")


def ticket_topic(ticket_id: int) -> Topic:
    return Topic(f"ticket/{ticket_id}")


def agent_topic(agent_id: int) -> Topic:
    """The work lists of one agent (담당자관련이력)."""
    return Topic(f"agent/{agent_id}")


def customer_topic(customer_id: int) -> Topic:
    return Topic(f"customer/{customer_id}")


def order_topic(order_id: int) -> Topic:
    return Topic(f"order/{order_id}")


def claim_topic(claim_id: int) -> Topic:
    return Topic(f"claim/{claim_id}")


def state_topic(agent_id: int) -> Topic:
    """상담상태 of one agent, and the task offered to that agent."""
    return Topic(f"state/{agent_id}")


def missed_topic(agent_id: int) -> Topic:
    """The callers who tried one agent in vain (대기열)."""
    return Topic(f"missed/{agent_id}")


def team_topic(team_id: int) -> Topic:
    """What is offered to a team (대기열)."""
    return Topic(f"team/{team_id}")


def calls_topic(extension: str) -> Topic:
    """The calls of one extension (당일 콜 히스토리)."""
    return Topic(f"calls/{extension}")


def presence_topic(ticket_id: int) -> Topic:
    """Who has that ticket open; no word about the ticket itself."""
    return Topic(f"presence/{ticket_id}")


def dial_topic(agent_id: int) -> Topic:
    """What came of the numbers that an agent let the gateway dial."""
    return Topic(f"dials/{agent_id}")


def session_topic(agent_id: int) -> Topic:
    """A login of that agent may have ended: a second one, or the account was disabled."""
    return Topic(f"session/{agent_id}")


def draft_topic(agent_id: int) -> Topic:
    return Topic(f"drafts/{agent_id}")


@dataclass(frozen=True)
class Done(Generic[Value]):
    """The result of a service: its value and the topics it touched (ids only, never names)."""

    value: Value
    touched: frozenset[Topic] = field(default_factory=frozenset)
