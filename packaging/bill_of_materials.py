"""The bill of materials of the program in CycloneDX 1.6, for programs that look for known weaknesses.

`bill_of_materials.py FILE` writes it from the same parts that the licences are gathered from. The same parts give the
same bytes: it says no time, and its number is reckoned from what it lists. Packages that make such lists describe an
environment, here packages that the program leaves out and none of what lies inside the others; so it is written here.
"""

import json
import sys
import uuid
from pathlib import Path
from typing import Any

from parts import Part, parts

ABOUT = uuid.UUID("6f1c2c2c-0f5b-5d0e-9d53-6f3f2b0f7c11")
"""Under which the numbers of the lists are reckoned."""
SCOPES = {True: "required", False: "excluded"}


def bill(found: list[Part]) -> dict[str, Any]:
    """Return the list: the program, and its parts as components; each names where it lies inside another."""
    own, *others = found
    components = [_component(part) for part in others]
    listed: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": "",
        "version": 1,
        "metadata": {"component": {
            "type": "application", "bom-ref": "casemgr", "name": own.name, "version": own.version,
            "licenses": [{"expression": own.licence}],
        }},
        "components": components,
        "dependencies": [{"ref": "casemgr", "dependsOn": sorted(each["bom-ref"] for each in components)}],
    }  # fmt: skip
    listed["serialNumber"] = f"urn:uuid:{uuid.uuid5(ABOUT, json.dumps(listed, sort_keys=True))}"
    return listed


def _component(part: Part) -> dict[str, Any]:
    name = part.locked.name if part.locked else part.name
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"package:{name}" if part.locked else f"part:{name}",
        "name": name,
        "scope": SCOPES[part.shipped],
    }
    version = part.locked.version if part.locked else part.version
    if version:
        made["version"] = version
    if part.licence:
        made["licenses"] = [{"expression": part.licence}] if _is_expression(part.licence) else [
            {"license": {"name": part.licence}}
        ]  # fmt: skip
    if part.locked:
        made["purl"] = f"pkg:pypi/{name}@{version}"
        made["hashes"] = [{"alg": "SHA-256", "content": digest} for digest in part.locked.hashes]
        if part.locked.marker:
            made["properties"] = [{"name": "casemgr:only-where", "value": part.locked.marker}]
    if part.inside:
        made["properties"] = [{"name": "casemgr:inside", "value": part.inside}]
    return made


def _is_expression(licence: str) -> bool:
    return all(part in {"AND", "OR", "WITH"} or "-" in part or part in {"MIT", "Zlib", "blessing"}
               for part in licence.split())  # fmt: skip


def rendered(found: list[Part]) -> str:
    """Return the list as the text of its file."""
    return json.dumps(bill(found), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(rendered(parts()), "utf-8", newline="\n")
