"""The settings of a Centrex link (issue 4), checked before anything is asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from ets_desktop.domain import phone
from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.scene import option, refuse_unknown
from ets_desktop.pbx.secret_file import read_secret, secret_changed_at
from ets_desktop.pbx.vendors.lgu_centrex.client import Account
from ets_desktop.settings import GatewayLink

_BASE_URL = "https://centrex.uplus.co.kr/RestApi"
_POLL_S = 15.0
_LONGEST_POLL_S = 3600.0
_PASSWORD = "password_sha512_file"
_NAMES = {
    "base_url",
    "id",
    _PASSWORD,
    "callback_listen",
    "callback_host",
    "callback_path",
    "lines",
    "poll_seconds",
}
#: A password lives three months (LG U+ §1.1); two weeks are left to change it.
PASSWORD_AGES = timedelta(days=76)
_SHA512 = re.compile(r"[0-9a-f]{128}")
#: The last part must have an extension; before it stands what nobody guesses (LG U+ §1.5).
_PATH = re.compile(r"(?:/[\w.~-]+)*/[\w~-][\w.~-]*\.[A-Za-z]+", re.ASCII)
_SHORTEST_PATH = 24
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class CentrexOptions:
    """`lines`: digits of each number that is called, to the extension of the phone that rings.
    `own` is the extension of the account's phone, empty when the lines do not tell it.
    `callback_host` and `callback_port` are where LG U+ reaches us: often another door's."""

    link: GatewayLink
    base_url: str
    number: str
    listen_host: str
    listen_port: int
    callback_host: str
    callback_port: int
    path: str
    lines: Mapping[str, str]
    poll_s: float

    @property
    def own(self) -> str:
        extensions = set(self.lines.values())
        return self.lines.get(self.number, extensions.pop() if len(extensions) == 1 else "")

    def password_changed_at(self) -> datetime | None:
        """When the password was put where it is; None when that is not to be had."""
        return secret_changed_at(self.link, _PASSWORD)

    def account(self) -> Account:
        """With the password's hash as it is kept now. Raises EtsError `secret_…`."""
        secret = read_secret(self.link, _PASSWORD).lower()
        if not _SHA512.fullmatch(secret):
            raise EtsError("secret_file", link=self.link.name, reason="SHA-512 in hex expected")
        return Account(self.base_url, self.number, secret)


def read_options(link: GatewayLink) -> CentrexOptions:
    """`base_url`, `id` (the 070 number), `password_sha512_file` (readable by its owner alone;
    without it the key store is asked),
    `callback_listen` (address:port), `callback_host` (IPv4, with `:port` where a router forwards
    another one), `callback_path`, `lines` (number = extension), `poll_seconds`.

    Raises EtsError `link_option`.
    """
    refuse_unknown(link, _NAMES)
    listen_host, listen_port = _address(link, "callback_listen", None)
    callback_host, callback_port = _address(link, "callback_host", listen_port)
    return CentrexOptions(
        link=link,
        base_url=_base_url(link),
        number=_digits(link, "id", option(link, "id", str, "")),
        listen_host=listen_host,
        listen_port=listen_port,
        callback_host=callback_host,
        callback_port=callback_port,
        path=_path(link),
        lines=_lines(link),
        poll_s=_poll_s(link),
    )


def _base_url(link: GatewayLink) -> str:
    """The hash is as good as the password: it leaves this PC enciphered or not at all."""
    url = option(link, "base_url", str, _BASE_URL)
    parts = _split(url)
    plain = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or plain) or parts.query:
        raise _wrong(link, "base_url", "https://…")
    return url


def _split(url: str) -> SplitResult:
    """Empty for what is no address."""
    try:
        parts = urlsplit(url)
        return parts if parts.port != 0 else urlsplit("")
    except ValueError:
        return urlsplit("")


def _address(link: GatewayLink, name: str, port: int | None) -> tuple[str, int]:
    host, colon, digits = option(link, name, str, "").partition(":")
    if colon:
        port = int(digits) if digits.isascii() and digits.isdecimal() else None
    if port is None or not 0 < port < 65_536 or not _is_ipv4(host):
        raise _wrong(link, name, "IPv4:port")
    return host, port


def _is_ipv4(text: str) -> bool:
    try:
        IPv4Address(text)
    except ValueError:
        return False
    return True


def _path(link: GatewayLink) -> str:
    path = option(link, "callback_path", str, "")
    if not _PATH.fullmatch(path) or len(path) < _SHORTEST_PATH:
        raise _wrong(link, "callback_path", "/a-long-secret-nobody-guesses/ring.html")
    return path


def _poll_s(link: GatewayLink) -> float:
    seconds = option(link, "poll_seconds", float, _POLL_S)
    if not 0.0 <= seconds <= _LONGEST_POLL_S:
        raise _wrong(link, "poll_seconds", f"0 to {_LONGEST_POLL_S:.0f}")
    return seconds


def _lines(link: GatewayLink) -> Mapping[str, str]:
    given: dict[str, object] = option(link, "lines", dict, {})
    lines = {
        _digits(link, "lines", number): extension
        for number, extension in given.items()
        if isinstance(extension, str) and extension
    }
    if not lines or len(lines) != len(given):
        raise _wrong(link, "lines", '"070…" = "101"')
    return MappingProxyType(lines)


def _digits(link: GatewayLink, name: str, number: str) -> str:
    digits = phone.digits_of(number)
    if digits is None:
        raise _wrong(link, name, "070…")
    return digits


def _wrong(link: GatewayLink, name: str, expected: str) -> EtsError:
    return EtsError("link_option", link=link.name, option=name, expected=expected)
