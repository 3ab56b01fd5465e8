"""What every test may ask for: a real PostgreSQL with the newest schema, Qt without a screen."""

import gc
import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from ets_desktop.local.embedded import ConnectionTarget
from tests.postgres import clone, migrated_template, throw_away_server
from tests.privacy import PrivacyOfLogs

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No test leaves keys in the key store of the person who runs it.
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

# A widget in a cycle must not be freed on a thread a test runs jobs on (ui/garbage.py).
gc.disable()


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(PrivacyOfLogs())


@pytest.fixture(autouse=True)
def young_garbage() -> Iterator[None]:
    yield
    assert not gc.isenabled(), "left on, it would free the widgets of later tests on any thread"
    # Closed windows go while their Python half is whole: a half that was collected first would
    # still be told of the next test's focus.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect(1)


@pytest.fixture(autouse=True, scope="module")
def all_garbage() -> Iterator[None]:
    yield
    gc.collect()


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConnectionTarget]:
    """The session's server, its owner's login."""
    with throw_away_server(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture(scope="session")
def template_database(postgres_server: ConnectionTarget) -> Iterator[str]:
    """A migrated database to clone."""
    with migrated_template(postgres_server) as template:
        yield template


@pytest.fixture(scope="session")
def database_url(postgres_server: ConnectionTarget, template_database: str) -> Iterator[str]:
    """A migrated database which the whole session shares; for tests that leave nothing behind."""
    with clone(postgres_server, template_database) as target:
        yield target.url()


@pytest.fixture
def clean_database(postgres_server: ConnectionTarget, template_database: str) -> Iterator[str]:
    """A migrated, empty database of the test's own."""
    with clone(postgres_server, template_database) as target:
        yield target.url()
