"""The telephone systems this program can talk to."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.protocol import Vendor
from ets_desktop.pbx.scene import Scene
from ets_desktop.pbx.vendors.asterisk.vendor import AsteriskVendor
from ets_desktop.pbx.vendors.lgu_centrex.vendor import CentrexVendor
from ets_desktop.pbx.vendors.lgu_ippbx.vendor import IppbxVendor
from ets_desktop.pbx.vendors.replay import ReplayVendor
from ets_desktop.pbx.vendors.simulator import Simulator
from ets_desktop.settings import GatewayLink

# A new vendor:
#   1. a module or package in `pbx/vendors/` with a class that keeps `protocol.Vendor` and a
#      classmethod `of_link(link, scene)` that checks the link's options (raises EtsError
#      `link_option`);
#   2. its line here, and its name in `settings.VENDORS`;
#   3. recordings in `tests/recordings/<vendor>/`, its own tests, and a line in
#      `tests/pbx/test_vendor_contract.py`, which fails until it is there.
VENDORS: Mapping[str, Callable[[GatewayLink, Scene], Vendor]] = MappingProxyType(
    {
        "asterisk": AsteriskVendor.of_link,
        "lgu_centrex": CentrexVendor.of_link,
        "lgu_ippbx": IppbxVendor.of_link,
        "replay": ReplayVendor.of_link,
        "simulator": Simulator.of_link,
    }
)


def vendor_of(link: GatewayLink, scene: Scene) -> Vendor:
    """The vendor of a configured link. Raises EtsError `vendor_unknown` or `link_option`."""
    make = VENDORS.get(link.vendor)
    if make is None:
        raise EtsError("vendor_unknown", link=link.name, vendor=link.vendor)
    return make(link, scene)
