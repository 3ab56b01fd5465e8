"""What the doctor and the health dots read of the server and of the PBX links."""

from datetime import UTC, datetime, timedelta

from ets_desktop.db.engine import Database
from ets_desktop.pbx.protocol import LinkState
from ets_desktop.queries.health import link_health, server_health
from ets_desktop.services.gateway import report_link

NOW = datetime.now(UTC)


def test_the_server_tells_what_it_is_and_that_its_indexes_see_hangul(database: Database) -> None:
    health = database.call(server_health)
    assert health.version.split(".")[0].isdigit()
    assert health.hangul_trigrams == 4
    assert abs(health.now - datetime.now(UTC)) < timedelta(minutes=1)
    assert 0 < health.connections <= health.max_connections


def test_our_group_roles_are_told_and_no_login(database: Database) -> None:
    roles = database.call(server_health).roles
    assert {"ets_agent", "ets_supervisor"} <= set(roles)
    assert all(role.startswith("ets_") for role in roles)
    assert list(roles) == sorted(roles)


def test_no_link_has_reported_yet(database: Database) -> None:
    assert database.call(link_health) == ()


def test_links_tell_their_state_by_name(database: Database) -> None:
    database.call(report_link, "b", "asterisk", LinkState(reason="link_broken"))
    database.call(report_link, "a", "replay", LinkState(up_since=NOW, last_event_at=NOW))
    first, second = database.call(link_health)
    assert (first.name, first.vendor, first.up_since, first.reason) == ("a", "replay", NOW, "")
    assert (second.name, second.up_since, second.reason) == ("b", None, "link_broken")
    assert 0 <= first.silent_s < 60
