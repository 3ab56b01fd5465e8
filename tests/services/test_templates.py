"""Supervisors and admins write 상용구; two of them never overwrite each other unseen."""

from collections.abc import Callable

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import NotFound, RuleViolation, StaleData
from ets_desktop.domain.templates import TemplateText
from ets_desktop.queries.setting_changes import setting_changes
from ets_desktop.queries.templates import template_records, templates
from ets_desktop.services.templates import (
    AddTemplate,
    ChangeTemplate,
    OrderTemplates,
    add_template,
    change_template,
    order_templates,
)
from tests.factories import an_agent, make

LogIn = Callable[[Agent], Database]
DELAY = TemplateText("배송 지연", "{고객명} 고객님, 내일 도착합니다.", "delivery")


@pytest.fixture
def supervisor(database: Database, login: LogIn) -> Database:
    return login(make(database, an_agent, name="박관리", role="supervisor"))


def titles(database: Database) -> list[str]:
    return [row.title for row in database.call(template_records)]


def test_what_a_supervisor_writes_is_offered_last(supervisor: Database) -> None:
    supervisor.call(add_template, AddTemplate(TemplateText("인사", "안녕하세요.")))
    done = supervisor.call(add_template, AddTemplate(DELAY))
    assert done.touched == {"templates"}
    record = supervisor.call(template_records)[-1]
    assert (record.template_id, record.title, record.ticket_type) == (
        done.value,
        "배송 지연",
        "delivery",
    )
    assert (record.active, record.updated_by) == (True, "박관리")
    assert [row.title for row in supervisor.call(templates)] == ["인사", "배송 지연"]


def test_a_change_may_take_it_out_of_use_and_is_told(supervisor: Database) -> None:
    one = supervisor.call(add_template, AddTemplate(DELAY)).value
    later = TemplateText("배송  지연\n", " 모레 도착합니다. ", "", active=False)
    stored = TemplateText("배송 지연", "모레 도착합니다.", "", active=False)
    done = supervisor.call(change_template, ChangeTemplate(one, DELAY, later, "새 일정"))
    assert (done.value, done.touched) == (one, {"templates"})
    [record] = supervisor.call(template_records)
    assert TemplateText(record.title, record.body, record.ticket_type, record.active) == stored
    assert supervisor.call(templates) == ()
    told = supervisor.call(setting_changes, "template", str(one))[0]
    assert (told.who, told.change, told.reason) == ("박관리", "changed", "새 일정")
    assert told.old is not None
    assert (told.old["active"], told.old["ticket_type"]) == (True, "delivery")


def test_whoever_comes_second_is_told(supervisor: Database) -> None:
    one = supervisor.call(add_template, AddTemplate(DELAY)).value
    first = ChangeTemplate(one, DELAY, TemplateText("배송 지연", "첫 사람"))
    second = ChangeTemplate(one, DELAY, TemplateText("배송 지연", "둘째 사람"))
    supervisor.call(change_template, first)
    with pytest.raises(StaleData) as refused:
        supervisor.call(change_template, second)
    assert refused.value.code == "record_changed"
    assert {change.field for change in refused.value.changes} == {"body", "ticket_type"}
    assert refused.value.changes[0].changed_by == "박관리"
    with pytest.raises(NotFound):
        supervisor.call(change_template, ChangeTemplate(one + 1, DELAY, DELAY))


def test_two_of_one_title_are_refused(supervisor: Database) -> None:
    supervisor.call(add_template, AddTemplate(DELAY))
    other = TemplateText("인사", "안녕하세요.")
    two = supervisor.call(add_template, AddTemplate(other)).value
    same = TemplateText("배송 지연", "안녕하세요.")
    for work, command in (
        (add_template, AddTemplate(DELAY)),
        (change_template, ChangeTemplate(two, other, same)),
    ):
        with pytest.raises(RuleViolation) as refused:
            supervisor.call(work, command)
        assert (refused.value.code, refused.value.field) == ("template_title_taken", "title")


def test_they_are_put_in_order_unless_the_list_changed_meanwhile(supervisor: Database) -> None:
    ids = [
        supervisor.call(add_template, AddTemplate(TemplateText(name, "내용"))).value
        for name in ("가", "나", "다")
    ]
    turned = tuple(reversed(ids))
    done = supervisor.call(order_templates, OrderTemplates(tuple(ids), turned))
    assert done.touched == {"templates"}
    assert titles(supervisor) == ["다", "나", "가"]
    for was, now in ((tuple(ids), turned), (turned, turned[:2])):
        with pytest.raises(StaleData) as refused:
            supervisor.call(order_templates, OrderTemplates(was, now))
        assert refused.value.code == "stale_list"
    assert titles(supervisor) == ["다", "나", "가"]


def test_an_agent_writes_none(login: LogIn, kim: Agent) -> None:
    with pytest.raises(RuleViolation) as refused:
        login(kim).call(add_template, AddTemplate(DELAY))
    assert refused.value.code == "not_allowed"
