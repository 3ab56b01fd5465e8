"""`ets …`: one module a command, imported only when it is called, so that `ets --help` is quick.

A new command: a module in this package whose `command` is a click command or group, and a line
in COMMANDS.
"""

import importlib
import sys
from typing import Any

import click

from ets_desktop import __version__
from ets_desktop.cli.language import say
from ets_desktop.cli.wording import sentence
from ets_desktop.domain.errors import EtsError

COMMANDS = {
    "agents": ("ets_desktop.cli.agents", "로그인과 역할", "logins and roles"),
    "access": ("ets_desktop.cli.access", "접속기록 월간 보고", "monthly report of access"),
    "ars": ("ets_desktop.cli.ars", "ARS 이력 가져오기", "import ARS sessions"),
    "backup": ("ets_desktop.cli.backup", "데이터베이스를 백업합니다", "back the database up"),
    "bench": ("ets_desktop.cli.bench", "속도를 바닥값과 함께 잽니다", "measure speed"),
    "calendar": ("ets_desktop.cli.calendar", "휴일과 업무 시간", "holidays and hours"),
    "couriers": ("ets_desktop.cli.couriers", "택배사 회수 접수와 추적", "pickups by couriers"),
    "customer": ("ets_desktop.cli.customer", "고객의 열람·파기 요청", "a customer's requests"),
    "db": ("ets_desktop.cli.db", "데이터베이스 주소와 스키마", "database address and schema"),
    "demo": ("ets_desktop.cli.demo", "시연 데이터를 채웁니다", "fill in demo data"),
    "doctor": ("ets_desktop.cli.doctor", "설치 상태를 점검합니다", "check this installation"),
    "erp": ("ets_desktop.cli.erp", "ERP의 주문과 물류지시", "orders and instructions"),
    "gateway": ("ets_desktop.cli.gateway", "전화 게이트웨이 서비스", "the telephone gateway"),
    "orders": ("ets_desktop.cli.orders", "주문 파일 가져오기와 조회", "import and show orders"),
    "refunds": ("ets_desktop.cli.refunds", "환불계좌의 암호 키", "the key of refund accounts"),
    "replay": ("ets_desktop.cli.replay", "PBX 녹화를 재생합니다", "replay a PBX recording"),
    "restore": ("ets_desktop.cli.restore", "백업을 빈 곳에 복원합니다", "restore a backup"),
    "server": ("ets_desktop.cli.server", "중앙 PostgreSQL 준비", "prepare a central PostgreSQL"),
    "retention": ("ets_desktop.cli.retention", "보관기간 지난 정보 파기", "forget what is old"),
    "ring": ("ets_desktop.cli.ring", "내선을 울립니다", "ring an extension"),
}


class LazyGroup(click.Group):
    """Loads a subcommand's module when it is needed and tells known errors in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, say(ko, en)) for name, (_, ko, en) in sorted(COMMANDS.items())]
        with formatter.section(say("명령", "Commands")):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except EtsError as error:
            click.echo(sentence(error), err=True)
            ctx.exit(2)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ets")
def main() -> None:
    """ETS 9: the call centre tied to a shop's ERP and its IP-PBX.

    Exit codes: 0 done, 1 the answer is no, 2 refused or impossible.
    """
    for stream in (sys.stdout, sys.stderr):
        # A C locale must not turn Korean output into a crash.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
