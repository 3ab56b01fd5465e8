"""The database of the gateway is away when it starts, and a real PBX has customers on the line."""

from pathlib import Path

import pytest

from ets_desktop.bench.asterisk import SECRET, USER
from ets_desktop.settings import GatewayLink
from tests.gateway.test_alone import Shop, is_up, one_shop, running, shop
from tests.live.pbx import Pbx
from tests.live.phones import until
from tests.live.plan import INSIDE, direct

__all__ = ["one_shop", "shop"]

pytestmark = pytest.mark.pbx

CALLS = """
    SELECT c.caller_number, l."end", (SELECT count(*) FROM call_event e WHERE e.leg_id = l.id)
      FROM call c JOIN call_leg l ON l.call_id = c.id ORDER BY l.id
"""


@pytest.fixture
def link(pbx: Pbx, tmp_path: Path) -> GatewayLink:
    secret = tmp_path / "secret"
    secret.touch(mode=0o600)
    secret.write_text(SECRET, "utf-8")
    options = {"port": pbx.ami_port, "user": USER, "secret_file": str(secret), "context": INSIDE}
    return GatewayLink("pbx", "asterisk", options)


def test_no_call_waits_for_a_database(
    pbx: Pbx, shop: Shop, link: GatewayLink, tmp_path: Path
) -> None:
    with running(shop, tmp_path, link) as gateway:
        until(lambda: is_up(gateway), "the link")
        talking = pbx.trunk.dial(direct("101"), "01000003101")
        pbx.phones["101"].rung().answer()
        until(lambda: shop.told().endswith("101 talking"), "the call")
    shop.go()
    with running(shop, tmp_path, link) as gateway:
        until(lambda: gateway.is_alone and is_up(gateway), "the link without a database")
        missed = pbx.trunk.dial(direct("102"), "01000003102")
        pbx.phones["102"].rung()
        until(lambda: gateway.waiting_events > 0, "the ring")
        missed.hang_up()
        talking.hang_up()
        until(lambda: gateway.waiting_events >= 3, "the ends")
        later = pbx.trunk.dial(direct("103"), "01000003103")
        pbx.phones["103"].rung().answer()
        until(lambda: gateway.waiting_events >= 5, "the third call")
        shop.come_back()
        until(lambda: gateway.is_active and gateway.waiting_events == 0, "the database")
        later.hang_up()
        until(lambda: shop.told().endswith("103 ended"), "its end")
    rows = shop.database.call(
        lambda session: [tuple(row) for row in session.connection().exec_driver_sql(CALLS)]
    )
    assert rows == [
        ("01000003101", "completed", 3),
        ("01000003102", "abandoned", 2),
        ("01000003103", "completed", 3),
    ]
