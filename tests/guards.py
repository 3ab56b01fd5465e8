"""Writes down what the migrations make, for `ets doctor`: `python -m tests.guards`."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from ets_desktop.db.engine import Database
from ets_desktop.paths import migrations_dir
from ets_desktop.queries.guards import FILE, guards_of
from tests.postgres import clone, migrated_template, throw_away_server


def written(database: Database) -> str:
    """The whole of migrations/guards.json."""
    return json.dumps(database.call(guards_of), indent=1) + "\n"


def main() -> None:
    with (
        TemporaryDirectory() as folder,
        throw_away_server(Path(folder)) as server,
        migrated_template(server) as template,
        clone(server, template) as target,
    ):
        database = Database(target.url(), application_name="test", pool_size=1)
        (migrations_dir() / FILE).write_text(written(database), encoding="utf-8")
        database.close()


if __name__ == "__main__":
    main()
