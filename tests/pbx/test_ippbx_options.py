"""The settings of a 클콜 link."""

from pathlib import Path

import pytest

from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.scene import Scene
from ets_desktop.pbx.vendors.lgu_ippbx.options import read_options
from ets_desktop.pbx.vendors.lgu_ippbx.vendor import IppbxVendor
from ets_desktop.settings import GatewayLink
from tests.pbx.ippbx_server import COMPANY, EXTENSION, SECRET, USER


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "sha512"
    file.touch(mode=0o600)
    file.write_text(SECRET)
    return file


def link_with(secret: Path, **options: object) -> GatewayLink:
    known: dict[str, object] = {
        "url": "https://connector.example:8087",
        "company_id": COMPANY,
        "user": USER,
        "extension": EXTENSION,
        "password_sha512_file": str(secret),
    }
    return GatewayLink("office", "lgu_ippbx", known | options)


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": ""},
        {"url": "https://["},
        {"url": "https://host:0"},
        {"url": "ftp://host"},
        {"url": "http://connector.example:8087"},
        {"url": "http://11.0.0.1:8087"},
        {"url": "https://host/chat"},
        {"url": "https://host/?a=b"},
        {"company_id": " "},
        {"user": ""},
        {"extension": 101},
        {"pbx_port": 70_000},
        {"socketio": "3"},
        {"verify": "yes"},
        {"reconnect": True},
    ],
)
def test_a_wrong_option_is_refused(wrong: dict[str, object], secret: Path) -> None:
    with pytest.raises(EtsError, match="link_option"):
        IppbxVendor.of_link(link_with(secret, **wrong), Scene())


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("https://connector.example", 443),
        ("https://connector.example:8087/", 8087),
        ("http://localhost", 80),
        ("http://192.168.0.9:8087", 8087),
        ("http://[::1]:8087", 8087),
    ],
)
def test_the_address_of_a_connector(url: str, port: int, secret: Path) -> None:
    assert read_options(link_with(secret, url=url)).connector.port == port


def test_a_password_that_is_no_hash_is_refused_and_one_that_is_shows_nowhere(secret: Path) -> None:
    assert SECRET not in repr(read_options(link_with(secret)).password())
    secret.write_text("not-a-password")
    with pytest.raises(EtsError, match="secret_file"):
        IppbxVendor.of_link(link_with(secret), Scene())
