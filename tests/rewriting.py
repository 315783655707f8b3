"""Each process that takes a share of the tests reads all their files; pytest makes their asserts tell what they found.

Where nothing was run before, that takes a process some six seconds, and each did it for every file. Now each makes its
share, and finds what the others made.
"""

import os
from pathlib import Path

import pytest
from _pytest.assertion import rewrite  # there is no other way to it; the lock file holds pytest to its version


def rewrite_own_share(config: pytest.Config) -> None:
    """Make this process's share of what is missing for the files that the run asks for, in the place of pytest."""
    state = config.stash.get(rewrite.assertstate_key, None)
    if state is None:  # --assert=plain
        return
    own, processes = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw")), os.environ["PYTEST_XDIST_WORKER_COUNT"]
    for file in _files(config)[own :: int(processes)]:
        kept = rewrite.get_cache_dir(file) / (file.stem + rewrite.PYC_TAIL)
        if not kept.exists() and rewrite.try_makedirs(kept.parent):
            source_hash, code = rewrite._rewrite_test(file, config)
            rewrite._write_pyc(state, code, source_hash, kept)


def _files(config: pytest.Config) -> list[Path]:
    asked = [Path(config.invocation_params.dir, argument.partition("::")[0]) for argument in config.args]
    return [file for place in asked for file in (sorted(place.rglob("test_*.py")) if place.is_dir() else [place])]
