"""The program's own Python environment, `.venv` beside pyproject.toml: made, mended, remembered. Standard library only.

Everything in it comes from a lock file with hashes. A stamp tells the next start that nothing is to be done; a mark
lies there while packages are being installed, so that an environment left half made is noticed.
"""

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import preflight

ROOT = Path(__file__).resolve().parent.parent
RUNTIME, DEVELOPMENT, BUILD = "requirements.lock", "requirements-dev.lock", "requirements-build.lock"
"""What the program needs to run; the same and what its developers need; the same and what makes it installable."""

UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
"""A setting of many systems made for one run only; left set, it makes every start three times as long."""


class Environment:
    """The environment below one root folder."""

    def __init__(self, root: Path = ROOT, folder: Path | None = None) -> None:
        """Name the places; nothing is touched yet. folder: where it lies, `.venv` unless given."""
        self.root = root
        self.folder = folder or root / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        self.stamp = self.folder / "casemgr-ready.json"
        self.unfinished = self.folder / "casemgr-unfinished"

    def is_ready(self, lock: str) -> bool:
        """Tell whether what this lock file names is installed, by the stamp alone (a few milliseconds)."""
        if self.unfinished.exists() or not self._is_usable():
            return False
        try:
            stamp = json.loads(self.stamp.read_text("utf-8"))
            return bool(
                stamp["python"] == self._interpreter()
                and _hash(self.root / lock) in stamp["locks"]
                and not set(stamp["installed"]).difference(self._installed())
            )
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def make_ready(self, lock: str) -> bool:
        """Install what the lock file names, where that is not done; return whether anything was done.

        Raises preflight.NotReady with one line for the person where it cannot be done.
        """
        if self.is_ready(lock):
            return False
        with _alone(self.root / "build" / "setup.lock"):
            if self.is_ready(lock):
                return False
            self._clear_unless_sound()
            print(f"Setting up {self.folder} from {lock}. This takes minutes on a slow line, once only.", flush=True)
            if not (self._by_uv(lock) or self._by_pip(lock)):
                raise preflight.NotReady("The packages could not be installed; the reason stands above. Try again.")
            # Also what lay there already: a start without compiled files takes three times as long.
            self._ran([self.python, "-m", "compileall", "-q", self._site()], quiet=True)
            self._remember(lock)
        return True

    def _clear_unless_sound(self) -> None:
        """Remove what a power cut or another Python left behind. A sound environment made by hand is kept."""
        sound = self._is_usable() and not self.unfinished.exists()
        if sound and self.stamp.is_file():
            try:
                sound = not set(json.loads(self.stamp.read_text("utf-8"))["installed"]).difference(self._installed())
            except (OSError, ValueError, KeyError, TypeError):
                sound = False
        if not sound and self.folder.exists():
            print("The environment is damaged or of another Python; making it anew.", flush=True)
            shutil.rmtree(self.folder)

    def _by_uv(self, lock: str) -> bool:
        """Use uv where it is there: the same packages in a tenth of the time. Return whether it worked."""
        uv = shutil.which("uv")
        if uv is None:
            return False
        base = getattr(sys, "_base_executable", sys.executable)
        if not self.folder.exists() and not self._ran(
            [uv, "venv", "-q", "--no-project", "--python", base, self.folder]
        ):
            return False
        self._mark()
        return self._ran(
            [uv, "pip", "install", "-q", "--python", self.python, "--compile-bytecode", "--require-hashes",
             "--no-deps", "--only-binary", ":all:", "-r", self.root / lock]
        )  # fmt: skip

    def _by_pip(self, lock: str) -> bool:
        """Use pip; return whether it worked.

        The lock file names everything, so nothing is resolved anew: an older pip would take the newest release for a
        requirement with an extra, such as coverage[toml], and then refuse it for want of a hash.
        """
        pip: list[object] = [self.python, "-m", "pip"]
        if not (self._is_usable() and self._ran([*pip, "--version"], quiet=True)):
            preflight.provide(preflight.missing_venv_package())
            if self.folder.exists():
                shutil.rmtree(self.folder)
            self.folder.mkdir()
            self._mark()
            base = getattr(sys, "_base_executable", sys.executable)
            if not self._ran([base, "-m", "venv", self.folder]):
                return False
        self._mark()
        quiet = [] if sys.stdout.isatty() else ["-q"]
        return self._ran(
            [*pip, "install", *quiet, "--no-input", "--disable-pip-version-check", "--compile", "--require-hashes",
             "--no-deps", "--only-binary", ":all:", "-r", self.root / lock]
        )  # fmt: skip

    def _ran(self, command: Sequence[object], *, quiet: bool = False) -> bool:
        environment = {name: value for name, value in os.environ.items() if name != UNCOMPILED}
        output = subprocess.DEVNULL if quiet else None
        done = subprocess.run(
            [str(part) for part in command], env=environment, check=False, stdout=output, stderr=output
        )
        return done.returncode == 0

    def _mark(self) -> None:
        with self.unfinished.open("wb") as file:
            os.fsync(file.fileno())
        self.stamp.unlink(missing_ok=True)

    def _remember(self, lock: str) -> None:
        locks = [_hash(self.root / lock)]
        if lock == DEVELOPMENT:  # it names all that the shorter one names
            locks.append(_hash(self.root / RUNTIME))
        stamp = {"python": self._interpreter(), "locks": locks, "installed": self._installed()}
        self.stamp.write_text(json.dumps(stamp, indent=1), "utf-8")
        self.unfinished.unlink(missing_ok=True)

    def _is_usable(self) -> bool:
        return self.python.exists() and self._site().is_dir() and (self.folder / "pyvenv.cfg").is_file()

    def _site(self) -> Path:
        if sys.platform == "win32":
            return self.folder / "Lib" / "site-packages"
        return self.folder / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"

    def _installed(self) -> list[str]:
        return sorted(entry.name for entry in self._site().iterdir() if entry.name != "__pycache__")

    def _interpreter(self) -> list[str]:
        return [f"{sys.version_info.major}.{sys.version_info.minor}", str(self.python.resolve())]


def _hash(file: Path) -> str:
    # Line ends do not count: a checkout on Windows may change them.
    return hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Wait until no other setup works in this folder. The system itself lets go of the lock after a crash."""
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w", encoding="utf-8") as file:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  (exists on Windows only)

            while True:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # waits ten seconds, then fails
                    break
                except OSError as error:
                    if error.errno != errno.EDEADLOCK:  # another one still works
                        raise
        else:
            import fcntl  # noqa: PLC0415  (exists elsewhere only)

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
