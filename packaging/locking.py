"""Writes the lock files: every package with its version and hashes, without the addresses it came from."""

import re
import shutil
import subprocess
import sys

from environment import BUILD, DEVELOPMENT, ROOT, RUNTIME

OPTIONS = ("--generate-hashes", "--universal", "--python-version", "3.11", "--quiet", "--no-header", "--no-annotate",
           "--no-emit-index-url", "--no-emit-find-links", "--only-binary", ":all:")  # fmt: skip
HEADER = "# Written by `packaging/do.py lock` from pyproject.toml. For every system; installed with --require-hashes.\n"
ADDRESS = re.compile(r"\w+://")


def main(arguments: list[str]) -> int:
    """Write the lock files; those of developers and of the build name all of the first in the same versions."""
    uv = shutil.which("uv")
    if uv is None:
        print("Locking needs uv. Install it with: pipx install uv", file=sys.stderr)
        return 1
    first = ROOT / RUNTIME
    groups = [(ROOT / lock, ["--group", group, "--constraint", str(first)])
              for lock, group in ((DEVELOPMENT, "dev"), (BUILD, "build"))]  # fmt: skip
    for target, more in [(first, []), *groups]:
        command = [uv, "pip", "compile", "pyproject.toml", *OPTIONS, *more, *arguments, "--output-file", str(target)]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            return 1
        text = target.read_text("utf-8")
        if found := ADDRESS.search(text):
            print(f"{target.name} names an address: {found.group()}", file=sys.stderr)
            return 1
        target.write_text(HEADER + text.removeprefix(HEADER), "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
