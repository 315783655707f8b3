"""The main job where no window can open: an invented office, one report on paper, one picture of the window."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "without-screen"
PASSWORD = "practice office only"  # noqa: S105  (an office of invented children holds nothing worth hiding)


def casemgr(*arguments: str | Path) -> str:
    """Run the command line on the practice office; return what it prints. Raises CalledProcessError."""
    command = [sys.executable, "-m", "casemgr", "--office", str(TARGET / "office"), *map(str, arguments)]
    surroundings = os.environ | {"CASEMGR_PASSWORD": PASSWORD, "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=ROOT, env=surroundings, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> int:
    """Do it, name each file, and return 0; 1 where a step failed (its own message stands above)."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    paper, picture = TARGET / "social-inquiry-report.pdf", TARGET / "window.png"
    try:
        casemgr("practice", "--children", "12", "--seed", "1")
        case = json.loads(casemgr("cases", "--json"))[0]["number"]
        casemgr("print", "social-inquiry-report", case, "-o", paper)
        subprocess.run([sys.executable, ROOT / "main.py", "--practice", "--picture", picture], cwd=ROOT, check=True)
    except subprocess.CalledProcessError as problem:
        return problem.returncode or 1
    print(f"Practice office (12 invented children, password “{PASSWORD}”): {TARGET / 'office'}")
    print(f"Social inquiry report of case {case}: {paper}")
    print(f"Picture of the window: {picture}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
