"""The driver's errors in our words. Unknown ones are bugs and stay what they are."""

import re

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ets_desktop.domain.errors import EtsError, RuleViolation, Unavailable

#: Raised by our own triggers (migrations/).
_RULES = {
    "ET001": "ticket_closed",
    "ET002": "ticket_origin_fixed",
    "ET003": "customer_merged",
    "ET004": "later_merge_first",
    "ET005": "merge_undone",
    "ET006": "line_under_claim",
    "ET007": "quantity_over_left",
    "ET008": "claim_moved_on",
    "ET009": "line_of_other_order",
    "ET010": "pickup_under_way",
    "ET011": "pickup_moved_on",
    "ET012": "return_matched",
    "ET021": "role_unknown",
    "ET022": "login_name_refused",
    "ET023": "login_not_ours",
    "ET024": "verifier_refused",
    "ET025": "last_admin",
    "ET026": "login_taken",
    "ET027": "admin_exists",
    "ET028": "agent_unknown",
    "ET029": "login_disabled",
    "ET030": "login_not_disabled",
    "ET031": "extension_taken",
    "ET032": "team_has_work",
    "ET033": "team_has_members",
    "ET034": "receiver_inactive",
    "ET035": "team_closed",
    "ET036": "work_left",
    "ET040": "approval_answered",
    "ET041": "ticket_open",
    "ET042": "claim_closed",
    "ET043": "approval_not_needed",
}
#: Refusals that have a way out, by the name our triggers give them; the programs before them say
#: `not_allowed`.
_APPROVED_FIRST = frozenset({"refund_needs_approval", "export_needs_approval", "approval_own"})
_LOGIN_REFUSED = {"28P01", "28000"}
#: A failed connection has no state, only the server's words, in the language of its lc_messages;
#: libpq's own, which stand around them, are English.
_SERVER_SAID = re.compile(r"failed: [^\n:]{1,40}:  ")
#: Stands in them whatever their language: Korean has 'password 인증을 실패했습니다'.
_PASSWORD, _HBA = "password", "pg_hba.conf"
_SERVER_GOES = {"57P01", "57P02", "57P03", "25006"}
#: No space, or (58030) a write that failed, as one to a full disk may.
_NO_ROOM = {"53100", "58030"}
_OVERLOADED = {"53300", "53200", "53400"}
#: Rolled back whole for somebody else's sake: the same again will do.
_GAVE_WAY = {"40001", "40P01"}


def known_error(error: Exception, *, committing: bool) -> EtsError | None:
    """The EtsError that tells `error` to a user, or None if it is a bug.

    `committing` marks the loss of a connection as ambiguous: the commit may have happened
    (facts: a lost COMMIT reply); the caller repeats with the same client-made id.
    """
    if isinstance(error, PoolTimeout):
        return Unavailable("database_busy")
    original = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(original, psycopg.Error):
        return None
    state = original.sqlstate or ""
    if state in _RULES:
        return RuleViolation(_RULES[state])
    if state == "42501":
        named = original.diag.constraint_name
        return RuleViolation(named if named in _APPROVED_FIRST else "not_allowed")
    if state == "57014":
        return EtsError("cancelled")
    if state in _LOGIN_REFUSED:
        return RuleViolation("login_refused")
    if not state and (refusal := _refused_login(original)) is not None:
        return refusal
    if state in _NO_ROOM:
        return Unavailable("folder_unusable", folder="PostgreSQL", reason="disk full")
    if state in _OVERLOADED | _GAVE_WAY:
        return Unavailable("database_busy")
    if state in _SERVER_GOES or _connection_lost(original, state):
        return Unavailable("database_away", ambiguous=committing)
    return None


def _refused_login(error: psycopg.Error) -> EtsError | None:
    """Why the server let nobody in at all, by what does not depend on its language."""
    said = str(error)
    if error.pgconn is None or _SERVER_SAID.search(said) is None:
        return None
    if _HBA in said:
        return Unavailable("address_refused")
    # Of what a server says at the door only two things name who knocks: a wrong password, and a
    # login that is disabled.
    if f'"{error.pgconn.user.decode(errors="replace")}"' not in said:
        return None
    return RuleViolation("login_refused" if _PASSWORD in said else "account_disabled")


def _connection_lost(original: psycopg.Error, state: str) -> bool:
    if isinstance(original, psycopg.OperationalError):
        # Without a state the server said nothing: refused, timed out or hung up.
        return not state or state.startswith("08")
    # Behind PgBouncer a server dying in COMMIT shows as this and no OperationalError.
    return isinstance(original, psycopg.InternalError) and "COMMIT" in str(original)
