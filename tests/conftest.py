"""What holds in every test: own data folder, no network, no unexpected log record, no thread left alive.

A test that expects a warning in the log says so with the `expected_log` fixture. What concerns windows stands in
`tests/ui/conftest.py`.
"""

import fcntl
import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"  # the region of whoever runs the tests changes nothing in a new book
for _variable in [v for v in os.environ if v.startswith("RL_") or v in ("MPLCONFIGDIR", "MATPLOTLIBRC", "QT_API")]:
    del os.environ[_variable]

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

# The suite is the same every time; the full-size proofs take a seed and print it.
settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("suite")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has a data folder of its own; nothing of the user's is read or written."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PARTNERDESK_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection to another machine fails the test; sockets between our own processes are allowed."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX:
            raise AssertionError(f"the program tried to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def expected_log() -> list[str]:
    """Texts that warnings of this test may contain: `expected_log.append("disk full")`."""
    return []


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest, expected_log: list[str]) -> Iterator[None]:
    """A warning or error in the log that the test did not announce fails it."""
    handler = _Records()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    texts = [f"{r.name}: {r.getMessage()}" for r in handler.records]
    unexpected = [t for t in texts if not any(e in t for e in expected_log)]
    assert not unexpected, f"unexpected log records: {unexpected}"


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """A thread that outlives its test is a leak; one that is about to end gets a second for it."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 1
    while (left := _strangers(before)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left, f"threads left alive: {[t.name for t in left]}"


def _strangers(before: set[threading.Thread]) -> list[threading.Thread]:
    # A QThread that ran Python code shows up as a dummy thread that never ends; its own fixture watches those.
    return [t for t in threading.enumerate() if t not in before and not isinstance(t, threading._DummyThread)]


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample book, closed, made once for all processes of a run. Copy it, never open it."""
    from partnerdesk.ops.sample.whole import fill_sample_book
    from partnerdesk.store import Store

    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "sample"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = folder / "Sample.partnerdesk"
        if not path.exists():
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("PARTNERDESK_HOME", str(folder))
                with Store.create(folder / "making.partnerdesk", user="Ann", sample=True) as store:
                    store.transact("Make the sample book", fill_sample_book)
            (folder / "making.partnerdesk").rename(path)
    return path


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the checkout; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the reference material ../shared is not here")
    return SHARED
