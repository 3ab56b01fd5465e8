"""The telephone system of an invented shop, as the configuration files of Asterisk.

A customer dials 070-0000-01xx for extension 1xx, QUEUE, FREEPBX_QUEUE or GROUP; an agent dials an
extension, `*8` and the extension whose ring to take, or any number that begins with 0.
"""

from collections.abc import Mapping
from pathlib import Path

from ets_desktop.bench.asterisk import PLACES, SECRET, TRUNK_MARK, USER

EXTENSIONS = ("101", "102", "103", "104")
#: Known to Asterisk, but no phone has ever registered there.
NOBODY = "109"
QUEUE, FREEPBX_QUEUE, GROUP = "07000009001", "07000009002", "07000009003"
COMPANY = "07000009000"
INSIDE = "inside"


def direct(extension: str) -> str:
    """What a customer dials to reach that extension."""
    return f"07000000{extension}"


_MODULES = (
    *("res_timing_timerfd", "res_rtp_asterisk", "codec_ulaw", "format_pcm", "format_wav"),
    *("res_musiconhold", "res_sorcery_config", "res_sorcery_memory", "res_sorcery_astdb"),
    *("res_pjproject", "res_pjsip", "res_pjsip_session", "res_pjsip_sdp_rtp", "chan_pjsip"),
    *("res_pjsip_caller_id", "res_pjsip_diversion", "res_pjsip_refer", "res_pjsip_nat"),
    *("res_pjsip_endpoint_identifier_ip", "res_pjsip_endpoint_identifier_user"),
    *("res_pjsip_registrar", "res_pjsip_pubsub", "res_pjsip_header_funcs"),
    *("bridge_simple", "bridge_softmix", "bridge_holding", "bridge_builtin_features"),
    *("pbx_config", "app_dial", "app_queue", "app_directed_pickup", "app_stack"),
    *("func_callerid", "func_channel", "func_strings", "func_logic", "res_manager_devicestate"),
)

_MANAGER = f"""
[general]
enabled = yes
webenabled = no
bindaddr = 127.0.0.1
port = {{ami}}
channelvars = CALLERID(pres)
[{USER}]
secret = {SECRET}
deny = 0.0.0.0/0.0.0.0
permit = 127.0.0.1/255.255.255.255
read = system,call,agent
write = call,agent,originate,reporting
"""

_DIALPLAN = f"""
[outside]
exten => _070000001XX,1,Dial(PJSIP/${{EXTEN:-3}},20)
 same => n,Hangup()
exten => {QUEUE},1,Answer()
 same => n,Queue(shop,,,,3)
 same => n,Hangup()
exten => {FREEPBX_QUEUE},1,Answer()
 same => n,Queue(freepbx,,,,3)
 same => n,Hangup()
exten => {GROUP},1,Dial(PJSIP/101&PJSIP/102,20)
 same => n,Hangup()
include => inside
[member]
exten => _1XX,1,Dial(PJSIP/${{EXTEN}},20)
 same => n,Hangup()
[inside]
exten => _1XX,1,Dial(PJSIP/${{EXTEN}},20)
 same => n,Hangup()
exten => _*81XX,1,PickupChan(PJSIP/${{EXTEN:2}},p)
 same => n,Hangup()
exten => _0X.,1,Set(CALLERID(all)={COMPANY})
 same => n,Dial(PJSIP/${{EXTEN}}@trunk,20)
 same => n,Hangup()
"""

_QUEUES = """
[general]
autofill = yes
[shop]
strategy = ringall
timeout = 15
retry = 1
ringinuse = no
member => PJSIP/101
member => PJSIP/102
[freepbx]
strategy = ringall
timeout = 15
retry = 1
ringinuse = no
member => Local/101@member/n,0,101,PJSIP/101
member => Local/102@member/n,0,102,PJSIP/102
"""

_TELEPHONES = """
[global]
type = global
endpoint_identifier_order = header,username
[loopback]
type = transport
protocol = udp
bind = 127.0.0.1:{sip}
[telephone](!)
type = endpoint
transport = loopback
disallow = all
allow = ulaw
direct_media = no
timers = no
100rel = no
trust_id_inbound = yes
send_connected_line = no
"""

_OF_TRUNK = f"""
[trunk](telephone)
context = outside
aors = trunk
[trunk]
type = aor
contact = sip:127.0.0.1:{{port}}
[trunk]
type = identify
endpoint = trunk
match_header = {": ".join(TRUNK_MARK)}
"""

_OF_EXTENSION = """
[{extension}](telephone)
context = inside
aors = {extension}
callerid = "{extension}" <{extension}>
[{extension}]
type = aor
max_contacts = 1
{contact}
"""


def write_plan(
    folder: Path, modules: Path, share: Path, sip: int, ami: int, lines: Mapping[str, int]
) -> Path:
    """Write all files into `folder`; `lines` are the ports of the phones and of `trunk`."""
    telephones = [_TELEPHONES.format(sip=sip), _OF_TRUNK.format(port=lines["trunk"])]
    for extension in (*EXTENSIONS, NOBODY):
        port = lines.get(extension)
        contact = f"contact = sip:{extension}@127.0.0.1:{port}" if port else ""
        telephones.append(_OF_EXTENSION.format(extension=extension, contact=contact))
    there = {path.stem for path in modules.glob("*.so")}
    loads = [f"load = {name}.so" for name in _MODULES if name in there]
    files = {
        "asterisk.conf": PLACES.format(own=folder, modules=modules, share=share),
        "modules.conf": "\n".join(["[modules]", "autoload = no", *loads]),
        "manager.conf": _MANAGER.format(ami=ami),
        "extensions.conf": _DIALPLAN,
        "queues.conf": _QUEUES,
        "pjsip.conf": "".join(telephones),
        "logger.conf": "[logfiles]\nmessages => notice,warning,error\n",
        "rtp.conf": "[general]\nstrictrtp = no\nicesupport = no\n",
        "musiconhold.conf": f"[default]\nmode = files\ndirectory = {folder}\n",
        "pjproject.conf": "[startup]\ntype = startup\nlog_level = 0\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder / "asterisk.conf"
