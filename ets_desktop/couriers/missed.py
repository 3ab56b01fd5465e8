"""A courier that did not do what it was asked, as an error."""

from typing import Any, Final

from ets_desktop.domain.couriers import Unsent
from ets_desktop.domain.delivery import Miss
from ets_desktop.domain.errors import Unavailable

#: After these it may have done it all the same.
_AMBIGUOUS: Final = (Unsent.SILENT, Unsent.BUSY, Unsent.MALFORMED)
#: Where one wish meets these, the next one would, too.
STOPS: Final = (Unsent.UNREACHABLE, Unsent.SILENT, Unsent.LOGIN)


class Missed(Unavailable):
    """A try that failed; `miss` says why and whether another may help, `content` is what came
    with a refusal."""

    def __init__(self, miss: Miss, content: Any = None) -> None:
        super().__init__(str(miss.why), ambiguous=miss.why in _AMBIGUOUS, detail=miss.detail)
        self.miss = miss
        self.content = content
