"""The settings of a 클콜 link (issue 4), checked before anything is asked."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.scene import option, refuse_unknown
from ets_desktop.pbx.secret_file import read_secret, secret_changed_at
from ets_desktop.pbx.vendors.lgu_ippbx.packets import Generation
from ets_desktop.settings import GatewayLink

_PASSWORD = "password_sha512_file"
_NAMES = {
    "url",
    "company_id",
    "user",
    "extension",
    _PASSWORD,
    "pbx_host",
    "pbx_port",
    "socketio",
    "verify",
}
#: Detect which generation of Socket.IO the connector speaks.
_DETECT = "auto"
_SHA512 = re.compile(r"[0-9a-f]{128}")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Connector:
    """Where a 클콜 connector listens; `generation` None: find out."""

    host: str
    port: int
    tls: bool
    verify: bool = True
    generation: Generation | None = None


@dataclass(frozen=True, slots=True)
class IppbxOptions:
    """`pbx_host` is the PBX behind the connector, as older connectors want to be told it."""

    link: GatewayLink
    connector: Connector
    company_id: str
    user: str
    extension: str
    pbx_host: str
    pbx_port: int

    def password(self) -> "Password":
        """As it is kept now. Raises EtsError `secret_…`."""
        secret = read_secret(self.link, _PASSWORD).lower()
        if not _SHA512.fullmatch(secret):
            raise EtsError("secret_file", link=self.link.name, reason="SHA-512 in hex expected")
        return Password(secret, self.password_changed_at())

    def password_changed_at(self) -> datetime | None:
        return secret_changed_at(self.link, _PASSWORD)


@dataclass(frozen=True, slots=True)
class Password:
    """The hash is as good as the password: it appears in no text of this."""

    sha512: str = field(repr=False)
    changed_at: datetime | None


def read_options(link: GatewayLink) -> IppbxOptions:
    """`url` of the connector, `company_id`, `user`, `extension`, `password_sha512_file` (readable
    by its owner alone; without it the key store is asked), `pbx_host` and `pbx_port` (older
    connectors), `socketio` ("auto", "0.9", "2" or "4"), `verify` (the connector's certificate).

    Raises EtsError `link_option`.
    """
    refuse_unknown(link, _NAMES)
    pbx_port = option(link, "pbx_port", int, 0)
    if not 0 <= pbx_port < 65_536:
        raise _wrong(link, "pbx_port", "a port")
    return IppbxOptions(
        link=link,
        connector=_connector(link),
        company_id=_needed(link, "company_id"),
        user=_needed(link, "user"),
        extension=_needed(link, "extension"),
        pbx_host=option(link, "pbx_host", str, ""),
        pbx_port=pbx_port,
    )


def _connector(link: GatewayLink) -> Connector:
    parts = _split(option(link, "url", str, ""))
    host = parts.hostname or ""
    # In clear only to this PC and the house's own network: the hash is as good as the password.
    known = parts.scheme == "https" or (parts.scheme == "http" and _is_near(host))
    if not host or not known or parts.path.strip("/") or parts.query:
        raise _wrong(link, "url", "https://host:port")
    return Connector(
        host=host,
        port=parts.port or _PORTS[parts.scheme],
        tls=parts.scheme == "https",
        verify=option(link, "verify", bool, True),
        generation=_generation(link),
    )


def _split(url: str) -> SplitResult:
    """Empty for what is no address."""
    try:
        parts = urlsplit(url)
        return parts if parts.port != 0 else urlsplit("")
    except ValueError:
        return urlsplit("")


def _is_near(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost"


def _generation(link: GatewayLink) -> Generation | None:
    told = option(link, "socketio", str, _DETECT)
    if told == _DETECT:
        return None
    try:
        return Generation(told)
    except ValueError as error:
        raise _wrong(link, "socketio", "auto, 0.9, 2 or 4") from error


def _needed(link: GatewayLink, name: str) -> str:
    value = option(link, name, str, "").strip()
    if not value:
        raise _wrong(link, name, "a text")
    return value


def _wrong(link: GatewayLink, name: str, expected: str) -> EtsError:
    return EtsError("link_option", link=link.name, option=name, expected=expected)
