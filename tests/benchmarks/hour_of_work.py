"""An hour of a worker's work at the real window, without the pauses, for bench_hour.py, which runs it as a process.

`hour_of_work.py hour FOLDER [LANGUAGE]` does the hour in the office of that folder and prints, as JSON, for each thing
the worker did how long the window did not listen at the most. A timer of ten milliseconds tells: what is between two
of its calls and more than ten is a gap. `stall` is the gap by the clock; `own` and `every` are what the window's thread
and all threads reckoned meanwhile, so that what other programs took of a busy machine can be told from it.

Instead of `hour`, parts of it can be named, with commas between them: `unlock,fullest,papers`. What is asked in dialogs
stands in hour_of_dialogs.py. `hour_of_work.py look FOLDER LANGUAGE CASE` looks at Today, the cases, that case and the
reports alone, and prints the memory (resident set, MB) that is held once Today is shown (resting), at the end of the
look round (mb), and back at Today (left).
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from hour_of_dialogs import Dialogs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from worker import Wait, at_work, resident

from casemgr.pace import is_letting_go

PASSWORD = "practice"
NOTE = "ម្ដាយបានមកដល់នៅព្រឹកបន្ទាប់ ហើយបានជួបមេធាវីជាមួយកុមារ។"


class Hour(Dialogs):
    """The worker. Each method that yields is a part of the hour; what it yields is waited for."""

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
        for part in (
            self.unlock, self.today, self.fullest, self.papers, self.arrest, self.lists, self.case_lists,
            self.imported, self.beside_case, self.children, self.directory, self.follow_ups, self.reports, self.behind,
            self.on_paper, self.settings, self.helped, self.places, self.lock,
        ):  # fmt: skip
            yield from part()

    def look(self) -> Iterator[Wait | None]:
        """Only look: Today, the cases, the case that was named and the reports, and Today again."""
        yield from self.unlock()
        yield self.rested()
        self.resting = resident()
        self.go("cases")
        yield self.rows_shown(self.page.table)
        self.desk.go(("case", UUID(sys.argv[4])))
        yield lambda: self.page.file is not None and self.page.view._steps is None
        self.go("reports")
        yield lambda: self.page.facts is not None and self.page.work.isHidden()
        self.step("indicators")
        self.page.show_section("indicators")
        yield self.page.work.isHidden
        yield self.rested()
        self.mb = resident()
        self.go("today")
        yield self.rows_shown(self.page.table)
        yield lambda: not is_letting_go()
        yield self.rested()


if __name__ == "__main__":
    sys.exit(at_work(Hour, *sys.argv[1:4]))
