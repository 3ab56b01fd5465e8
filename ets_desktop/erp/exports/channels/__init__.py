"""The sales channels whose exports are understood.

A new channel:
1. `channels/<channel>.py` with one `Preset`: its marks (header names no other channel has
   together), its own names for canonical fields, what is odd about its statuses;
2. its line in CHANNELS; the first of two equally good matches wins, so put the sure ones first;
3. a sample in `tests/erp/exports/samples.py`: the contract test asks every channel to be
   recognised by its own sample, by no other's, and to yield order, line, product and quantity.
"""

from ets_desktop.erp.exports.channels.cafe24 import CAFE24
from ets_desktop.erp.exports.channels.closed_malls import TMON, WEMAKEPRICE
from ets_desktop.erp.exports.channels.coupang import COUPANG
from ets_desktop.erp.exports.channels.eleven_street import ELEVEN_STREET
from ets_desktop.erp.exports.channels.esm import ESM
from ets_desktop.erp.exports.channels.ezadmin import EZADMIN
from ets_desktop.erp.exports.channels.kakao import KAKAO
from ets_desktop.erp.exports.channels.lotte_on import LOTTE_ON
from ets_desktop.erp.exports.channels.ohouse import OHOUSE
from ets_desktop.erp.exports.channels.playauto import PLAYAUTO
from ets_desktop.erp.exports.channels.preset import Preset
from ets_desktop.erp.exports.channels.sabangnet import SABANGNET
from ets_desktop.erp.exports.channels.smartstore import SMARTSTORE
from ets_desktop.erp.exports.channels.toss import TOSS

CHANNELS: tuple[Preset, ...] = (
    SMARTSTORE,
    COUPANG,
    EZADMIN,
    SABANGNET,
    PLAYAUTO,
    LOTTE_ON,
    ELEVEN_STREET,
    ESM,
    KAKAO,
    OHOUSE,
    TOSS,
    CAFE24,
    WEMAKEPRICE,
    TMON,
)
CHANNEL_OF_CODE: dict[str, Preset] = {preset.code: preset for preset in CHANNELS}


def channel_named(name: str) -> Preset | None:
    """The channel of a code, a Korean name or a nickname; blanks and case do not count."""
    wanted = "".join(name.split()).casefold()
    for preset in CHANNELS:
        names = (preset.code, preset.name, *preset.aliases)
        if wanted in {"".join(known.split()).casefold() for known in names}:
            return preset
    return None


__all__ = ["CHANNELS", "CHANNEL_OF_CODE", "Preset", "channel_named"]
