"""Pictures of what leaves the office or comes from elsewhere: copies, cases of other offices, lists, other programs."""

import dataclasses
from typing import Any, cast

from casemgr.clock import PartialDate
from casemgr.exchange import primero
from casemgr.records.child import Child
from casemgr.records.pathway.arrest import Arrest
from casemgr.services import casework, lists
from casemgr.services.comparing import compare
from casemgr.services.handover import hand_over
from casemgr.services.office import Office
from casemgr.services.received import receive
from ui.pages.give_dialog import give_case
from ui.pages.hand_over import HandOverDialog
from ui.pages.send_dialogs import SendCaseDialog
from ui.pages.send_names import MapChoice
from ui.pages.take_out import TakeOutDialog
from ui.picture_camera import Camera, shown_dialog

NOTES = "ម្ដាយបានមកដល់នៅព្រឹកបន្ទាប់ ហើយបានជួបមេធាវីជាមួយកុមារ។ " * 9
PASSPHRASE = "four words make one"  # noqa: S105  (of an invented case)


class Beyond(Camera):
    """Draws these pages of one language."""

    def _copies(self) -> None:
        """Draw where copies go, and what the check found."""
        desk = self.program.desk
        assert desk is not None  # noqa: S101
        page = cast("Any", desk.go(("settings", None)))
        page.copies.copy_now()
        page.stack.currentWidget().ensureWidgetVisible(page.health)
        self._save("settings-copies")

    def _between_offices(self, office: Office) -> None:
        """Draw a case that is handed over, the key for it, and what one that comes differs in."""
        desk = self.program.desk
        assert desk is not None  # noqa: S101
        row = lists.cases(office)[0]
        page = cast("Any", desk.go(("case", row.id)))
        give_case(office, self.program.tasks, page.file, page).open()
        self._save_dialog("case-give")
        HandOverDialog(office, self.program.tasks, page.file, page).open()
        self._save_dialog("case-hand-over")
        listed = cast("Any", desk.go(("cases", None)))
        listed.handovers.show_key()
        self._save_dialog("office-key")
        path = self.folder / "a.case"
        hand_over(office, row.id, path, reason=NOTES, passphrase=PASSPHRASE)
        arrest = page.file.of(Arrest)[0]
        casework.save_record(office, dataclasses.replace(arrest, officer="ស.ឯ. ព្រះរាជពង្សាវតារ សុវណ្ណមុនីរតនសោភ័ណ"), NOTES)
        listed.handovers.show(compare(office, receive(office, path, PASSPHRASE)))
        self._save_dialog("case-take-in")
        self._same_child(office)

    def _same_child(self, office: Office) -> None:
        """Draw two records that may be of one child: found, told of while it is written down, compared, listed."""
        desk = self.program.desk
        assert desk is not None  # noqa: S101
        one = Child(family_name_km="ចាន់", given_name_km="ស្រីមុំ", born=PartialDate.of(2011), village_code="17100401")
        other = Child(
            family_name_latin="Chan", given_name_latin="Srey Mom", born=PartialDate.of(2011), village_code="17100401"
        )
        for each in (one, other):
            casework.save_child(office, each)
        page = cast("Any", desk.go(("child", one.id)))
        self._save("child-may-be-same")
        page.others.compare(other.id)
        self._save_dialog("same-child")
        cast("Any", desk.go(("children", None))).sweep()
        self._save_dialog("same-child-sweep")
        desk.new_arrest()
        arrest = cast("Any", desk.pages["arrest", None])
        arrest.child.restore({"family_name_latin": "Chan", "given_name_latin": "Srey Mom"})
        arrest.notice.search()
        self._save("same-child-arrest")

    def _import(self, office: Office) -> None:
        for name, rows in (("columns", ("no,who,kind", "1,Sok San,លួច")), ("rows", ("child_code,sex", "K-1,x", "K-2,"))):
            (self.folder / "list.csv").write_text("\n".join(rows), "utf-8")
            cast("Any", self.program.desk).go(("cases", None)).import_list()
            shown_dialog().begin(str(self.folder / "list.csv"))
            self._save_dialog(f"import-{name}")
        TakeOutDialog(office, self.program.tasks, self.program.window).open()
        self._save_dialog("all-cases-out")

    def _to_others(self, office: Office) -> None:
        """Draw what goes to other programs, what could not go along, and what is to be mended."""
        desk = self.program.desk
        assert desk is not None  # noqa: S101
        page = cast("Any", desk.go(("case", lists.cases(office)[0].id)))
        page.going.ask_to_send(primero.SYSTEM)
        self._save_dialog("case-to-primero")
        MapChoice(office, self.program.tasks, primero.SYSTEM, page).see()
        self._save_dialog("field-names")
        dialog = SendCaseDialog(office, self.program.tasks, page.file, primero.SYSTEM, page)
        dialog.open()
        dialog.reason.edits["reason"].setText(NOTES[:40])
        dialog.save_to(str(self.folder / "case.json"))
        self._save_dialog("case-sent")
        listed = cast("Any", desk.go(("directory", None)))
        listed.list.ask_to_send()
        self._save_dialog("contacts-as-file")
        reports = cast("Any", desk.go(("reports", None)))
        reports.ask_to_send()
        self._save_dialog("indicators-to-dhis2")
        desk.go(("quality", None))
        self._save("quality")
