"""The documents of a case: a file is chosen or dropped, looked at before it is kept, shown, and let out as a copy."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from casemgr.i18n import N_, Words
from casemgr.records.beside.document import Document, MediaType, for_named_staff
from casemgr.records.fields import fields_of
from casemgr.services import documents, drafts
from casemgr.services.case_files import CaseFile
from casemgr.services.changes import Changes
from casemgr.services.documents import Prepared
from casemgr.services.office import Office
from casemgr.trouble import Refusal, Trouble
from ui.editors.file_strip import ANOTHER, FILE, FileStrip
from ui.editors.record_page import RecordPage
from ui.parts.card import Action
from ui.parts.document_view import SAVE_COPY, DocumentView
from ui.parts.thumbnail import WIDTH, Thumbnail
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

CHOOSE, PICTURES, ALL_FILES = N_("Add a file…"), N_("Pictures and PDF files"), N_("All files")
PATTERNS = "*.pdf *.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp"
LOOK, CANCEL = N_("Look"), N_("Cancel")
NOT_TAKEN = N_("This file cannot be added")
COPY_WARNING = N_(
    "The copy will not be encrypted: whoever gets hold of it can read it. Delete it as soon as it is no longer needed. "
    "That a copy was saved is written down."
)
WHERE = N_("Choose where…")
SAVED = N_("Saved as {file} in {folder}.")
PAGES_SAID = N_("pages: {pages}")
Taken = Callable[[Path, Prepared], None]
"""Gets a file that was read, and where it lies."""
SUFFIXES = {MediaType.PDF: "pdf", MediaType.JPEG: "jpg", MediaType.PNG: "png"}


class DocumentActions(QObject):
    """What can be done with documents. case: the file the page shows. show: puts a page in place of the overview."""

    def __init__(
        self, office: Office, tasks: Tasks, case: Callable[[], CaseFile], show: Callable[[QWidget], None],
        window: QWidget,
    ) -> None:  # fmt: skip
        """Window: before which dialogs stand."""
        super().__init__(window)
        self._office, self._tasks, self._case, self._show, self._window = office, tasks, case, show, window
        self._pictures: dict[UUID, bytes | None] = {}

    def actions_of(self, document: Document) -> tuple[Action, ...]:
        """Return what can be done with a document beyond editing what is said of it."""
        return (
            Action(LOOK, partial(self.look, document)), Action(SAVE_COPY, partial(self.ask_to_save, document))
        )  # fmt: skip

    def begin(self, identity: UUID | None = None, plain: dict[str, Any] | None = None) -> None:
        """Begin a document: with the file that a draft names, or one that is asked for.

        identity: of a document whose draft is gone on with; plain: its answers, read here where not given.
        """
        office = self._office
        if identity is not None and plain is None:
            key = f"{Document.__tablename__}/{identity}"
            self._tasks.run(
                lambda: drafts.draft(office, key) or {}, lambda kept: self.begin(identity, kept)
            )  # fmt: skip
            return
        begun = partial(self._write, identity or uuid4(), plain or {})
        if plain and FILE in plain:
            self.take(Path(plain[FILE]), begun)
        else:
            self.choose(begun)

    def choose(self, then: Taken) -> None:
        """Ask for a file, and read it; then gets it."""
        filters = f"{tr(PICTURES)} ({PATTERNS});;{tr(ALL_FILES)} (*)"
        dialog = QFileDialog(self._window, tr(CHOOSE).rstrip("…"), str(Path.home()), filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.take(Path(name), then))
        dialog.open()

    def take(self, path: Path, then: Taken) -> None:
        """Read a file beside the window's thread; then gets it. What is wrong with it is said, and another offered."""
        self._tasks.run(
            lambda: documents.take_in(path), partial(self._on_taken, then, path), partial(self._on_not_taken, then)
        )  # fmt: skip

    def look(self, document: Document) -> None:
        """Show the pages of a document; that it was opened is written down."""
        office, identity = self._office, document.id
        self._show(DocumentView(
            self._tasks, lambda: documents.document_data(office, identity), title=document_title(document, words()),
            on_save=partial(self.ask_to_save, document),
        ))  # fmt: skip

    def ask_to_save(self, document: Document) -> None:
        """Say what a copy outside the office means, then ask where to."""
        box = self._box(QMessageBox.Icon.Warning, tr(SAVE_COPY).rstrip("…"), tr(COPY_WARNING))
        go_on = box.addButton(tr(WHERE), QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(tr(CANCEL), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        go_on.clicked.connect(lambda: self._ask_where(document))
        box.open()

    def save_to(self, document: Document, name: str) -> None:
        """Save a copy under that file name, and say where it is."""
        office, identity = self._office, document.id
        self._tasks.run(lambda: _save(office, identity, Path(name)), self._on_saved, self._on_not_saved)

    def thumbnail(self, document: Document) -> QWidget | None:
        """Return the small picture beside the entry of a document; None where only named staff may look at it."""
        return None if for_named_staff(document) else Thumbnail(partial(self._draw, document.id))

    def accept_drops(self, widget: QWidget) -> None:
        """Let a file be dropped on a widget to become a document."""
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a single file that is dropped; anything else is refused where it hovers."""
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            dropped = cast("QDropEvent | QDragEnterEvent", event)
            urls = dropped.mimeData().urls()
            if len(urls) != 1 or not urls[0].isLocalFile():
                event.ignore()
                return True
            dropped.setDropAction(Qt.DropAction.CopyAction)  # a file that is dropped is not moved away
            dropped.accept()
            if event.type() is QEvent.Type.Drop:
                self.take(Path(urls[0].toLocalFile()), partial(self._write, uuid4(), {}))
            return True
        return super().eventFilter(watched, event)

    def _write(self, identity: UUID, plain: dict[str, Any], path: Path, taken: Prepared) -> None:
        """Ask what the file is; it is kept together with the answers."""
        office, case = self._office, self._case().case

        def save(document: Document, _why: str | None) -> Changes:
            return documents.add_document(office, document, strip.taken)

        strip = FileStrip(self._tasks, path, taken, lambda: self.choose(strip.show_file))
        page = RecordPage(
            office, self._tasks, Document(id=identity, case_id=case.id), save,
            key=f"{Document.__tablename__}/{identity}", case_id=case.id, title=f"{tr(Document.title)} · {case.number}",
            only=[info.name for info in fields_of(Document) if not info.computed],
        )  # fmt: skip
        page.add_part(strip)
        self._show(page)
        if plain:
            page.go_on(plain)
        page.editor.focus_first()

    def _draw(self, identity: UUID, thumbnail: Thumbnail) -> None:
        """Show the picture of a document; it is asked for once while the page lives."""
        if identity in self._pictures:
            thumbnail.show_picture(self._pictures[identity])
            return

        def show(data: bytes | None) -> None:
            self._pictures[identity] = data
            thumbnail.show_picture(data)

        def fail(error: Exception) -> None:
            show(None)
            if not isinstance(error, Refusal | Trouble):  # these are said when the worker looks at the document
                self._tasks.failed.emit(error)

        office, width = self._office, round(WIDTH * self._window.devicePixelRatioF())
        self._tasks.run(lambda: documents.thumbnail(office, identity, width), show, fail)

    def _on_taken(self, then: Taken, path: Path, taken: Prepared) -> None:
        owner = getattr(then, "__self__", None)
        if not isinstance(owner, QObject) or shiboken6.isValid(owner):  # the page it was for may have been left
            then(path, taken)

    def _on_not_taken(self, then: Taken, error: Exception) -> None:
        if not isinstance(error, Refusal | Trouble):
            self._tasks.failed.emit(error)
            return
        box = self._box(QMessageBox.Icon.Warning, tr(NOT_TAKEN), error.say(words()))
        again = box.addButton(tr(ANOTHER), QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(tr(CANCEL), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(again)
        box.setEscapeButton(cancel)
        again.clicked.connect(lambda: self.choose(then))
        box.open()

    def _ask_where(self, document: Document) -> None:
        kind = document.kind.value if document.kind else "document"
        suffix = SUFFIXES.get(document.media_type or MediaType.PDF, "pdf")
        name = f"{self._case().case.number}-{kind}.{suffix}"
        dialog = QFileDialog(self._window, tr(SAVE_COPY).rstrip("…"), str(Path.home() / name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self.save_to, document))
        dialog.open()

    def _on_saved(self, path: Path) -> None:
        box = self._box(
            QMessageBox.Icon.Information, tr(SAVE_COPY).rstrip("…"), tr(SAVED, file=path.name, folder=path.parent)
        )
        box.addButton(QMessageBox.StandardButton.Ok)
        box.open()

    def _on_not_saved(self, error: Exception) -> None:
        if isinstance(error, Refusal | Trouble):
            box = self._box(QMessageBox.Icon.Warning, tr(SAVE_COPY).rstrip("…"), error.say(words()))
            box.addButton(QMessageBox.StandardButton.Ok)
            box.open()
        else:
            self._tasks.failed.emit(error)

    def _box(self, picture: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setIcon(picture)
        box.setWindowTitle(title)
        box.setText(wrapped(text))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return box


def document_title(document: Document, language: Words) -> str:
    """Return what a document is called: its title, else what it is."""
    kind = language.text(document.kind.label) if document.kind else language.text(Document.title)
    return document.headline or kind


def said_of_document(document: Document, language: Words) -> tuple[str, str]:
    """Return the title of a document's entry, and what is said below it."""
    title = document_title(document, language)
    kind = language.text(document.kind.label) if document.kind else ""
    about = (
        kind if kind != title else "",
        language.date(document.dated_on) if document.dated_on else "",
        document.received_from,
        language.text(document.media_type.label) if document.media_type else "",
        language.text(PAGES_SAID, pages=language.number(document.pages)) if document.pages else "",
    )
    return title, " · ".join(filter(None, about))


def _save(office: Office, document_id: UUID, path: Path) -> Path:
    documents.save_document(office, document_id, path)
    return path
