"""The fixture strategy, for whoever adds a test.

Most tests need no fixture at all: values are frozen and cheap, so a test builds
what it needs by hand (``factory.py``, where it exists) and says in its own lines
what it is about. Golden cases are text files under ``tests/cases``, so that a
linguist can add one without writing Python. What is shared stands here, and is
of three kinds only:

* **places**: ``dispatches`` (the sample news that the project wrote) and
  ``record_path`` (where a record may be made; a new folder for each test);
* **the real weights**: ``engine``, loaded once per run because that is the only
  slow thing; only tests of real reading ask for it;
* **guards** that every test gets without asking: no network, and no colour or
  width taken from the terminal that happens to run the tests.

Nothing is mocked but the network, and that only to be refused. Warnings are
errors; a known failure is ``xfail(reason=...)`` and strict.
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from onrecord.pipeline import Engine

ROOT = Path(__file__).resolve().parent.parent

# Two cores shared with others make single examples slow at times; that is no failure. The same
# examples on every run, so that what CI refuses fails at home too.
settings.register_profile(
    "onrecord", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("onrecord")


@pytest.fixture(scope="session")
def dispatches() -> Path:
    """The folder of sample dispatches that the demo and the documentation use."""
    return ROOT / "examples" / "october-1962"


@pytest.fixture
def record_path(tmp_path: Path) -> Path:
    """A path at which no record stands yet."""
    return tmp_path / "record.sqlite"


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The real weights that come with the package."""
    from onrecord.pipeline import Engine

    return Engine.load()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading is offline: whatever reaches for the network fails the test."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> None:
        if self.family == socket.AF_UNIX:
            connect(self, address)
            return
        pytest.fail(f"a test reached for the network: {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Output looks the same wherever the tests run."""
    for name in (
        "CLICOLOR_FORCE",
        "FORCE_COLOR",
        "GITHUB_ACTIONS",
        "NO_COLOR",
        "PY_COLORS",
        "TTY_COMPATIBLE",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
