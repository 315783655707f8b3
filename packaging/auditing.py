"""Asks the public list of known weaknesses about every package of the lock files. Needs uv and a network.

pip-audit is no package of ours: it brings thirty others along, so it runs in a throw-away environment of uv's. It ends
well also where it could ask about nothing; its report is read here, so that such a run is not taken for a clean one.
"""

import json
import shutil
import subprocess
import sys
from typing import Any

from environment import BUILD, DEVELOPMENT, ROOT

TOOL = "pip-audit==2.10.1"
OPTIONS = ("--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off")
UNASKED = (
    "The list of known weaknesses could not be asked: {why}. Nothing is known of the packages; try it with a network."
)


def main(_arguments: list[str]) -> int:
    """Return 0 where no package has a known weakness, 1 where one has or it could not be asked about all of them."""
    uvx = shutil.which("uvx")
    if uvx is None:
        print("Auditing needs uv. Install it with: pipx install uv", file=sys.stderr)
        return 1
    all_clean = True
    for lock in (DEVELOPMENT, BUILD):  # one at a time: the same package in both would be refused
        command = [uvx, "--from", TOOL, "pip-audit", "--requirement", str(ROOT / lock), *OPTIONS]
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, encoding="utf-8")
        clean, said = verdict(done.stdout, done.stderr)
        print(f"{lock}: {said}", file=sys.stdout if clean else sys.stderr)
        all_clean = all_clean and clean
    return 0 if all_clean else 1


def verdict(report: str, errors: str) -> tuple[bool, str]:
    """Return whether all is well, and what to tell, of what pip-audit reported and of its errors."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
        unasked = [each["name"] for each in packages if "skip_reason" in each]
        weak = [_weakness(each, one) for each in packages for one in each.get("vulns", ())]
    except (ValueError, KeyError, TypeError):
        last = errors.strip().splitlines()[-1:] or ["no report came"]
        return False, UNASKED.format(why=last[0][:200])
    if weak:
        return False, "\n".join(weak)
    if unasked or not packages:
        return False, UNASKED.format(why=f"no answer about {len(unasked)} of {len(packages)} packages")
    return True, f"No known weakness in {len(packages)} packages."


def _weakness(package: dict[str, Any], found: dict[str, Any]) -> str:
    mended = ", ".join(found["fix_versions"]) or "no version yet"
    return f"{package['name']} {package['version']}: {found['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
