"""Giving the follow-up list out of the office as a file, with all that it knows of each child."""

from PySide6.QtWidgets import QWidget

from casemgr.i18n import N_
from casemgr.services.follow_up_export import export_follow_ups
from casemgr.services.follow_ups import FollowUpFilter
from casemgr.services.office import Office
from ui.editors.typed_beside import keep_line
from ui.parts.file_dialog import CODED, NAMED, Chosen, FileDialog, Gives
from ui.tasks import Tasks

TITLE = N_("Export the follow-up list")
HELP = {
    CODED: N_("Codes in place of names, months in place of days, no place but the province; small groups are merged."),
    NAMED: N_("Names, telephone numbers and dates. The file is locked with a passphrase; a CSV file cannot be locked."),
}


class ExportDialog(FileDialog):
    """Asks what is to stand in the file and how it is locked, then where to."""

    def __init__(self, office: Office, tasks: Tasks, asked: FollowUpFilter, parent: QWidget) -> None:
        """asked: which rows of the list."""

        def write(chosen: Chosen) -> int:
            return export_follow_ups(
                office, chosen.path, chosen.kind, asked, pseudonymised=not chosen.named, passphrase=chosen.passphrase,
                reason=chosen.reason, language=chosen.language, progress=chosen.told, cancelled=chosen.stopped,
            )  # fmt: skip

        super().__init__(tasks, Gives(TITLE, "follow-ups", write, HELP), parent)
        if office.knows_names:  # who may not know them is never asked for a reason
            keep_line(self, self.reason.edits["reason"], office, tasks, "export-follow-ups", None)
