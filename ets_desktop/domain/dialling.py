"""통화: a desk wishes, whichever gateway has the telephone dials."""

from dataclasses import dataclass
from datetime import timedelta

#: What `dial_request.outcome` says of a wish that the telephone system took; else an error code.
DIALLED = "dialled"
#: Nobody wants their phone to ring for a button they pressed a while ago.
DIAL_EXPIRES_AFTER = timedelta(seconds=15)
#: The outcome of such a wish, and what a desk says that waited so long in vain.
DIAL_UNANSWERED = "dial_unanswered"
#: Refused: that phone rings already for the number before, or that number is on the line.
ALREADY_DIALLING = "already_dialling"


@dataclass(frozen=True, slots=True)
class DialledFrom:
    """On what 통화 was pressed: the call becomes a contact of that ticket, or of the promise's."""

    ticket_id: int | None = None
    callback_id: int | None = None


NOTHING = DialledFrom()
