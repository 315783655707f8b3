"""A print server of our own, on this machine alone, with one queue that prints into PDF files (CUPS and CUPS-PDF)."""

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

QUEUE = "casemgr-trial"
PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
SERVER = "/usr/sbin/cupsd"
PATIENCE = 90.0  # seconds

FILES = """\
ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/tmp
ServerBin /usr/lib/cups
DataDir /usr/share/cups
AccessLog {folder}/log/access
ErrorLog {folder}/log/error
PageLog {folder}/log/page
SystemGroup root
"""
SETTINGS = """\
LogLevel debug
Listen 127.0.0.1:{port}
Browsing No
WebInterface No
DefaultAuthType None
<Location />
Order allow,deny
Allow from 127.0.0.1
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow from 127.0.0.1
</Limit>
</Policy>
"""
TWO_SIDED = """
*OpenUI *Duplex/Two-sided: PickOne
*OrderDependency: 10 AnySetup *Duplex
*DefaultDuplex: None
*Duplex None/Off: ""
*Duplex DuplexNoTumble/Long edge: ""
*Duplex DuplexTumble/Short edge: ""
*CloseUI: *Duplex
"""
"""What CUPS-PDF's own description lacks: a printer that prints on both sides."""


@dataclass(frozen=True)
class PrintServer:
    """A running server: where it listens, and its folder."""

    address: str
    folder: Path

    def printed(self, name: str) -> bytes:
        """Wait for the job of that name and return its PDF, which is taken away from where CUPS-PDF puts it."""
        out = Path(pwd.getpwuid(os.getuid()).pw_dir) / "PDF"
        end = time.monotonic() + PATIENCE
        while self._say("lpstat", "-W", "not-completed", "-o").strip():
            assert time.monotonic() < end, (self.folder / "log" / "error").read_text()[-2000:]
            time.sleep(0.2)  # of another program nothing tells when it is done
        (file,) = out.glob(f"*{name}*.pdf")
        data = file.read_bytes()
        file.unlink()
        return data

    def asked(self, name: str) -> tuple[int, str]:
        """Return how the job of that name came in: number of copies, and its other options."""
        log = (self.folder / "log" / "error").read_text("utf-8", "replace")
        job = re.findall(rf'\[Job (\d+)\] argv\[3\]="{re.escape(name)}"', log)[0]
        copies, options = (re.findall(rf'\[Job {job}\] argv\[{at}\]="(.*)"', log)[0] for at in (4, 5))
        return int(copies), options

    def _say(self, command: str, *arguments: str) -> str:
        done = subprocess.run([command, "-h", self.address, *arguments], capture_output=True, text=True, check=True)
        return done.stdout

    def add_queue(self) -> None:
        """Add the queue, which prints on both sides."""
        described = self.folder / "queue.ppd"
        described.write_text(PPD.read_text("utf-8") + TWO_SIDED, "utf-8")
        self._say("lpadmin", "-p", QUEUE, "-E", "-v", "cups-pdf:/", "-P", str(described))


def why_not() -> str | None:
    """Return why no print server can be started here, None where one can."""
    if not (Path(SERVER).exists() and shutil.which("lpadmin") and shutil.which("lpstat")):
        return "CUPS is not installed (apt-get install cups printer-driver-cups-pdf)"
    if not PPD.exists():
        return "CUPS-PDF is not installed (apt-get install printer-driver-cups-pdf)"
    return None if os.geteuid() == 0 else "only root may start a print server that writes PDF files"


@contextmanager
def print_server() -> Iterator[PrintServer]:
    """Start a server with its queue, and end it. Skips the test where there is none to start."""
    if reason := why_not():
        pytest.skip(reason)
    # Not in pytest's folder, which no other user may enter: the filters work under a name of their own.
    with tempfile.TemporaryDirectory(prefix="casemgr-cups-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        for name in ("root", "spool", "cache", "state", "tmp", "log"):
            (folder / name).mkdir()
        (folder / "tmp").chmod(0o1777)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings, files = folder / "root" / "cupsd.conf", folder / "root" / "cups-files.conf"
        settings.write_text(SETTINGS.format(port=port))
        files.write_text(FILES.format(folder=folder))
        process = subprocess.Popen([SERVER, "-f", "-c", settings, "-s", files])
        try:
            _await(port, process)
            server = PrintServer(f"127.0.0.1:{port}", folder)
            server.add_queue()
            yield server
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert process.poll() is None, "the print server ended at once"
            assert time.monotonic() < end, "the print server does not answer"
            time.sleep(0.1)
        else:
            return
