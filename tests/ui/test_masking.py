"""One masking rule on every list, tool tip, export and notice (spec 80): whatever shows is tried.

Every column of the program is given rows whose texts are all a person's. What a column shows as it
is has to stand in one of the two lists below, with why; a new column is red until it is masked or
stands there.
"""

import ast
import enum
import gc
import importlib
import pkgutil
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from pytestqt.qtbot import QtBot

import ets_desktop.domain
import ets_desktop.queries
import ets_desktop.services
import ets_desktop.ui
from ets_desktop.domain.data_subjects import NAMES, count_subjects
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.exporting import list_of
from ets_desktop.ui.registry import SCREENS
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import Column
from tests.ui.test_registry import away

#: A person, and what of each text must not be seen.
SECRETS = {
    "홍길동": "길",
    "010-4321-8765": "4321",
    "01043218765": "4321",
    "서울 강남구 테헤란로 152 101동 2003호": "101동",
}
#: Titles of columns that hold nobody: numbers of things, words of ours, goods, agents, and what
#: agents wrote about a ticket.
NOBODY = frozenset(
    {
        *(
            "접수번호",
            "접수일시",
            "접수유형",
            "주문번호",
            "상품",
            "제목",
            "상태",
            "담당자",
            "완료예정일",
        ),
        *("완료일시", "경과", "보낸담당자", "받은담당자", "결과", "이관사유", "이관상태", "판매처"),
        *("주문상태", "택배사", "송장번호", "원송장번호", "회수송장번호", "실패사유", "전송상태"),
        *(
            "상품번호",
            "상품명",
            "옵션",
            "위치",
            "구분",
            "내용",
            "카테고리",
            "기준",
            "세부유형",
            "유형",
            "단계",
            "보류",
            "판매처상태",
        ),
        *(
            "사유",
            "요청자",
            "처리자",
            "처리사유",
            "배송비",
            "회수",
            "물류지시",
            "클레임번호",
            "검수결과",
            "비고",
            "처분",
            "등록자",
        ),
        *("기능", "단축키", "이유", "작업", "대상", "접속지", "우선순위", "메모"),
        *("상담원", "팀", "내선"),
        # of 관리: teams, and what was changed of the house's own lists
        *("아이디", "이름", "역할", "내선", "내선번호", "팀", "팀이름", "상담상태"),
        # and its lists, where a file of orders is at fault, what logistics is told
        *("세부유형", "수정자", "파일", "열", "전송번호", "휴일명", "공휴일", "받지않은사유"),
    }
)
#: Whole tables that show somebody as a whole, by their first titles: the customer in hand.
WHOLE = {
    ("고객번호", "고객명"): "고객 선택",
    ("구분", "전화번호", "등록일시"): "고객상세",
    ("주소지구분", "우편번호"): "고객상세",
    ("항목", "남는 고객"): "병합, of the customer in hand",
    ("항목", "내 값"): "변경 충돌, of the form in hand",
    (
        "저장일시",
        "구분",
        "고객",
    ): "이전 작업 복구, masked before it is written down (orders/words.py)",
    ("변경일시", "변경자"): "변경이력, of the ticket in hand; masked by field (history_page.py)",
}
#: Kinds of rows whose people are masked when they are made, and where.
MASKED_BEFORE = {
    "CallLine": "call_words.py (tests/ui/test_call_desk.py reads them masked)",
    "FaultyRow": "erp/exports/gather.py, before it is kept (tests/services/test_order_import.py)",
    "BoardCall": "queries/board_lists.py (tests/ui/screens/test_board.py reads them masked)",
    "FactRow": "queries/statistics.py (tests/ui/screens/test_statistics.py reads them masked)",
}
Group = tuple[Column[Any], ...]


def modules(*packages: types.ModuleType) -> list[types.ModuleType]:
    return [
        importlib.import_module(info.name)
        for package in packages
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]


_groups: dict[object, Group] = {}


def is_ours(thing: object) -> bool:
    """A column of the program, not one that some test made."""
    return type(thing) is Column and not getattr(thing.text, "__module__", "").startswith("tests.")


@pytest.fixture
def groups(context: UiContext, steps: Any, qtbot: QtBot) -> list[Group]:
    """The columns of every table that there is; looked for once."""
    if _groups:
        return list(_groups.values())
    assert modules(ets_desktop.ui)
    for entry in SCREENS:
        qtbot.addWidget(entry.build(replace(context, call=away)))
    for thing in gc.get_objects():
        if type(thing) in (tuple, list) and thing and all(map(is_ours, thing)):
            _groups[tuple((c.title, getattr(c.text, "__code__", 0)) for c in thing)] = tuple(thing)
    return list(_groups.values())


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Any]]:
    """One of whatever may be a row, for each secret."""
    found: dict[str, list[Any]] = {text: [] for text in SECRETS}
    rooms = (ets_desktop.domain, ets_desktop.queries, ets_desktop.services, ets_desktop.ui)
    for module in modules(*rooms):
        for kind in vars(module).values():
            own = isinstance(kind, type) and kind.__module__ == module.__name__
            if own and is_dataclass(kind):
                for text in SECRETS:
                    # What is no row of a list need not be made.
                    with suppress(TypeError, ValueError, AttributeError, StopIteration):
                        found[text].append(made(kind, text))
    return found


@cache
def hints_of(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def made(kind: type, text: str, depth: int = 0) -> Any:
    """A row all of whose texts are `text`; TypeError for what is no row."""
    hints = hints_of(kind)
    values = {f.name: value_of(hints[f.name], text, depth) for f in fields(kind) if f.init}
    return kind(**values)


_PLAIN: dict[Any, Any] = {
    bool: True,
    int: 3,
    float: 3.0,
    datetime: datetime(2026, 11, 22, tzinfo=UTC),
    date: date(2026, 11, 22),
    time: time(9),
    timedelta: timedelta(days=1),
    UUID: uuid4(),
}


def value_of(hint: Any, text: str, depth: int) -> Any:
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint in (str, Any, object):
        return text
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return value_of(next(i for i in inside if i is not type(None)), text, depth)
    if origin is tuple:
        return tuple(value_of(i, text, depth) for i in inside if i is not Ellipsis)
    if origin in (frozenset, list, Sequence):
        return origin() if origin is not Sequence else []
    if origin in (dict, Mapping):
        return {"typed": text}
    if origin is not None and issubclass(origin, Callable):  # type: ignore[arg-type]
        return lambda *_: text
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return next(iter(hint))
    if is_dataclass(hint) and depth < 4:
        return made(typing.cast(type, hint), text, depth + 1)
    if getattr(hint, "__module__", "") == "collections.abc":
        return 1
    raise TypeError(hint)


def rows_for(group: Group, rows: list[Any]) -> Iterator[Any]:
    """The rows that every column of the table can show."""
    for row in rows:
        try:
            for column in group:
                column.text(row)
        except Exception:  # noqa: BLE001 - a row of another table
            continue
        yield row


def titles_of(group: Group) -> tuple[str, ...]:
    return tuple(column.title for column in group)


def is_whole(titles: tuple[str, ...]) -> bool:
    return any(titles[: len(first)] == first for first in WHOLE)


def test_no_column_and_no_tip_of_a_list_shows_a_person(
    groups: list[Group], rows: dict[str, list[Any]]
) -> None:
    assert len(groups) > 20
    seen: set[tuple[str, str]] = set()
    empty = []
    for group in groups:
        titles, tried = titles_of(group), 0
        for text, secret in SECRETS.items():
            for row in rows_for(group, rows[text]):
                tried += 1
                if type(row).__name__ in MASKED_BEFORE:
                    continue
                for column in group:
                    shown = [column.text(row), column.tip(row) if column.tip else ""]
                    if any(secret in each for each in shown):
                        seen.add((" ".join(titles), column.title))
        if not tried:
            empty.append(titles)
    assert empty == []
    open_tables = {" ".join(titles) for titles in map(titles_of, groups) if is_whole(titles)}
    assert {
        (table, title)
        for table, title in seen
        if table not in open_tables and title.replace(" ", "") not in NOBODY
    } == set()


def test_every_column_that_the_program_has_was_tried(
    groups: list[Group],
) -> None:
    tried = {column.title for group in groups for column in group}
    assert {title for _, title in calls_of("Column") if title} - tried == set()


def test_an_export_holds_what_the_masked_columns_show_and_counts_its_people(
    groups: list[Group], rows: dict[str, list[Any]], qtbot: QtBot
) -> None:
    for group in groups:
        titles = titles_of(group)
        fitting = list(rows_for(group, rows["홍길동"]))
        masks_somebody = any(column.text(row) == "홍*동" for row in fitting for column in group)
        if is_whole(titles) or not masks_somebody:
            continue
        panel: TablePanel[Any] = TablePanel("표", group, id)
        qtbot.addWidget(panel)
        panel.show_rows(fitting[:1])
        texts = list_of(panel).texts(fitting[0])
        assert "홍길동" not in [
            text
            for title, text in zip(titles, texts, strict=True)
            if title.replace(" ", "") not in NOBODY
        ]
        assert max(count_subjects([row]) for row in fitting) >= 1, titles


# Notices and the status line

ROOT = Path(ets_desktop.ui.__file__).parent
PERSONAL = {*NAMES, "phone", "caller_number", "sender_phone", "address", "callback_number"}
_TELL = {"say", "notify", "post"}
#: Where the customer in hand is spoken of as a whole.
IN_HAND = {"screens/ticket_form", "screens/pickup_request", "topbar.py"}


def calls_of(name: str) -> Iterator[tuple[Path, str]]:
    """Calls of `name`: where, and their first text."""
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                first = node.args[0] if node.args else None
                text = first.value if isinstance(first, ast.Constant) else ""
                yield file, str(text)


def masked(call: ast.Call) -> bool:
    return getattr(call.func, "id", "").startswith("mask_")


def bare_reads(node: ast.AST) -> Iterator[str]:
    """Personal fields that are read outside a mask."""
    if isinstance(node, ast.Call) and masked(node):
        return
    if isinstance(node, ast.Attribute) and node.attr in PERSONAL:
        yield node.attr
    for child in ast.iter_child_nodes(node):
        yield from bare_reads(child)


def told_by(function: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
        if name == "Notice" or (name in _TELL and isinstance(node.func, ast.Attribute)):
            yield node


def test_no_notice_and_no_message_tells_a_persons_name_number_or_address() -> None:
    faults, tellers = [], 0
    for file in sorted(ROOT.rglob("*.py")):
        place = file.relative_to(ROOT).as_posix()
        tree = ast.parse(file.read_text(encoding="utf-8"))
        functions = {n.name: n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
        for function in functions.values():
            for call in told_by(function):
                tellers += 1
                parts: list[ast.AST] = [*call.args, *(k.value for k in call.keywords)]
                # Words that are put together in a function of their own.
                for part in tuple(parts):
                    for inner in ast.walk(part):
                        if isinstance(inner, ast.Call):
                            name = getattr(inner.func, "attr", "") or getattr(inner.func, "id", "")
                            parts += [functions[name]] if name in functions else []
                bare = {read for part in parts for read in bare_reads(part)}
                faults += [f"{place}:{call.lineno} {read}" for read in sorted(bare)]
    assert tellers > 30
    assert [f for f in faults if not any(f.startswith(room) for room in IN_HAND)] == []


def test_a_bare_name_is_found_and_a_masked_one_is_fine() -> None:
    assert list(bare_reads(ast.parse("desk.say(tr('x').format(who=row.customer))"))) == ["customer"]
    assert list(bare_reads(ast.parse("Notice(key, mask_name(row.customer), open)"))) == []
