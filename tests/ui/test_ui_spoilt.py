"""Unfinished typing and the window's memory, spoilt: what cannot be read is left out, and the window opens."""

import sys
from pathlib import Path

import pytest
from programs import settle

from casemgr.i18n import Words
from casemgr.records.child import Child
from casemgr.records.fields import fields_of
from casemgr.records.kinds import KINDS
from casemgr.records.plain import answers_of
from ui.editors.record_editor import RecordEditor
from ui.memory import Memory

sys.path.insert(0, str(Path(__file__).parents[1] / "services"))
from hostile import chance_of, spoilt, spoilt_value

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.mark.parametrize("kind", [Child, *(kind.record for kind in KINDS)], ids=lambda kind: kind.__name__)
def test_a_spoilt_draft_gives_what_of_it_can_be_read(kind):
    editor = RecordEditor(kind, words=Words("en"))
    sample = kind(**{info.name: info.sample for info in fields_of(kind) if info.sample is not None})
    for seed in range(8):
        chance, plain = chance_of(seed), answers_of(sample)
        for _ in range(3):
            plain = spoilt_value(plain, chance)
            if not isinstance(plain, dict):
                plain = answers_of(sample)
        editor.set_record(kind())
        editor.restore(plain)
        editor.record()
        editor.plain()
    editor.deleteLater()
    settle()


def test_a_spoilt_memory_of_the_window_is_forgotten(tmp_path):
    file = tmp_path / "m.ini"
    kept = Memory(file)
    kept.language = "km"
    kept._kept.sync()
    whole = file.read_bytes()
    for seed in range(60):
        path = tmp_path / f"{seed}.ini"
        path.write_bytes(spoilt(whole, chance_of(seed)))
        memory = Memory(path)
        assert memory.language in ("km", "en", None)
        assert memory.geometry is None
