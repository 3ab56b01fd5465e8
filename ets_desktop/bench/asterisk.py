"""An Asterisk on disk, and its files for a telephone system of phones that only ring."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

#: Where `tests/live` keeps the packages that it unpacked, the newest version last by name.
CACHE = "ets-desktop-tests"

USER, SECRET = "gateway", "not-a-secret"
#: A call with this header comes from outside.
TRUNK_MARK = ("X-Line", "trunk")
#: What a caller dials, before the extension.
DIRECT = "0700000"

_LOADERS = ("lib/*/ld-linux*.so.*", "usr/lib/*/ld-linux*.so.*", "lib/*/ld-2*.so")


@dataclass(frozen=True)
class Installation:
    """`root` is `/`, or where the packages of an Asterisk were unpacked."""

    version: str
    root: Path

    @property
    def command(self) -> list[str]:
        """It runs in place, through its own loader and libraries: they may be newer than ours."""
        program = str(self.root / "usr/sbin/asterisk")
        if self.root == Path("/"):
            return [program]
        found = (path for pattern in _LOADERS for path in self.root.glob(pattern))
        # What links to an absolute place would be this machine's own.
        loader = next(path for path in found if path.resolve().is_relative_to(self.root))
        places = [path for path in self._library_places() if path.is_dir()]
        libraries = ":".join(str(path) for path in places)
        return [str(loader), "--library-path", libraries, program]

    @property
    def modules(self) -> Path:
        return next(path for path in self.root.glob("usr/lib/**/asterisk/modules"))

    def _library_places(self) -> list[Path]:
        triplets = [path.parent for path in self.root.glob("usr/lib/*/libc.so.6")]
        triplets += [path.parent for path in self.root.glob("lib/*/libc.so.6")]
        merged = [self.root / "usr/lib" / path.name for path in triplets]
        return [*triplets, *merged, self.root / "usr/lib"]


def installed(folder: Path | None = None) -> Installation | None:
    """The Asterisk below `folder`; without one this machine's own, or the tests'."""
    if folder is not None:
        return _at(folder)
    own = shutil.which("asterisk", path="/usr/sbin")
    kept = user_cache_path(CACHE, appauthor=False).glob("asterisk-*/")
    places = [Path("/")] * (own is not None) + sorted(kept, reverse=True)
    return next((found for place in places if (found := _at(place)) is not None), None)


def _at(root: Path) -> Installation | None:
    there = (root / "usr/sbin/asterisk").is_file()
    return Installation(root.name.removeprefix("asterisk-"), root) if there else None


_MODULES = (
    *("res_timing_timerfd", "res_rtp_asterisk", "codec_ulaw", "res_sorcery_config"),
    *("res_sorcery_memory", "res_sorcery_astdb", "res_pjproject", "res_pjsip"),
    *("res_pjsip_session", "res_pjsip_sdp_rtp", "chan_pjsip", "res_pjsip_caller_id"),
    *("res_pjsip_endpoint_identifier_ip", "res_pjsip_endpoint_identifier_user"),
    *("res_pjsip_pubsub", "res_pjsip_nat", "bridge_simple", "pbx_config", "app_dial"),
    *("func_callerid", "func_channel"),
)
#: asterisk.conf: everything in a folder of its own.
PLACES = """
[directories]
astetcdir => {own}
astmoddir => {modules}
astvarlibdir => {share}
astdatadir => {share}
astagidir => {own}
astdbdir => {own}
astkeydir => {own}
astspooldir => {own}
astrundir => {own}
astlogdir => {own}
[options]
documentation_language = en_US
dontwarn = yes
"""
_MANAGER = f"""
[general]
enabled = yes
webenabled = no
bindaddr = 127.0.0.1
port = {{ami}}
[{USER}]
secret = {SECRET}
read = system,call,agent
write = call,agent,originate,reporting
"""
_DIALPLAN = f"""
[outside]
exten => _{DIRECT}X.,1,Dial(PJSIP/${{EXTEN:{len(DIRECT)}}},20)
 same => n,Hangup()
"""
_PHONES = f"""
[global]
type = global
endpoint_identifier_order = header,username
[loopback]
type = transport
protocol = udp
bind = 127.0.0.1:{{sip}}
[telephone](!)
type = endpoint
transport = loopback
disallow = all
allow = ulaw
direct_media = no
timers = no
100rel = no
[trunk](telephone)
context = outside
[trunk]
type = identify
endpoint = trunk
match_header = {": ".join(TRUNK_MARK)}
"""
_PHONE = """
[{extension}](telephone)
aors = {extension}
[{extension}]
type = aor
contact = sip:{extension}@127.0.0.1:{port}
"""


def write_files(
    folder: Path,
    installation: Installation,
    *,
    sip: int,
    ami: int,
    phones: int,
    extensions: Sequence[str],
) -> Path:
    """Into `folder`: every extension's phone is at the port `phones`. The file to start with."""
    there = {path.stem for path in installation.modules.glob("*.so")}
    loads = [f"load = {name}.so" for name in _MODULES if name in there]
    share = installation.root / "usr/share/asterisk"
    of_phones = [_PHONE.format(extension=one, port=phones) for one in extensions]
    files = {
        "asterisk.conf": PLACES.format(own=folder, modules=installation.modules, share=share),
        "modules.conf": "\n".join(["[modules]", "autoload = no", *loads]),
        "manager.conf": _MANAGER.format(ami=ami),
        "extensions.conf": _DIALPLAN,
        "pjsip.conf": "".join([_PHONES.format(sip=sip), *of_phones]),
        "logger.conf": "[logfiles]\nmessages => error\n",
        "rtp.conf": "[general]\nstrictrtp = no\nicesupport = no\n",
        "pjproject.conf": "[startup]\ntype = startup\nlog_level = 0\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "asterisk.conf"
