"""What a worker is asked in dialogs, and what is seldom opened: the second half of hour_of_work.py."""

import csv
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from worker import Wait, Worker  # first: it loads Qt as the program does, which keeps tens of megabytes less

# isort: split
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication

PASSPHRASE = "four words make one"
IMPORTED = int(os.environ.get("CASEMGR_BENCH_IMPORTED", "20000"))
"""So many rows has the list that is looked through."""
PICTURE_BYTES = 20_000_000
MARKED = 30


class Dialogs(Worker):
    """The parts of the work that stand in dialogs; each begins with the office open."""

    _opened: Any = None

    @property
    def folder(self) -> Path:
        """Where the worker keeps files: beside the office."""
        return Path(self.program.office.folder).parent

    def come_to(self, place: str) -> None:
        """Go to a place that was opened before."""
        self.step(f"{place} again")
        self.go(place)

    def asked(self, name: str, ask: Callable[[], object], wait: Wait | None = None) -> Iterator[Wait | None]:
        """Ask for something, wait for it, and close the dialog that came."""
        self.step(name)
        ask()
        yield wait
        self.close_dialog()
        yield None

    def previewed(self, name: str, ask: Callable[[], object], preview: Callable[[], Any]) -> Iterator[Wait | None]:
        """Ask for a paper, turn its pages once it is there, and leave it."""
        self.step(name)
        ask()
        yield lambda: preview() is not None and _is_answered(preview())
        self.step(f"{name}, pages turned")
        for _ in range(min(preview().pages, 4)):
            self.press(Qt.Key.Key_PageDown)
            yield None
        preview().leave()
        yield None

    # Of the cases

    def case_lists(self) -> Iterator[Wait | None]:
        """Ask for every filter, columns and saved lists; print the list, and a form for many cases of it."""
        self.come_to("cases")
        yield self.rows_shown(self.page.table)
        cases = self.page
        for key in cases.bar.buttons:
            yield from self.asked(f"filter by {key}", partial(cases.bar.ask, key))
        yield from self.asked("columns asked", cases.choose_columns)
        yield from self.asked("name of a list asked", cases.lists.ask_name)
        yield from self.asked("list on paper", cases.out.print, lambda: _is_answered(self.dialog.preview))
        self.step("forms for many cases")
        flags = QItemSelectionModel.SelectionFlag
        for row in range(min(MARKED, cases.model.rowCount())):
            cases.table.selectionModel().select(cases.model.index(row, 0), flags.Select | flags.Rows)
        cases.choose_form()
        yield lambda: cases.layers.currentWidget() is not cases.overview
        batch, marked = cases.layers.currentWidget(), cases.marked
        yield from self.previewed(
            "paper of many cases", lambda: cases.print(batch.forms.form, marked), lambda: cases.preview
        )
        batch.closed.emit()
        yield None
        yield from self.asked("key of the office", cases.handovers.show_key)
        yield from self.asked(
            "all cases taken out", lambda: self._take_out(cases), lambda: bool(self.dialog.cancel_button.isEnabled())
        )

    def _take_out(self, cases: Any) -> None:
        from ui.pages.take_out import TakeOutDialog

        dialog = TakeOutDialog(self.program.office, self.program.tasks, cases)
        dialog.open()
        dialog.reason.edits["reason"].setText("ហេតុ")
        dialog.save_to(str(self.folder / "all.csv"))

    def imported(self) -> Iterator[Wait | None]:
        """Look through a long list from another program, as an import does before it writes."""
        path = self.folder / "list.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            write = csv.writer(file)
            write.writerow(("child_code", "family_name_km", "given_name_km", "sex", "date_of_birth"))
            write.writerows((f"N-{at}", "ចាន់", "ដារ៉ា", "male", "2011-03-12") for at in range(IMPORTED))
        self.come_to("cases")
        yield self.rows_shown(self.page.table)
        self.step("import opened")
        self.page.import_list()
        yield None
        self.step("import looked through")
        self.dialog.begin(str(path))
        yield lambda: self.dialog.work.watch is None and hasattr(self.dialog.part, "table")
        self.step("import scrolled")
        yield from self.scroll(self.dialog.part.table)
        self.close_dialog()
        yield None

    # Of one case

    def beside_case(self) -> Iterator[Wait | None]:
        """Ask what a case page offers: versions, links, contacts, handing over, other programs, documents."""
        from casemgr.records.pathway.arrest import Arrest
        from casemgr.services.papers import form_named

        yield from self.open_fullest()
        page = self.page
        arrest = page.file.of(Arrest)[0]
        yield from self.asked("history of a record", lambda: page.show_history(arrest))
        self.step("history of a case")
        page.show_case_history()
        yield None
        self.step("older history")
        for _ in range(3):
            page.history.show_older()
            yield None
        line = next(each for each in page.history.lines if page.history._actions(each))
        yield from self.asked("versions compared", lambda: page.history.compare(line))
        page.history.closed.emit()
        yield None
        for name, ask in (
            ("removal asked", lambda: page.ask_to_remove(arrest)), ("contact asked", page.beside.add_contact),
            ("link asked", page.beside.add_link), ("handing over asked", page.going.ask_to_hand_over),
            ("sending to Primero asked", lambda: page.going.ask_to_send("primero")),
            ("sending to OSCaR asked", lambda: page.going.ask_to_send("oscar")),
        ):  # fmt: skip
            yield from self.asked(name, ask)
        yield from self.handed_over(page)
        yield from self.previewed(
            "longest paper", lambda: page.papers.print(form_named("case-summary"), None), lambda: page.preview
        )
        yield from self.document(page)

    def handed_over(self, page: Any) -> Iterator[Wait | None]:
        """Hand a case over, and take it in again."""
        path = self.folder / "handed.case"
        self.step("case handed over")
        page.going.ask_to_hand_over()
        yield None
        dialog = self.dialog
        dialog.reason.edits["reason"].setText("ហេតុ")
        dialog.way.buttons["passphrase"].click()
        dialog.passphrase.lines.edits["password"].setText(PASSPHRASE)
        dialog.passphrase.lines.edits["again"].setText(PASSPHRASE)
        dialog.save_to(str(path))
        yield dialog.cancel_button.isEnabled
        self.close_dialog()
        yield None
        self.come_to("cases")
        yield self.rows_shown(self.page.table)
        self.step("case taken in")
        cases = self.page
        cases.handovers.begin(str(path))
        yield None
        self.dialog.lines.edits["passphrase"].setText(PASSPHRASE)
        self.dialog.try_it()
        yield lambda: type(self.dialog).__name__ == "TakeInDialog"
        self.close_dialog()
        yield None
        yield from self.open_fullest()

    def document(self, page: Any) -> Iterator[Wait | None]:
        """Attach a large photograph, and look at it."""
        from casemgr.records.beside.document import Document
        from ui.editors.file_strip import FILE

        path = self.folder / "photograph.png"
        self.step("(a photograph is made)")
        _large_picture(path)
        yield None
        self.step("photograph taken")
        page.beside.documents.begin(uuid4(), {FILE: str(path)})
        yield lambda: page.editing is not None
        self.step("photograph saved")
        page.editing.save()
        yield lambda: page.editing is None and page.view._steps is None
        self.step("photograph looked at")
        page.beside.documents.look(page.file.of(Document)[-1])
        view = page.stack.currentWidget()
        yield lambda: not view.sheet.pixmap().isNull()
        view.leave()
        yield None

    # Of children, contacts and reports

    def children(self) -> Iterator[Wait | None]:
        """Open a child, write it, compare two, and look for the same child through all of them."""
        self.come_to("children")
        yield self.rows_shown(self.page.table)
        rows = self.page.model.lines
        self.step("child opened")
        self.desk.go(("child", rows[0].id))
        yield None
        page = self.page
        self.step("child written")
        page.edit()
        yield lambda: page.editing is not None
        page.editing.leave()
        yield None
        yield from self.asked("history of a child", page.show_history)
        yield from self.asked("two children compared", lambda: page.others.compare(rows[1].id))
        self.step("new child")
        self.desk.go(("child", None))
        yield None
        self.come_to("children")
        yield None
        yield from self.asked("same child looked for", self.page.sweep, lambda: self.dialog.work.watch is None)

    def directory(self) -> Iterator[Wait | None]:
        """Open a contact, write it, and ask how all of them leave."""
        self.step("directory")
        self.go("directory")
        yield self.rows_shown(self.page.list.table)
        self.step("contact opened")
        self.desk.open_contact(self.page.list.model.lines[0].id)
        yield None
        self.step("contact written")
        self.page.edit()
        yield None
        self.page.editing.leave()
        yield None
        yield from self.asked("contacts as a file", self.page.list.ask_to_send)

    def behind(self) -> Iterator[Wait | None]:
        """Look at the cases behind a number of the reports, and at what goes to DHIS2."""
        self.step("reports")
        self.go("reports")
        yield lambda: self.page.facts is not None and self.page.work.isHidden()
        self.page.show_section("indicators")
        yield self.page.work.isHidden
        yield from self.asked("cases behind a number", lambda: self.page.indicators.table.opened.emit(0))
        yield from self.asked("numbers to DHIS2", self.page.ask_to_send)

    def on_paper(self) -> Iterator[Wait | None]:
        """Print the week and who is where, and ask for the calendar and for the follow-ups as a file."""
        self.come_to("today")
        yield self.rows_shown(self.page.table)
        today = self.page
        yield from self.previewed("week on paper", today.print_week, lambda: today.preview)
        yield from self.asked("calendar asked", today.ask_for_calendar)
        self.come_to("where")
        yield None
        where = self.page
        yield from self.previewed("who is where on paper", where.print, lambda: where.preview)
        self.come_to("forms")
        yield None
        forms = self.page
        yield from self.previewed("blank form", forms.print, lambda: forms.preview)
        self.step("form looked for")
        for letter in "ច្បាប់":
            self.type(letter, forms.forms.line)
            yield None
        self.come_to("follow-ups")
        yield None
        yield from self.asked("follow-ups as a file", self.page.list.export)

    # Of the office

    def settings(self) -> Iterator[Wait | None]:
        """Open what the settings offer, about the program, the guide and the keys."""
        self.step("settings")
        self.go("settings")
        yield None
        page = self.page
        own = page.people.accounts[0] if getattr(page.people, "accounts", None) else None
        for name, ask in (
            ("limit corrected", lambda: page.correct(0)), ("password asked", page.change_password),
            ("new key asked", page.renew), ("rule of keeping asked", page.keeping.set_rule),
            ("end of the office asked", page.keeping.end), ("office written", page.edit),
            ("person added", page.people.add_person), ("person written", lambda: own and page.people.edit(own)),
            ("what is due", page.show_due),
        ):  # fmt: skip
            yield from self.asked(name, ask)
            if page.editing is not None:
                page.editing.leave()
            page._back()
            yield None
        yield from self.about(page)
        self.step("copy made")
        page.copies.copy_now()
        yield lambda: self.program.background.is_idle
        self.step("office checked")
        page.health._upkeep.check_now()
        yield lambda: self.program.background.is_idle

    def about(self, page: Any) -> Iterator[Wait | None]:
        """Read about the program, with the licence of every part."""
        from ui.pages.about import AboutDialog

        self.step("about")
        AboutDialog(self.program.office, page).open()
        yield None
        for at in range(self.dialog.list.count()):
            self.step(f"licence {at}")
            self.dialog.list.setCurrentRow(at)
            yield None
        self.close_dialog()
        yield None

    def helped(self) -> Iterator[Wait | None]:
        """Open the guide, go through it, search it, print a chapter; and see all keys."""
        yield from self.asked("keys", self.desk.show_keys)
        self.step("guide opened")
        guide = self.program.helping.show("new-arrest")
        yield None
        for chapter in guide.chapters:
            self.step(f"guide: {chapter.key}")
            guide.show_place(chapter.title.anchor)
            yield None
        self.step("guide searched")
        for letter in "កុមារ":
            self.type(letter, guide.search)
            yield lambda: not guide._pause.isActive()
        guide.search.clear()
        yield lambda: not guide._pause.isActive()
        yield from self.previewed("chapter on paper", guide._print_this, lambda: guide.preview)
        guide.close()
        yield None

    @property
    def dialog(self) -> Any:
        return QApplication.activeModalWidget()

    def open_fullest(self) -> Iterator[Wait | None]:
        """Go to the case with the most records."""
        from bench_pages import fullest

        self.step("(looking for the fullest case)")
        case_id, _ = fullest(self.program.office)
        yield None
        self.step("open the fullest case")
        self.desk.go(("case", case_id))
        yield lambda: self.page.file is not None and self.page.view._steps is None


def _large_picture(path: Path) -> None:
    from PIL import Image

    side = 2600  # of noise, which no format makes smaller
    Image.frombytes("RGB", (side, side), os.urandom(side * side * 3)).save(path, compress_level=0)


def _is_answered(preview: Any) -> bool:
    """Return whether the paper is there, or it is said that there is too much for one."""
    return preview._is_made or preview.message.isVisible()
