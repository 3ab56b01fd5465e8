"""통화: a desk wishes, whichever gateway has the telephone dials."""

from datetime import timedelta

#: What `dial_request.outcome` says of a wish that the telephone system took; else an error code.
DIALLED = "dialled"
#: Nobody wants their phone to ring for a button they pressed a while ago.
DIAL_EXPIRES_AFTER = timedelta(seconds=15)
#: The outcome of such a wish, and what a desk says that waited so long in vain.
DIAL_UNANSWERED = "dial_unanswered"
