"""What a person may choose: `settings.toml` in the config folder, `ETS_*` variables over it."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from ets_desktop.domain.errors import EtsError
from ets_desktop.paths import paths

FILE_NAME: Final = "settings.toml"
THEMES: Final = ("system", "light", "dark")
VENDORS: Final = ("asterisk", "lgu_centrex", "lgu_ippbx", "replay", "simulator")
FONT_SIZES: Final = range(9, 29)
WIRE_LOG_MB: Final = range(10_001)

_SECRET_PATH: Final = re.compile(r"(?:/[\w.~-]+)+", re.ASCII)
_SHORTEST_PATH: Final = 24

Value = TypeVar("Value")


class SettingsError(EtsError):
    """A setting that cannot be used; `file`, `key` and `reason` say which and why.

    Values are left out: a database URL holds a password, and errors are logged.
    """


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    """`url` is a libpq URL; None means the embedded database of this PC."""

    url: str | None = None


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """`font_size` in pixels at 100 % scale; `theme` is one of THEMES; `tone`: does a ring sound;
    `photo_folder` holds the photos of returned goods, None for one of this PC; `debug`: is
    everything logged, and whoever holds up the window."""

    tone: bool = True
    font_size: int = 13
    theme: str = "system"
    photo_folder: Path | None = None
    debug: bool = False


@dataclass(frozen=True, slots=True)
class GatewayLink:
    """One line to a telephone system; `options` are the vendor's own, checked by its code."""

    name: str
    vendor: str
    options: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ArsDoor:
    """Where the ARS vendor tells of its sessions (spec 50): an IPv4 address, a secret path."""

    host: str
    port: int
    path: str


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    """Links in the order of the file, names unique; `wire_log_mb` of disk for each one's wire log,
    0 for none; `ars` None: no ARS tells anything."""

    links: tuple[GatewayLink, ...] = ()
    wire_log_mb: int = 20
    ars: ArsDoor | None = None


@dataclass(frozen=True, slots=True)
class ErpWay:
    """A way to the ERP or from it; `kind` and `options` are checked by the code that goes it."""

    name: str
    kind: str
    options: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ErpSettings:
    """`push`: where instructions go, None for nowhere; `pull`: where orders come from."""

    push: ErpWay | None = None
    pull: tuple[ErpWay, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """`couriers` are the tables under `[couriers]`, checked by the code of each; `demo_password`
    comes from `ETS_DEMO_PASSWORD` only: a file is no place for it."""

    database: DatabaseSettings = DatabaseSettings()
    desk: DeskSettings = DeskSettings()
    gateway: GatewaySettings = GatewaySettings()
    erp: ErpSettings = ErpSettings()
    couriers: Mapping[str, Mapping[str, object]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    demo_password: str | None = None


def load_settings(file: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings in force; a missing file means the defaults. Raises SettingsError.

    Variables: ETS_DATABASE_URL, ETS_TONE (1/0), ETS_FONT_SIZE, ETS_THEME, ETS_PHOTO_FOLDER,
    ETS_DEBUG (1/0), ETS_DEMO_PASSWORD; an empty one counts as not set. ETS_HOME is read by `paths`.
    """
    file = file or paths(environ).config_dir / FILE_NAME
    top = _Table(_read(file), str(file), "")
    settings = Settings(
        database=_database(top.table("database"), environ),
        desk=_desk(top.table("desk"), environ),
        gateway=_gateway(top.table("gateway")),
        erp=_erp(top.table("erp")),
        couriers=top.table("couriers").take_the_tables(),
        demo_password=environ.get("ETS_DEMO_PASSWORD") or None,
    )
    top.refuse_the_rest()
    return settings


def _read(file: Path) -> dict[str, object]:
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError("settings_unreadable", file=str(file), reason=error.strerror) from error
    # Most PCs have no file, and no need of a parser before the login window is up.
    import tomllib

    try:
        # Windows' Notepad puts a mark before UTF-8, which TOML knows nothing of.
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingsError("settings_not_utf8", file=str(file)) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError("settings_not_toml", file=str(file), reason=str(error)) from error


class _Table:
    """A TOML table which is taken from key by key, so that what is left over is unknown."""

    def __init__(self, rest: Mapping[str, object], source: str, prefix: str) -> None:
        self._rest = dict(rest)
        self._source = source
        self._prefix = prefix

    def take(self, key: str, kind: type[Value], default: Value) -> Value:
        if key not in self._rest:
            return default
        value = self._rest.pop(key)
        # type(), not isinstance: True is no font size.
        if type(value) is not kind:
            raise self.bad(key, f"{kind.__name__} expected")
        return value

    def table(self, key: str) -> "_Table":
        return _Table(self.take(key, dict, {}), self._source, f"{self._prefix}{key}.")

    def tables(self, key: str) -> list["_Table"]:
        entries = self.take(key, list, [])
        if any(type(entry) is not dict for entry in entries):
            raise self.bad(key, "list of tables expected")
        return [
            _Table(entry, self._source, f"{self._prefix}{key}[{number}].")
            for number, entry in enumerate(entries)
        ]

    def take_the_rest(self) -> Mapping[str, object]:
        rest, self._rest = self._rest, {}
        return MappingProxyType(rest)

    def take_the_tables(self) -> Mapping[str, Mapping[str, object]]:
        """Every entry, each of which must be a table."""
        tables = {key: self.table(key).take_the_rest() for key in tuple(self._rest)}
        return MappingProxyType(tables)

    def refuse_the_rest(self) -> None:
        for key in self._rest:
            raise SettingsError(
                "settings_unknown_key", file=self._source, key=f"{self._prefix}{key}"
            )

    def not_one_line(self, key: str) -> SettingsError:
        return SettingsError("settings_line_end", file=self._source, key=f"{self._prefix}{key}")

    def bad(self, key: str, reason: str) -> SettingsError:
        return SettingsError(
            "settings_bad_value", file=self._source, key=f"{self._prefix}{key}", reason=reason
        )


def _is_one_line(value: object) -> bool:
    """A line end or another control character would begin something else on the wire."""
    if isinstance(value, dict):
        return all(_is_one_line(one) for pair in value.items() for one in pair)
    if isinstance(value, list):
        return all(map(_is_one_line, value))
    return not isinstance(value, str) or not any(
        ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0 for letter in value
    )


def _over(
    environ: Mapping[str, str], name: str, read: Callable[[str], Value], value: Value
) -> Value:
    """`value`, or what the variable `name` says instead."""
    text = environ.get(name, "")
    if not text:
        return value
    try:
        return read(text)
    except ValueError as error:
        raise SettingsError(
            "settings_bad_value", file="environment", key=name, reason="not understood"
        ) from error


def _database(table: _Table, environ: Mapping[str, str]) -> DatabaseSettings:
    url = table.take("url", str, "")
    if url and not _is_database_url(url):
        raise table.bad("url", "postgresql://… expected")
    table.refuse_the_rest()
    return DatabaseSettings(_over(environ, "ETS_DATABASE_URL", _database_url, url) or None)


def _is_database_url(url: str) -> bool:
    return url.startswith(("postgresql://", "postgres://"))


def _database_url(text: str) -> str:
    if not _is_database_url(text):
        raise ValueError
    return text


def _desk(table: _Table, environ: Mapping[str, str]) -> DeskSettings:
    photos = _over(environ, "ETS_PHOTO_FOLDER", str, table.take("photo_folder", str, ""))
    desk = DeskSettings(
        tone=_over(environ, "ETS_TONE", _switch, table.take("tone", bool, True)),
        font_size=_over(environ, "ETS_FONT_SIZE", int, table.take("font_size", int, 13)),
        theme=_over(environ, "ETS_THEME", str, table.take("theme", str, "system")),
        photo_folder=Path(photos) if photos else None,
        debug=_over(environ, "ETS_DEBUG", _switch, table.take("debug", bool, False)),
    )
    if desk.photo_folder is not None and not desk.photo_folder.is_absolute():
        raise table.bad("photo_folder", "an absolute folder expected")
    if desk.font_size not in FONT_SIZES:
        raise table.bad("font_size", f"{FONT_SIZES[0]} to {FONT_SIZES[-1]} expected")
    if desk.theme not in THEMES:
        raise table.bad("theme", f"one of {', '.join(THEMES)} expected")
    table.refuse_the_rest()
    return desk


def _switch(text: str) -> bool:
    switches = {"1": True, "true": True, "0": False, "false": False}
    if text.lower() not in switches:
        raise ValueError
    return switches[text.lower()]


def _gateway(table: _Table) -> GatewaySettings:
    links: list[GatewayLink] = []
    for entry in table.tables("links"):
        name = entry.take("name", str, "")
        vendor = entry.take("vendor", str, "")
        if not name or any(link.name == name for link in links):
            raise entry.bad("name", "a name of its own expected")
        if vendor not in VENDORS:
            raise entry.bad("vendor", f"one of {', '.join(VENDORS)} expected")
        options = entry.take_the_rest()
        for key, value in {"name": name, **options}.items():
            if not _is_one_line(value):
                raise entry.not_one_line(key)
        links.append(GatewayLink(name, vendor, options))
    wire_log_mb = table.take("wire_log_mb", int, GatewaySettings().wire_log_mb)
    if wire_log_mb not in WIRE_LOG_MB:
        raise table.bad("wire_log_mb", f"{WIRE_LOG_MB[0]} to {WIRE_LOG_MB[-1]} expected")
    ars = _ars(table.table("ars"))
    table.refuse_the_rest()
    return GatewaySettings(tuple(links), wire_log_mb, ars)


def _ars(table: _Table) -> ArsDoor | None:
    listen = table.take("listen", str, "")
    path = table.take("path", str, "")
    table.refuse_the_rest()
    if not (listen or path):
        return None
    # Most PCs hear no ARS.
    from ipaddress import IPv4Address

    try:
        host, _, port = listen.partition(":")
        door = ArsDoor(str(IPv4Address(host)), int(port), path)
    except ValueError as error:
        raise table.bad("listen", "IPv4:port expected") from error
    if not 0 < door.port < 65_536:
        raise table.bad("listen", "IPv4:port expected")
    if not _SECRET_PATH.fullmatch(path) or len(path) < _SHORTEST_PATH:
        raise table.bad("path", "a secret path of 24 letters or more expected")
    return door


def _erp(table: _Table) -> ErpSettings:
    push = table.table("push")
    way = push.take("to", str, "")
    pull: list[ErpWay] = []
    for entry in table.tables("pull"):
        name = entry.take("name", str, "")
        kind = entry.take("source", str, "")
        if not name or any(source.name == name for source in pull):
            raise entry.bad("name", "a name of its own expected")
        pull.append(ErpWay(name, kind, entry.take_the_rest()))
    table.refuse_the_rest()
    if not way:
        push.refuse_the_rest()
        return ErpSettings(None, tuple(pull))
    return ErpSettings(ErpWay("push", way, push.take_the_rest()), tuple(pull))
