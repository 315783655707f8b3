"""What every test starts from. Can be read where PySide6 and pytest-qt are absent."""

import gc
import os
import shutil
import socket
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import made
import pytest
import rewriting
import sweeping
from hypothesis import settings

import main
import preflight

# Before anything imports Qt: no screen, and the same pixels on every machine.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ["QT_FONT_DPI"] = "96"
os.environ["QT_LOGGING_RULES"] = "qt.text.font.db=false"

# The same examples in every run; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

if find_spec("PySide6"):
    if missing := preflight.missing_packages(screen=False):
        pytest.exit(f"Qt lacks system libraries. Type: {preflight.say_what_is_missing(missing)}", returncode=4)
    main.load_qt()  # which keeps PySide6 from reading the source of every module again
    gc.enable()

# Thousands of small offices are synced to the disk, which only waits; what a power cut takes is tried by test_store_
# power_cuts.py, whatever they lie on. Not where memory is scarce, or where nothing may be started from it.
_MEMORY = Path("/dev/shm")  # noqa: S108
if (
    _MEMORY.is_dir()
    and shutil.disk_usage(_MEMORY).free > 4_000_000_000
    and not os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC
):
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

# A setting of many systems made for one run only: every program that a test starts would be compiled again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Add --rewrite; let the settings of pytest-qt stand in pyproject.toml where pytest-qt is not loaded."""
    parser.addoption("--rewrite", action="store_true", help="write the golden texts anew; look at what changed")
    if not pluginmanager.hasplugin("pytest-qt"):
        parser.addini("qt_log_level_fail", "unused without pytest-qt")
        parser.addini("qt_log_ignore", "unused without pytest-qt", type="linelist")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Share out what pytest makes of the files of tests, where several processes would each make all of it."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        rewriting.rewrite_own_share(session.config)


_WITH_WINDOWS = {"ui", "flows"}
_TURNS = {"packaging": 0, "test_flow_canary": 2, "words": 3}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, the tests that start programs: else one process ends long after the other.

    What listens to everything that Python does comes near the end, because it can never stop doing so.
    Tests of windows in both languages take one of them with every run, half of them each; the other is of the long
    proofs.
    """
    items.sort(key=lambda item: _TURNS.get(item.path.stem, _TURNS.get(item.path.parent.name, 1)))
    for item in _left_to_long_proofs(items):
        item.add_marker(pytest.mark.slow)
    windows = {item: _both(item) for item in items if item.path.parent.name in _WITH_WINDOWS}
    known = {item.nodeid for item in windows}
    for item, (own, other) in windows.items():
        turn = ("km", "en")[zlib.crc32(item.name.partition("[")[0].encode()) % 2]
        if own not in {"", turn} and other in known and not item.get_closest_marker("each_once"):
            item.add_marker(pytest.mark.slow)


def _left_to_long_proofs(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return what every run leaves out of the tests marked each_once.

    Of all combinations one stays for each value of the parameter that has most, such as a form, a page or a role; the
    others, such as the language, change from one to the next, so that each comes equally often.
    """
    tests: dict[str, list[Any]] = {}
    for item in items:
        if item.get_closest_marker("each_once") and not item.get_closest_marker("slow"):
            tests.setdefault(item.nodeid.partition("[")[0], []).append(item)
    left = []
    for combinations in tests.values():
        most = max(combinations[0].callspec.params, key=lambda name: len(_values(combinations, name)))
        tried: Counter[tuple[str, int]] = Counter()
        for value in _values(combinations, most):
            offered = [each for each in combinations if id(each.callspec.params[most]) == value]
            taken = min(offered, key=lambda each: sum(tried[one] for one in _parts(each)))
            tried.update(_parts(taken))
            left += [each for each in offered if each is not taken]
    return left


def _values(items: list[Any], name: str) -> list[int]:
    return list(dict.fromkeys(id(item.callspec.params[name]) for item in items))


def _parts(item: Any) -> list[tuple[str, int]]:
    return [(name, id(value)) for name, value in item.callspec.params.items()]


def _both(item: pytest.Item) -> tuple[str, str]:
    """Return the language of a test that is tried in several, "" for others, and its name in the other language."""
    name, _, chosen = item.nodeid.rstrip("]").partition("[")
    parts = chosen.split("-")
    own = [part for part in parts if part in {"km", "en"}]
    if len(own) != 1:
        return "", ""
    parts[parts.index(own[0])] = "en" if own[0] == "km" else "km"
    return own[0], f"{name}[{'-'.join(parts)}]"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return what compares a text with the golden one of that name beside the test, or writes it with --rewrite."""

    def check(name: str, text: str) -> None:
        kept = request.path.parent / "golden" / f"{name}.txt"
        if request.config.getoption("--rewrite"):
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(text, "utf-8", newline="\n")
        assert text == kept.read_text("utf-8")

    return check


@pytest.fixture(autouse=True, scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let offices that many tests begin with be made once a run."""
    made.keep_in(tmp_path_factory.getbasetemp())


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection that would leave this machine: the program works offline."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: object) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            host = address[0] if isinstance(address, tuple) else address
            assert host in {"127.0.0.1", "::1", "localhost"}, f"a test connects to {host}"
        connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", only_here)
        yield


@pytest.fixture(autouse=True, scope="session")
def _sweeping() -> Iterator[None]:
    """Keep what the run holds out of the search for garbage."""
    sweeping.begin()
    yield
    sweeping.end()


@pytest.fixture(autouse=True, scope="module")
def _left_out_of_module(request: pytest.FixtureRequest, _sweeping: None) -> None:
    """The same of what the modules before this one have loaded; only there is a search asked for."""
    if _searches(request.path):
        sweeping.leave_out(module=True)


@pytest.fixture(autouse=True)
def _left_out(request: pytest.FixtureRequest) -> None:
    """The same once the program searched through all there is."""
    if _searches(request.path):
        sweeping.leave_out(module=False)


def _searches(test: Path) -> bool:
    """Return whether what is tested there has garbage searched for: windows at the lock, and what they do it with."""
    return test.parent.name in _WITH_WINDOWS or test.stem == "test_pace"


@pytest.fixture(autouse=True)
def _no_window_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a window behind: the next one would work in its shadow."""
    before = _windows()
    yield
    if left := _windows() - before:
        left = _windows(swept=True) - before
        if left:  # only now: collecting garbage takes a second, and hundreds of tests leave a window to be deleted
            gc.collect()
            left = _windows(swept=True) - before
        names = sorted(type(window).__name__ for window in left)
        assert not left, f"{request.node.name} leaves windows behind: {names}"


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Begin the application of the tests of windows in the style of the program."""
    from ui.theme import STYLE

    return ["tests", *STYLE]


def _windows(*, swept: bool = False) -> set[object]:
    """Return the windows without a parent; swept: once Qt has thrown away what waits for it."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return set()
    if swept:
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {window for window in widgets.QApplication.topLevelWidgets() if window.parent() is None}
