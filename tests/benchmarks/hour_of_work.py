"""An hour of a worker's work at the real window, without the pauses, for bench_hour.py, which runs it as a process.

`hour_of_work.py hour FOLDER` does the hour in the office of that folder and prints, as JSON, for each thing the worker
did how long the window did not listen at the most. A timer of ten milliseconds tells: what is between two of its
calls and more than ten is a gap. `stall` is the gap by the clock; `own` and `every` are what the window's thread and
all threads reckoned meanwhile, so that what other programs took of a busy machine can be told from it.

`hour_of_work.py look FOLDER CASE` looks at Today, the cases, that case and the reports alone, and prints the memory
(resident set, MB) that is held once Today is shown (resting), and after the look round.
"""

import gc
import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from main import load_qt  # noqa: E402  (as the program is started)

load_qt()
STARTED = time.perf_counter()

from PySide6.QtCore import QObject, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QInputMethodEvent  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QWidget  # noqa: E402

from ui.app import begin, read_options  # noqa: E402

TICK = 0.010
PATIENCE = 1800.0
"""Seconds after which a step that does not come to its end is given up."""
SLOW = 0.05
PASSWORD = "practice"
NOTE = "ម្ដាយបានមកដល់នៅព្រឹកបន្ទាប់ ហើយបានជួបមេធាវីជាមួយកុមារ។"

Wait = Callable[[], bool]
"""Whether what the worker waits for has come."""


class Gap(NamedTuple):
    """Seconds: by the clock, of the processor by the window's thread and by all threads; how much of it
    was looking for garbage, in whatever thread; what was seen of it."""

    stall: float
    own: float
    every: float
    garbage: float
    seen: list[str]


NO_GAP = Gap(0.0, 0.0, 0.0, 0.0, [])


class Gaps(QObject):
    """How long the window's thread did not listen, by what the worker was doing."""

    def __init__(self) -> None:
        super().__init__()
        self.step = "start"
        self.stalls: dict[str, Gap]
        self._seen: list[str] = []
        self.begin()
        self._garbage = self._since = 0.0
        gc.callbacks.append(self._on_garbage)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(int(TICK * 1000))
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()
        self._window = threading.get_ident()
        threading.Thread(target=self._look, daemon=True).start()

    def begin(self) -> None:
        """Count from now on; how long the first paint takes is measured by bench_start."""
        self.stalls = {}
        self._last, self._own = time.perf_counter(), time.thread_time()
        self._all = time.process_time()

    def _on_tick(self) -> None:
        now, own, every = time.perf_counter(), time.thread_time(), time.process_time()
        gap = now - self._last - TICK
        if gap > self.stalls.get(self.step, NO_GAP).stall:
            self.stalls[self.step] = Gap(gap, own - self._own, every - self._all, self._garbage, self._seen)
        self._last, self._own, self._all, self._seen = now, own, every, []
        self._garbage = 0.0

    def _on_garbage(self, phase: str, _told: dict[str, int]) -> None:
        now = time.thread_time()
        if phase == "start":
            self._since = now
        else:
            self._garbage += now - self._since

    def _look(self) -> None:
        """See from beside what the window's thread does while it does not listen."""
        while True:
            time.sleep(TICK)
            if time.perf_counter() - self._last > SLOW:
                frame = sys._current_frames().get(self._window)
                own = (each for each in traceback.extract_stack(frame) if str(ROOT) in each.filename)
                names = [f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in own]
                self._seen.append(" < ".join(reversed(names[-4:])))

    def told(self) -> dict[str, dict[str, Any]]:
        """Return the longest gap of each step, in milliseconds."""
        return {
            step: {name: round(value * 1000, 1) for name, value in zip(Gap._fields, gap[:4], strict=False)}
            | {"seen": gap.seen}
            for step, gap in self.stalls.items()
        }


class Hour:
    """The worker. Each method that yields is a part of the hour; what it yields is waited for."""

    def __init__(self, app: QApplication, program: Any, gaps: Gaps) -> None:
        self.app, self.program, self.gaps = app, program, gaps
        self._began = 0.0
        self._quiet = 0
        self._steps: Iterator[Wait | None] = iter(())
        self._wait: Wait | None = None
        self.resting = 0.0
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._go_on)

    def work(self, steps: Iterator[Wait | None]) -> None:
        """Begin."""
        self._steps, self._began = steps, time.perf_counter()
        self._timer.start()

    def step(self, name: str) -> None:
        """Say what comes now."""
        if self.gaps.step in self.gaps.stalls:
            told = self.gaps.told()[self.gaps.step]
            sys.stderr.write(f"{time.perf_counter() - STARTED:6.1f} {self.gaps.step}: {json.dumps(told)}\n")
        self.gaps.step = name
        self._began = time.perf_counter()

    def _go_on(self) -> None:
        if not self._has_come():
            if time.perf_counter() - self._began > PATIENCE:
                self._end(f"gave up at: {self.gaps.step}")
            return
        try:
            self._wait = next(self._steps)
            self._quiet = 0
        except StopIteration:
            self._end(None)
        except Exception:  # noqa: BLE001  (told as it is: a benchmark that breaks is to be mended)
            self._end(traceback.format_exc())

    def _has_come(self) -> bool:
        """Return whether the store is quiet, for some rounds, and what is waited for is there."""
        self._quiet = self._quiet + 1 if self.program.tasks.is_idle else 0
        return self._quiet > 3 and (self._wait is None or self._wait())

    def _end(self, trouble: str | None) -> None:
        told = {"trouble": trouble, "stalls": self.gaps.told(), "resting": self.resting, "mb": resident()}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        os._exit(1 if trouble else 0)

    # What a worker does with the hands

    @property
    def desk(self) -> Any:
        return self.program.desk

    @property
    def page(self) -> Any:
        return self.desk.stack.currentWidget()

    def go(self, place: str) -> None:
        self.desk.rail.buttons[place].click()

    def type(self, text: str, into: QWidget | None = None) -> None:
        widget = into or QApplication.focusWidget()
        for letter in text:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(widget, event)

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        window = QApplication.activeModalWidget() or self.program.window
        QTest.keyClick(QApplication.focusWidget() or window, key, keys)

    def rows_shown(self, table: Any) -> Wait:
        return lambda: table.model().rowCount() > 0

    def scroll(self, table: Any) -> Iterator[Wait | None]:
        """Turn down page by page, and to the end of what is read, which reads on."""
        bar = table.verticalScrollBar()
        for _ in range(15):
            bar.setValue(bar.value() + bar.pageStep())
            yield None
        for _ in range(4):
            bar.setValue(bar.maximum())
            yield None

    def close_dialog(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            dialog.reject()

    # The hour

    def unlock(self) -> Iterator[Wait | None]:
        """Start, type the password while the rest is loaded, and see Today."""
        self.step("start")
        yield None
        self.step("unlock")
        door = self.program.window.page.door
        self.type(PASSWORD, door.lines.edits["password"])
        door.button.click()
        yield lambda: self.desk is not None
        yield self.rows_shown(self.page.table)
        self.program.locking.absence.rest()  # no hand moves here, and an hour of a large office takes its time

    def today(self) -> Iterator[Wait | None]:
        self.step("today")
        self.page.refresh()
        yield None
        self.step("today all")
        self.page.show_all()
        yield None
        self.step("today ticks")
        self.page.tick()
        yield None
        self.step("today scrolled")
        yield from self.scroll(self.page.table)
        self.step("today again")
        self.page.restore_state({})
        yield None

    def find(self, typed: str, kind: str) -> Iterator[Wait | None]:
        """Type letter by letter, as fast as the window takes them, and open what is found."""
        search = self.desk.search
        search.setFocus()
        for letter in typed:
            self.type(letter, search)
            yield None
        listed = search.results.list
        yield lambda: search.results.isVisible() and listed.count() > 0
        at = next(row for row in range(listed.count()) if listed.item(row).data(Qt.ItemDataRole.UserRole).kind == kind)
        self._opened = listed.item(at).data(Qt.ItemDataRole.UserRole).id
        search._on_item(listed.item(at))
        yield None

    def fullest(self) -> Iterator[Wait | None]:
        """Find the fullest case by its number, look at it, change its arrest, and write it down anew."""
        from bench_pages import fullest

        from casemgr.records.case import Case
        from casemgr.records.pathway.arrest import Arrest

        self.step("(looking for the fullest case)")
        case_id, _ = fullest(self.program.office)
        with self.program.office.read() as work:
            number = work.session.get(Case, case_id).number
        yield None
        self.step("find a case")
        yield from self.find(number, "case")
        self.step("open the fullest case")
        if self._opened != case_id:
            self.desk.go(("case", case_id))
        yield lambda: self.page.file is not None and self.page.view._steps is None
        self.step("case scrolled")
        bar = self.page.view.verticalScrollBar()
        for part in range(12):
            bar.setValue(bar.maximum() * part // 11)
            yield None
        self.step("case ticks")
        self.page.view.tick()
        yield None
        self.step("arrest opened")
        self.page.edit(self.page.file.of(Arrest)[0])
        yield lambda: self.page.editing is not None
        self.step("arrest typed")
        editor = self.page.editing.editor
        if editor.is_long:
            for row in range(editor.list.count()):
                editor.list.setCurrentRow(row)
                yield None
        editor.focus_field("notes")
        yield None
        for letter in NOTE:
            self.type(letter)
            yield None
        self.step("arrest saved")
        self.page.editing.save()
        yield lambda: self.page.editing is None and self.page.view._steps is None
        yield from self.every_editor()
        self.step("history of the case")
        self.page.show_case_history()
        yield None
        self.page._back()
        yield None

    def every_editor(self) -> Iterator[Wait | None]:
        """Open each kind of record of the fullest case, and leave it again."""
        for kind in dict.fromkeys(type(record) for record in self.page.file.records):
            self.step(f"editor of {kind.__tablename__}")
            self.page.edit(self.page.file.of(kind)[0])
            yield None
            if self.page.editing is not None:
                self.page.editing.leave()
            self.close_dialog()
            yield None

    def papers(self) -> Iterator[Wait | None]:
        """Preview a paper of the case."""
        self.step("papers of the case")
        self.page.papers.show_all()
        yield None
        self.step("print preview")
        self.page._over.ask()
        yield lambda: self.page.preview is not None and self.page.preview._is_made
        self.step("preview left")
        self.page.preview.leave()
        yield None

    def arrest(self) -> Iterator[Wait | None]:
        """A call at night: a new child, looked up meanwhile whether it is known."""
        self.step("new arrest opened")
        self.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        yield lambda: self.desk.place[0] == "arrest"
        self.step("new arrest typed")
        page = self.page
        for name, text in (("family_name_km", "ចាន់"), ("given_name_km", "ដារ៉ា")):
            page.child.focus_field(name)
            for letter in text:
                self.type(letter)
                yield None
        yield None
        self.step("new arrest saved")
        page.save()
        yield None
        if self.page is page:  # it may be a child that is here already: saving again goes on
            page.save()
        yield lambda: self.desk.place[0] == "case" and self.page.file is not None

    def lists(self) -> Iterator[Wait | None]:
        """Go through the lists, narrow them, and make a file of one."""
        from casemgr.services.case_columns import COLUMNS
        from casemgr.services.case_list import CaseView

        for place in ("children", "cases"):
            self.step(place)
            self.go(place)
            yield self.rows_shown(self.page.table)
            self.step(f"{place} scrolled")
            yield from self.scroll(self.page.table)
            self.step(f"{place} narrowed by typing")
            for letter in "ចាន់ ដា":
                self.type(letter, self.page.narrow)
                yield None
            yield lambda: not self.page._timer.isActive()
            self.page.narrow.clear()
            yield lambda: not self.page._timer.isActive()
        self.step("cases filtered")
        for view in (
            CaseView({"stage": ("trial", "appeal")}), CaseView({"place": ("17",)}), CaseView({"held": ("yes",)}),
            CaseView({}, order="due"), CaseView({}, order="name"),
        ):  # fmt: skip
            self.page.show_view(view)
            yield None
        self.step("cases with every column")
        self.page.show_view(CaseView({}, tuple(column.key for column in COLUMNS)))
        yield None
        self.step("every column scrolled")
        yield from self.scroll(self.page.table)
        self.step("filter asked")
        self.page.bar.ask("offence")
        yield None
        self.close_dialog()
        yield None
        self.step("list exported")
        self.page.show_view(CaseView({"held": ("yes",)}))
        yield None
        self.page.out.export()
        yield None
        dialog = QApplication.activeModalWidget()
        dialog.save_to(str(Path(self.program.office.folder).parent / "list.xlsx"))
        yield None
        self.close_dialog()
        self.page.show_view(CaseView())
        yield None

    def follow_ups(self) -> Iterator[Wait | None]:
        """Go through who is to be called, call one, and write down that it is well."""
        self.step("follow-ups")
        self.go("follow-ups")
        yield self.rows_shown(self.page.list.table)
        self.step("follow-ups of all")
        self.page.list.show_all()
        yield None
        self.step("follow-ups scrolled")
        yield from self.scroll(self.page.list.table)
        self.step("call opened")
        self.page.list.table.opened.emit(0)
        yield lambda: self.page.call is not None and self.page.call.page is not None
        self.step("call written")
        self.page.call.choose("W")
        yield None
        self.step("call saved")
        self.page.call.page.save()
        yield None

    def reports(self) -> Iterator[Wait | None]:
        """Look at the reports of the longest span, and at their paper."""
        self.step("reports")
        self.go("reports")
        yield lambda: self.page.facts is not None and self.page.work.isHidden()
        self.step("reports of another span")
        self.page.span.setCurrentIndex(self.page.span.count() - 2)
        yield lambda: not self.page._reads and self.page.work.isHidden()
        for section in ("indicators", "pictures", "reoffending"):
            self.step(f"reports: {section}")
            self.page.show_section(section)
            yield self.page.work.isHidden
        self.step("report on paper")
        page = self.page
        page.print()
        yield lambda: page.layers.currentWidget()._is_made
        self.step("report left")
        page.layers.currentWidget().leave()
        yield None

    def places(self) -> Iterator[Wait | None]:
        """Open every other place, and come to each once more."""
        for again in ("", " again"):
            for place in ("where", "forms", "directory", "settings", "children", "cases", "follow-ups", "today"):
                self.step(f"{place}{again or ' opened'}")
                self.go(place)
                yield None
        self.step("what to mend")
        self.desk.go(("quality", None))
        yield None

    def lock(self) -> Iterator[Wait | None]:
        """Speak the other language, lock, and come back."""
        self.step("other language")
        self.desk.languages.chosen.emit("en")
        yield None
        self.step("first language")
        self.desk.languages.chosen.emit("km")
        yield None
        self.step("lock")
        self.program.lock()
        yield None
        self.step("unlock again")
        door = self.program.window.page.door
        self.type(PASSWORD, door.lines.edits["password"])
        door.button.click()
        yield lambda: self.desk is not None
        yield None

    def hour(self) -> Iterator[Wait | None]:
        """All of it."""
        for part in (self.unlock, self.today, self.fullest, self.papers, self.arrest, self.lists, self.follow_ups,
                     self.reports, self.places, self.lock):  # fmt: skip
            yield from part()

    def look(self) -> Iterator[Wait | None]:
        """Only look: Today, the cases, the case that was named and the reports."""
        yield from self.unlock()
        self.resting = resident()
        self.go("cases")
        yield self.rows_shown(self.page.table)
        self.desk.go(("case", UUID(sys.argv[3])))
        yield lambda: self.page.file is not None and self.page.view._steps is None
        self.go("reports")
        yield lambda: self.page.facts is not None and self.page.work.isHidden()
        self.step("indicators")
        self.page.show_section("indicators")
        yield self.page.work.isHidden


def resident() -> float:
    """Return the resident set of this process in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(each for each in status.read_text("ascii").splitlines() if each.startswith("VmRSS"))
    return round(int(line.split()[1]) / 1000, 1)


def main(kind: str, folder: str) -> int:
    """Do the hour, or only look."""
    app, program = begin(read_options(["--office", folder, "--language", "km"]))
    gaps = Gaps()
    hour = Hour(app, program, gaps)
    program.painted.connect(gaps.begin)
    program.ready.connect(lambda: hour.work(getattr(hour, kind)()), Qt.ConnectionType.SingleShotConnection)
    program.start()
    program.window.resize(1366, 728)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
