"""One command for each chore: `python3 packaging/do.py CHORE`. Needs nothing but Python 3.11 or newer.

The chores themselves run in the environment `.venv`, which is made from the lock file first where it is missing.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (this file is what an older Python is met by)
    sys.exit("casemgr needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ".")

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import building
import preflight
from environment import DEVELOPMENT, ROOT, RUNTIME, UNCOMPILED, Environment

HERE = Path(__file__).resolve().parent
CATALOGUES = ROOT / "translations"


def prepare(lock: str, *, screen: bool = False, tests: bool = False) -> Path:
    """Make system and environment ready; return the environment's Python. Raises preflight.NotReady."""
    environment = Environment()
    fresh = not environment.is_ready(lock)
    needed = preflight.missing_packages(screen=screen)
    if fresh and not shutil.which("uv"):
        needed += preflight.missing_venv_package()
    extras = preflight.nice_to_have(screen=screen, tests=tests) if fresh else []
    if needed:
        preflight.provide(needed + extras)
    elif extras and not preflight.provide_unasked(extras):
        print("It works without, but better with: " + preflight.say_what_is_missing(extras), flush=True)
    environment.make_ready(lock)
    return environment.python


def start(python: Path, *arguments: str | Path, offscreen: bool = False) -> int:  # noqa: RET503  (exec never returns)
    """Run Python in the environment, in the place of this process where the system can do that."""
    environment = _surroundings(offscreen=offscreen)
    command = [str(python), *map(str, arguments)]
    sys.stdout.flush()
    if os.name == "nt":  # there, exec would give the prompt back while the program still runs
        return subprocess.run(command, env=environment, check=False).returncode
    os.execve(python, command, environment)  # noqa: S606  (no shell is wanted)


def call(python: Path, *arguments: str | Path) -> int:
    """Run Python in the environment from the root folder, without a screen; return its exit status."""
    sys.stdout.flush()
    command = [str(python), *map(str, arguments)]
    surroundings = _surroundings(offscreen=True) | {"PYTHONPATH": str(HERE)}  # for the plugin without_qt
    return subprocess.run(command, env=surroundings, cwd=ROOT, check=False).returncode


def _surroundings(*, offscreen: bool) -> dict[str, str]:
    surroundings = {name: value for name, value in os.environ.items() if name != UNCOMPILED}
    if offscreen:
        surroundings["QT_QPA_PLATFORM"] = "offscreen"
    return surroundings


def run(arguments: list[str]) -> int:
    """Start the program; without a screen, do its main job on an invented office."""
    if (trouble := preflight.screen_trouble()) is None:
        python = prepare(RUNTIME, screen=True)
        trouble = preflight.screen_trouble()  # only now can an X server be asked for certain
    if trouble is not None:
        python = prepare(RUNTIME)
    compile_catalogues(python)
    if trouble is None or "--picture" in arguments:
        return start(python, ROOT / "main.py", *arguments, offscreen=trouble is not None)
    print(f"There is no screen here ({trouble}), so no window can open. The main job is done all the same.", flush=True)
    return start(python, HERE / "without_screen.py", offscreen=True)


def compile_catalogues(python: Path) -> None:
    """Compile the translations beside their sources where they are older or missing; the start is quicker so."""
    for source in CATALOGUES.glob("*/LC_MESSAGES/casemgr.po"):
        built = source.with_suffix(".mo")
        if not built.is_file() or built.stat().st_mtime < source.stat().st_mtime:
            call(python, HERE / "words.py", "compile")
            return


SIDE_BY_SIDE = ("-n", "2", "--dist", "worksteal")
"""Two processes, as the smallest machine of a developer has two cores; what is left is shared out again."""


def test(arguments: list[str]) -> int:
    """Run every test, two at a time."""
    python = prepare(DEVELOPMENT, tests=True)
    compile_catalogues(python)  # else each program that a test starts does so for itself
    return call(python, "-m", "pytest", *SIDE_BY_SIDE, *arguments)


LINT: tuple[tuple[str, ...], ...] = (
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "ruff", "check", "."),
    ("-m", "mypy"),
    ("-c", "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c(['--no-logo']))"),
)
WITHOUT_QT = ("-m", "pytest", "-p", "without_qt", "-p", "no:pytest-qt", "-q")
COVERED = ("--cov", "--cov-report=term", "--cov-report=html:build/coverage")


def lint(_arguments: list[str]) -> int:
    """Check format, style, types and import rules; no tests."""
    return _all(prepare(DEVELOPMENT), *LINT)


def check(arguments: list[str]) -> int:
    """Check format, style, types, import rules; every test with branch coverage; the library's again without Qt."""
    tests = ("-m", "pytest", *COVERED, *arguments)
    return _all(prepare(DEVELOPMENT, tests=True), *LINT, WITHOUT_QT, tests)


def _all(python: Path, *commands: tuple[str, ...]) -> int:
    """Run all commands, also after one failed; return 1 if any failed."""
    failed = []
    for command in commands:
        name = "import rules" if command[0] == "-c" else " ".join(command[1:])
        print(f"-- {name}", flush=True)
        if call(python, *command):
            failed.append(name)
    print("FAILED: " + ", ".join(failed) if failed else "All is well.", flush=True)
    return 1 if failed else 0


def words(_arguments: list[str]) -> int:
    """Bring the catalogues up to date with the messages in the source and name what is untranslated."""
    return call(prepare(DEVELOPMENT), HERE / "words.py", "update")


def bench(arguments: list[str]) -> int:
    """Measure start, papers and saving against floors of the same run; writes build/bench.json."""
    return call(prepare(DEVELOPMENT), HERE / "bench.py", *arguments)


def ease(arguments: list[str]) -> int:
    """Count the keys and clicks that ten daily tasks take at the window [language]; writes build/ease.json."""
    python = prepare(DEVELOPMENT)
    compile_catalogues(python)
    return call(python, HERE / "ease.py", *arguments)


def pictures(arguments: list[str]) -> int:
    """Draw every page of the window in both languages into a folder (default build/pictures).

    The README shows one of them, kept in packaging/pictures: copy it there when the page has changed.
    """
    python = prepare(DEVELOPMENT)
    compile_catalogues(python)
    target = Path(arguments[0]).resolve() if arguments else ROOT / "build" / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    return call(python, "-m", "ui.pictures", target)


def guide(arguments: list[str]) -> int:
    """Draw the guide's pictures and papers in both languages into a folder (default build/guide)."""
    python = prepare(DEVELOPMENT)
    compile_catalogues(python)
    target = Path(arguments[0]).resolve() if arguments else ROOT / "build" / "guide"
    return call(python, "-m", "ui.guide_pictures", target)


def windows(arguments: list[str]) -> int:
    """Fetch, trim and measure the program for Windows; make its installer, try it under wine."""
    return call(prepare(DEVELOPMENT), HERE / "windows_build.py", *arguments)


def release(arguments: list[str]) -> int:
    """Say what is not ready for a release; keep an office of it for the tests."""
    return call(prepare(DEVELOPMENT), HERE / "releasing.py", *arguments)


def fonts(arguments: list[str]) -> int:
    """Make the bundled fonts anew from a folder of published ones."""
    return call(prepare(DEVELOPMENT), HERE / "prepare_fonts.py", *(Path(given).resolve() for given in arguments))


def lock(arguments: list[str]) -> int:
    """Write the lock files anew from pyproject.toml (needs uv; --upgrade for newer versions)."""
    return call(Path(sys.executable), HERE / "locking.py", *arguments)


def audit(_arguments: list[str]) -> int:
    """Ask whether any package of the lock files has a known weakness (needs uv and a network)."""
    return call(Path(sys.executable), HERE / "auditing.py")


def package(arguments: list[str]) -> int:
    """Build the wheel and the source archive for those who have Python, into dist/."""
    return call(prepare(DEVELOPMENT), "-m", "hatchling", "build", *arguments)


def build(arguments: list[str]) -> int:
    """Build the program that needs no Python, and what it is given out as, into dist/; let it check itself."""
    return building.main(arguments)


class Chore(NamedTuple):
    """What a person may ask for by name."""

    work: Callable[[list[str]], int]
    note: str = ""


CHORES = {
    "run": Chore(run, "arguments go to main.py"),
    "test": Chore(test, "arguments go to pytest"),
    "lint": Chore(lint),
    "check": Chore(check),
    "words": Chore(words),
    "bench": Chore(bench),
    "ease": Chore(ease),
    "pictures": Chore(pictures),
    "guide": Chore(guide),
    "windows": Chore(windows, "--installer FOLDER, --resources, --make-trial, --try, --pictures"),
    "release": Chore(release, "--keep-office"),
    "fonts": Chore(fonts),
    "lock": Chore(lock),
    "audit": Chore(audit),
    "package": Chore(package),
    "build": Chore(build, "--try: also damage copies of it, and install it in a bare Debian"),
}


def usage() -> str:
    """Return what there is to choose from."""
    lines = [f"usage: {Path(sys.executable).name} packaging/do.py CHORE [ARGUMENTS]", ""]
    for name, chore in CHORES.items():
        first = (chore.work.__doc__ or "").splitlines()[0]
        lines.append(f"  {name:<9} {first}" + (f" [{chore.note}]" if chore.note else ""))
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Do one chore; return its exit status: 0 done, 1 something is missing or failed, 2 wrong usage."""
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0
    if arguments[0] not in CHORES:
        print(f"There is no chore {arguments[0]!r}.\n\n{usage()}", file=sys.stderr)
        return 2
    try:
        return CHORES[arguments[0]].work(arguments[1:])
    except preflight.NotReady as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:  # a folder that cannot be written, a full disk, a file that is in use
        print(f"{problem.strerror}: {problem.filename}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
