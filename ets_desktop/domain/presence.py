"""How long a desk that is not heard of still counts as being at a ticket (spec 20, presence)."""

from datetime import timedelta

#: How often a desk says that it still has the ticket open.
BEAT = timedelta(seconds=60)
#: A desk was killed if it missed three beats; the database lets anybody sweep its row then.
STALE_AFTER = timedelta(minutes=3)
