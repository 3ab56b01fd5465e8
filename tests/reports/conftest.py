"""What tests of reports share."""

from tests.people import database, desk_database, kim, lee, login, park, team

__all__ = ["database", "desk_database", "kim", "lee", "login", "park", "team"]
