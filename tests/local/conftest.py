"""A cluster to maltreat, in a folder with a name like any person's and worse."""

from collections.abc import Iterator

import pytest

from tests.local.clusters import Site


@pytest.fixture(scope="session")
def session_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A cluster that was made, used once and stopped; made anew it would cost most of the time."""
    site = Site(tmp_path_factory.mktemp("김 상담") / '홍 길동\'s $HOME `x` "앱"')
    postgres = site.postgres()
    postgres.start()
    postgres.stop()
    return site


@pytest.fixture
def site(session_site: Site) -> Iterator[Site]:
    """The cluster, stopped before the test and after it; a test repairs what it damages."""
    yield session_site
    if session_site.is_running():
        last = session_site.postgres()
        last.start()
        last.stop(end_lingering=True)
    assert not session_site.is_running()
