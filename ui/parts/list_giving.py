"""What is asked before a list leaves: the dialog for a file, and the preview of its paper."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from casemgr import clock
from casemgr.i18n import N_
from casemgr.services import list_export
from casemgr.services.listing import Listing, Naming
from casemgr.services.office import Office
from casemgr.services.papers import PaperChoice
from ui.parts.file_dialog import CODED, NAMED, Chosen, FileDialog, Gives
from ui.parts.held_over import HeldOver
from ui.parts.paper_source import Going, Made, Offers, Source
from ui.parts.paper_view import ACROSS
from ui.parts.preview import Preview
from ui.tasks import Tasks
from ui.words import tr

TITLE = N_("Export this list")
HELP = {
    CODED: N_(
        "The rows and columns as they are shown, with codes in place of names and no place below the province. "
        "Whoever knows a child may still recognise it."
    ),
    NAMED: N_(
        "The rows and columns as they are shown, with names. The file is locked with a passphrase; a CSV file cannot "
        "be locked."
    ),
}
WIDTH, HEIGHT, AROUND = 1100, 700, 24


def file_dialog(office: Office, tasks: Tasks, listing: Listing, parent: QWidget) -> FileDialog:
    """Return the dialog that makes a file of a list."""

    def write(chosen: Chosen) -> int:
        return list_export.export_listing(
            office, chosen.path, chosen.kind, listing, named=chosen.named, passphrase=chosen.passphrase,
            reason=chosen.reason, language=chosen.language, progress=chosen.told, cancelled=chosen.stopped,
        )  # fmt: skip

    gives = Gives(
        TITLE, listing.what, write, HELP, names=_asks(office, listing), named=listing.naming is Naming.ALWAYS
    )  # fmt: skip
    dialog = FileDialog(tasks, gives, parent)
    reason = dialog.reason.edits["reason"]
    HeldOver(dialog, office, f"list/{listing.what}", reason.text, reason.setText)  # names are chosen anew
    return dialog


class PaperDialog(QDialog):
    """The preview of a list over the page it is of."""

    def __init__(self, office: Office, tasks: Tasks, listing: Listing, parent: QWidget) -> None:
        """Have the list drawn."""
        super().__init__(parent)
        self.setWindowTitle(tr(listing.title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(min(WIDTH, parent.width() - AROUND), min(HEIGHT, parent.height() - AROUND))
        self.preview = Preview(tasks, paper_source(office, listing), office_folder=office.folder, parent=self)
        self.preview.closed.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview)
        self.preview.view.page_width = ACROSS
        self.preview.view.thumbs.setFocus()

    def reject(self) -> None:
        """Leave the preview, which stops what is still being made."""
        self.preview.leave()


def paper_source(office: Office, listing: Listing) -> Source:
    """Return a list as a paper to be looked at, with the codes unless the names are chosen."""

    def make(choice: PaperChoice, going: Going) -> Made:
        named = bool(choice.named)
        data = list_export.listing_paper(
            office, listing, named=named, language=choice.language, progress=going.told, cancelled=going.stopped
        )
        return Made(data, more=False, warning=list_export.NAMES_ON_PAPER if named else None)

    def log(choice: PaperChoice, how: str) -> None:
        list_export.log_listing(office, listing, how, named=bool(choice.named), language=choice.language)

    name = f"{listing.what}-{clock.today().isoformat()}.pdf"
    return Source(tr(listing.title), name, make, log, Offers(named=False if _asks(office, listing) else None))


def _asks(office: Office, listing: Listing) -> bool:
    """Return whether it is a choice that children are named."""
    return listing.naming is Naming.CHOICE and office.knows_names
