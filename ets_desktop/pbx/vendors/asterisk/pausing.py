"""Queues leave alone whoever is not 준비: what an agent chose at the desk pauses the phone there.

Asked of Asterisk is only who is a member (QueueStatus); a phone in no queue is never spoken of. The
desk decides: a pause that was set at the phone lasts until the next state.
"""

import asyncio
import logging
import re
import time
from collections.abc import Mapping

from ets_desktop.domain.agent_states import AgentState
from ets_desktop.pbx.vendors.asterisk.channels import extension_of
from ets_desktop.pbx.vendors.asterisk.client import ActionRefused, AmiClient
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage

log = logging.getLogger(__name__)

#: Whoever talks is spared by the queue itself; who left the desk may still have the phone.
_PAUSES: Mapping[AgentState, bool] = {
    AgentState.READY: False,
    AgentState.WRAP_UP: True,
    AgentState.REST: True,
    AgentState.MEAL: True,
    AgentState.TRAINING: True,
    AgentState.PROTECTED_REST: True,
    AgentState.NOT_READY: True,
}
#: Members come and go; so old may be what is known of them.
KNOWN_FOR_S = 60.0

#: FreePBX has its members behind `Local/101@from-queue/n`.
_LOCAL = re.compile(r"Local/(\d+)@.*")


class Pausing:
    """Belongs to the loop that `run` is on; before, to whoever has it."""

    def __init__(self) -> None:
        self._wanted: dict[str, AgentState] = {}
        self._waiting: dict[str, AgentState] = {}
        self._paused: dict[str, bool] = {}
        self._news = asyncio.Event()
        self._members: dict[str, set[str]] = {}
        self._asked_at = float("-inf")

    def want(self, extension: str, state: AgentState) -> None:
        self._wanted[extension] = self._waiting[extension] = state
        self._news.set()

    async def run(self, client: AmiClient) -> None:
        """As long as the connection lasts. Raises Unavailable `ami_lost`."""
        self._asked_at = float("-inf")
        self._news = asyncio.Event()
        self._paused.clear()
        self._waiting |= self._wanted
        while True:
            while self._waiting:
                extension, state = self._waiting.popitem()
                await self._set(client, extension, state)
            self._news.clear()
            await self._news.wait()

    async def _set(self, client: AmiClient, extension: str, state: AgentState) -> None:
        paused = _PAUSES.get(state)
        if paused is None or paused is self._paused.get(extension):
            return
        try:
            for interface in await self._interfaces(client, extension):
                told = {"Interface": interface, "Paused": str(paused).lower()}
                await client.ask("QueuePause", **told, Reason=str(state))
        except ActionRefused as error:
            # It has no queues, or this login may not pause: calls come as they came before.
            log.info("extension %s: not paused: %s", extension, error.details["reason"])
        self._paused[extension] = paused

    async def _interfaces(self, client: AmiClient, extension: str) -> set[str]:
        if time.monotonic() - self._asked_at > KNOWN_FOR_S:
            self._members.clear()
            for row in await client.collect("QueueStatus"):
                self._note(row)
            self._asked_at = time.monotonic()
        return self._members.get(extension, set())

    def _note(self, row: AmiMessage) -> None:
        interface = row.get("Location")
        local = _LOCAL.fullmatch(interface)
        phone = local[1] if local else extension_of(interface)
        phone = phone or extension_of(row.get("StateInterface"))
        if row.event == "QueueMember" and phone is not None:
            self._members.setdefault(phone, set()).add(interface)
