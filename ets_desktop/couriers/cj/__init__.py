"""CJ대한통운 over its HTTP API (택배 표준 API, Developer Guide V3.9.4)."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from ets_desktop.couriers.cj.courier import CjCourier, Contract
from ets_desktop.couriers.cj.line import CjLine, KeptToken
from ets_desktop.couriers.options import Options
from ets_desktop.couriers.places import Centre

#: By whose it is; a token is no one courier's, for one is opened for each question of a desk.
_TOKENS: dict[tuple[str, str, str], KeptToken] = {}


@contextmanager
def cj_courier(options: Options, centre: Centre) -> Iterator[CjCourier]:
    """Options: `base_url`, `cust_id`, `biz_no` or `biz_no_file`, `box_type` (02 소), `fare` (03
    신용), `patience_s`. Raises EtsError `courier_option` and those of a secret."""
    url = options.words("base_url")
    if not url.startswith(("http://", "https://")):
        raise options.bad("base_url", "http(s)://…")
    cust_id = options.words("cust_id")
    biz_no = options.secret("biz_no").replace("-", "")
    contract = Contract(
        cust_id, centre, options.take("box_type", str, "02"), options.take("fare", str, "03")
    )
    patience = options.take("patience_s", int, 15)
    options.refuse_the_rest()
    with httpx.Client(base_url=url, timeout=patience) as client:
        kept = _TOKENS.setdefault((url, cust_id, biz_no), KeptToken())
        yield CjCourier(CjLine(client, cust_id, biz_no, kept=kept), contract)
