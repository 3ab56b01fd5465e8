"""The migrations make exactly the tables the program is written against."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, text

from ets_desktop.db.address import engine_of
from ets_desktop.db.migrate import downgrade, upgrade
from ets_desktop.db.schema.every import metadata
from ets_desktop.db.schema_version import schema_status
from ets_desktop.paths import migrations_dir


def differences(url: str) -> list[object]:
    engine = engine_of(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            return list(compare_metadata(context, metadata))
    finally:
        engine.dispose()


def test_the_head_matches_the_tables(clean_database: str) -> None:
    assert schema_status(clean_database).is_current
    assert differences(clean_database) == []


def test_every_step_goes_down_and_up_again(clean_database: str) -> None:
    downgrade(clean_database, "base")
    assert schema_status(clean_database).current is None
    upgrade(clean_database)
    assert schema_status(clean_database).is_current
    assert differences(clean_database) == []


def test_trigrams_see_hangul(clean_database: str) -> None:
    engine = engine_of(clean_database, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT cardinality(show_trgm('김정민'))")) == 4
    finally:
        engine.dispose()


def test_the_newest_step_is_the_one_alembic_sees(clean_database: str) -> None:
    alembic = ScriptDirectory(str(migrations_dir())).get_current_head()
    assert schema_status(clean_database).head == alembic
