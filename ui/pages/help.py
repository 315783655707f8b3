"""The window of the guide: contents and search at the left, a chapter at the right, and the guide on paper."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from casemgr import guide
from casemgr.guide import ADMINISTRATOR, CARD, Chapter, Found
from casemgr.i18n import LANGUAGES, N_, Words
from ui.parts.guide_view import GuideView
from ui.parts.menu_button import MenuButton
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

if TYPE_CHECKING:
    from casemgr.services.papers import PaperChoice
    from ui.parts.paper_source import Going, Made, Source
    from ui.parts.preview import Preview

GUIDE, CONTENTS = N_("Guide"), N_("Contents")
SEARCH = N_("Search the guide")
PLACES = N_("Where the guide says it")
NOTHING = N_("The guide does not say this. Try another word, or fewer.")
PRINT, CLOSE = N_("Print…"), N_("Close")
ALL, THIS = N_("The whole guide"), N_("This chapter")
PAUSE = 150
LEFT, NARROW, NARROW_BELOW = 300, 232, 860
_ANCHOR = Qt.ItemDataRole.UserRole


class HelpWindow(QWidget):
    """A window beside the others: whoever reads goes on working. Nothing in it comes from a record.

    Raises FileNotFoundError where the program was packaged without the guide.
    """

    def __init__(
        self, office_folder: Path, anchor: str | None = None, *, inline: bool = False, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        """Read the guide in the screen's language, and show that place of it, its beginning for None.

        office_folder: where no paper may be saved. inline: as of Tasks.
        """
        super().__init__(parent, Qt.WindowType.Window)
        self.setProperty("nameless", True)
        self.setWindowTitle(tr(GUIDE))
        room = self.screen().availableSize()
        self.resize(QSize(980, 680).boundedTo(room))
        self.setMinimumSize(QSize(640, 420).boundedTo(room))
        self.spoken = (words().language, words().digits)
        self._office_folder, self._tasks = office_folder, Tasks(self, inline=inline)
        self.chapters = guide.chapters(words())
        self._chapter_of = guide.anchors(self.chapters)
        self.anchor = anchor or self.chapters[0].title.anchor
        self.preview: Preview | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.look)
        self._build()
        self.show_place(self.anchor)
        self.view.setFocus()

    def show_place(self, anchor: str) -> None:
        """Show a place of the guide. Raises KeyError for one that is not there."""
        self.leave_paper()
        self.anchor = anchor
        self.view.show_chapter(self._chapter(self._chapter_of[anchor]), anchor)
        self.contents.blockSignals(True)
        self.contents.setCurrentItem(self._items[anchor])
        for chapter in self.chapters:
            title = chapter.title.anchor
            self._items[title].setExpanded(anchor in chapter.anchors)
        self.contents.blockSignals(False)
        self.contents.scrollToItem(self._items[anchor])

    def look(self) -> None:
        """List the places that say what is typed; nothing typed leads back to the contents."""
        self._pause.stop()
        wanted = self.search.text().strip()
        found = guide.find(self.chapters, wanted)
        self.places.clear()
        for place in found:
            item = QListWidgetItem(wrapped(_told(place)))
            item.setData(_ANCHOR, place.anchor)
            self.places.addItem(item)
        self.nothing.setVisible(bool(wanted) and not found)
        self.left.setCurrentWidget(self.places if found else self.contents)
        self.view.mark(wanted)

    def forget_search(self) -> None:
        """Show the contents, and nothing that was typed."""
        self.search.clear()
        self.look()

    def print(self, which: str, title: str) -> None:
        """Show the whole guide, or one chapter, as a paper; title is in the screen's language."""
        from ui.parts.preview import Preview  # noqa: PLC0415  (loads what draws pages)

        self.leave_paper()
        self.preview = Preview(self._tasks, _source(which, title), office_folder=self._office_folder)
        self.preview.closed.connect(self.leave_paper)
        self._layers.addWidget(self.preview)
        self._layers.setCurrentWidget(self.preview)
        self.preview.view.thumbs.setFocus()

    def leave_paper(self) -> None:
        """Let the paper go, where one is shown."""
        preview, self.preview = self.preview, None
        if preview is not None:
            preview.closed.disconnect()
            preview.leave()
            self._layers.removeWidget(preview)
            preview.deleteLater()
            self.view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the chapter more room where the window is narrow."""
        super().resizeEvent(event)
        self._side.setFixedWidth(LEFT if self.width() >= NARROW_BELOW else NARROW)
        self.contents.scheduleDelayedItemsLayout()

    def _build(self) -> None:
        self._layers = QStackedWidget(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._layers)
        reading = QWidget()
        row = QHBoxLayout(reading)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(12)
        row.addWidget(self._build_left())
        self.view = GuideView()
        self.view.setAccessibleName(tr(GUIDE))
        self.view.place_asked.connect(self.show_place)
        row.addWidget(self.view, 1)
        self._layers.addWidget(reading)
        for keys, act in (
            ("Ctrl+F", self._to_search), ("Ctrl+P", self.print_button.click), ("Esc", self._on_escape),
            ("Ctrl++", self.view.zoomIn), ("Ctrl+-", self.view.zoomOut),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), reading)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _build_left(self) -> QWidget:
        self._side = side = QWidget()
        side.setFixedWidth(LEFT)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr(SEARCH))
        self.search.setAccessibleName(tr(SEARCH))
        self.search.setToolTip("Ctrl+F")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._pause.start())
        self.search.returnPressed.connect(self._to_first)
        self.nothing = QLabel(wrapped(tr(NOTHING)))
        self.nothing.setProperty("role", "help")
        self.nothing.setWordWrap(True)
        self.nothing.hide()
        self.left = QStackedWidget()
        self.left.addWidget(self._build_contents())
        self.left.addWidget(self._build_places())
        self.print_button = MenuButton(tr(PRINT), self._papers(), tr(GUIDE))
        self.close_button = QPushButton(tr(CLOSE))
        self.close_button.setToolTip("Esc")
        self.close_button.clicked.connect(self.close)
        exits = QHBoxLayout()
        exits.addWidget(self.print_button)
        exits.addStretch()
        exits.addWidget(self.close_button)
        for widget in (self.search, self.nothing):
            column.addWidget(widget)
        column.addWidget(self.left, 1)
        column.addLayout(exits)
        return side

    def _build_contents(self) -> QTreeWidget:
        self.contents = tree = QTreeWidget()
        tree.setHeaderHidden(True)
        tree.setWordWrap(True)
        tree.setItemDelegate(_Wrapped(tree))
        tree.setIndentation(16)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setAccessibleName(tr(CONTENTS))
        self._items: dict[str, QTreeWidgetItem] = {}
        for chapter in self.chapters:
            parent = QTreeWidgetItem(tree, [wrapped(chapter.title.text)])
            parent.setData(0, _ANCHOR, chapter.title.anchor)
            self._items[chapter.title.anchor] = parent
            for title, _ in list(guide.by_section(chapter))[1:]:
                item = QTreeWidgetItem(parent, [wrapped(title.text)])
                item.setData(0, _ANCHOR, title.anchor)
                self._items[title.anchor] = item
        tree.currentItemChanged.connect(self._on_item)
        for again in (tree.itemClicked, tree.itemActivated):
            again.connect(lambda item, _: self._lead_again(item.data(0, _ANCHOR)))
        return tree

    def _build_places(self) -> QListWidget:
        self.places = QListWidget()
        self.places.setWordWrap(True)
        self.places.setAlternatingRowColors(True)
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.places.setAccessibleName(tr(PLACES))
        self.places.currentItemChanged.connect(lambda item, _: self._on_place(item))
        for again in (self.places.itemClicked, self.places.itemActivated):
            again.connect(lambda item: self._lead_again(item.data(_ANCHOR)))
        return self.places

    def _papers(self) -> tuple[tuple[str, partial[None]], ...]:
        from casemgr.services.guide_papers import WHOLE  # noqa: PLC0415  (loads what composes papers)

        titles = {chapter.key: chapter.title.text for chapter in self.chapters}
        return (
            (tr(ALL), partial(self.print, WHOLE, tr(ALL))),
            (tr(THIS), partial(self._print_this)),
            *((titles[key], partial(self.print, key, titles[key])) for key in (CARD, ADMINISTRATOR)),
        )

    def _print_this(self) -> None:
        chapter = self._chapter(self._chapter_of[self.anchor])
        self.print(chapter.key, chapter.title.text)

    def _chapter(self, key: str) -> Chapter:
        return next(chapter for chapter in self.chapters if chapter.key == key)

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _to_first(self) -> None:
        """Go from the search to the first place that was found."""
        self.look()
        if self.places.count():
            self.places.setCurrentRow(0)
            self.places.setFocus()

    def _on_escape(self) -> None:
        """Leave the search for the contents; from there, close."""
        if self.search.text():
            self.search.clear()
            self.look()
        else:
            self.close()

    def _on_item(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.show_place(item.data(0, _ANCHOR))

    def _lead_again(self, anchor: str) -> None:
        """Lead to a line that was chosen before as well: the reader may have gone on from there."""
        if anchor == self.anchor:
            self.view.lead_to(anchor)
        else:
            self.show_place(anchor)

    def _on_place(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.show_place(item.data(_ANCHOR))
            self.view.mark(self.search.text())


class _Wrapped(QStyledItemDelegate):
    """Gives a line of the contents the height that its words need; Qt's own would be one line high, and cut off."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Return the size for the width that the contents have."""
        tree = cast("QTreeWidget", self.parent())
        depth = 2 if index.parent().isValid() else 1
        room = tree.viewport().width() - depth * tree.indentation() - 10
        words_in = QRect(0, 0, max(room, 60), 1000)
        needed = tree.fontMetrics().boundingRect(words_in, Qt.TextFlag.TextWordWrap, str(index.data()))
        return QSize(room, needed.height() + 8)


def _told(place: Found) -> str:
    heading = f"{place.chapter} · {place.section}" if place.section else place.chapter
    return f"{heading}\n{place.excerpt}" if place.excerpt else heading


def _source(which: str, title: str) -> "Source":
    from casemgr.services.guide_papers import guide_pdf  # noqa: PLC0415  (as in print)
    from ui.parts.paper_source import Made, Offers, Source  # noqa: PLC0415

    digits = words().digits

    def make(choice: "PaperChoice", going: "Going") -> "Made":
        language = choice.language or words().language
        return Made(guide_pdf(which, Words(language, digits), progress=going.told, cancelled=going.stopped))

    return Source(title, f"{which}.pdf", make, lambda _choice, _how: None, Offers(LANGUAGES))
