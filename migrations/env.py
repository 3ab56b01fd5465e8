"""Alembic's entry: takes the connection `db/migrate.py` made, or the one `ets db url` names."""

import os

from alembic import context
from sqlalchemy import Connection

from ets_desktop.db.address import engine_of
from ets_desktop.db.schema.every import metadata


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        compare_server_default=False,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = engine_of(os.environ["ETS_DATABASE_URL"])
    with engine.connect() as connection:
        run(connection)
    engine.dispose()
