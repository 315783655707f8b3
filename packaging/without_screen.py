"""The main job where no window can open: an invented office, one report on paper, one picture of the window."""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from casemgr import cli  # noqa: E402  (found from here only now)

PASSWORD = "practice office only"  # noqa: S105  (an office of invented children holds nothing worth hiding)

TOO_LONG = 120
"""Seconds after which a window that shows nothing has failed."""


def casemgr(office: Path, *arguments: str | Path) -> str:
    """Run the command line on an office, in this process; return what it prints. Raises CalledProcessError."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = cli.main(["--office", str(office), *map(str, arguments)])
    if status:
        raise subprocess.CalledProcessError(status, "casemgr")
    return said.getvalue()


def reported_case(office: Path) -> str:
    """Return the number of the first case that has a social inquiry report, or simply of the first case."""
    cases = json.loads(casemgr(office, "cases", "--json"))
    for case in cases:
        records = json.loads(casemgr(office, "show", case["number"], "--json"))["records"]
        if any(record["type"] == "SocialInquiry" for record in records):
            return str(case["number"])
    return str(cases[0]["number"])


def main(target: Path) -> int:
    """Do it in a folder that is emptied first; name each file. Return 0, or the status of the step that failed."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    office, paper, picture = target / "office", target / "social-inquiry-report.pdf", target / "window.png"
    os.environ["CASEMGR_PASSWORD"] = PASSWORD
    try:
        casemgr(office, "practice", "--children", "12", "--seed", "1")
        case = reported_case(office)
        casemgr(office, "print", "social-inquiry-report", case, "-o", paper)
        window = [sys.executable, "main.py", "--practice", "--office", str(target / "practice"),
                  "--picture", str(picture)]  # fmt: skip
        offscreen = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        subprocess.run(window, cwd=ROOT, env=offscreen, check=True, timeout=TOO_LONG)
    except subprocess.CalledProcessError as problem:
        return problem.returncode or 1
    except subprocess.TimeoutExpired:
        print(f"The window was not ready within {TOO_LONG} seconds.", file=sys.stderr)
        return 1
    print(f"Practice office (12 invented children, password “{PASSWORD}”): {office}")
    print(f"Social inquiry report of case {case}: {paper}")
    print(f"Picture of the window: {picture}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve() if sys.argv[1:] else ROOT / "build" / "without-screen"))
