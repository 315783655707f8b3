"""A chapter of the guide on the screen: headings, steps and pictures, with breaks between Khmer words."""

import html
from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QRectF, QRegularExpression, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QImage, QImageReader, QResizeEvent, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from casemgr import assets, guide
from casemgr.guide import Chapter, Items, Piece, Run, Runs, Saying, Shot, Title
from ui.theme import COLOURS
from ui.words import words, wrapped

PICTURE = "picture"
"""The scheme under which a picture of the guide is asked for: picture:NAME-WIDTH."""
_SIDE = 40
"""So many points the text leaves free at both sides together, and for the scroll bar."""
_ZERO_WIDTH = "\u200b"


class GuideView(QTextBrowser):
    """Shows one chapter. Pictures are as wide as there is room; where none were made, the words stand alone."""

    place_asked = Signal(str)
    """A link leads to that place of the guide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._on_link)
        self.document().setDocumentMargin(16)
        self.document().setDefaultStyleSheet(_sheet())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else the width changes with the text
        self._fitted = 0
        self._top = (0, 0.0)
        self._chapter: Chapter | None = None
        self._led_to: str | None = None  # the place that was asked for, until the reader goes on from there
        self._scrolls = False
        self.verticalScrollBar().actionTriggered.connect(self._on_read_on)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._marked: Sequence[str] = ()
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(80)
        self._resized.timeout.connect(self._fit)

    @property
    def fits_soon(self) -> bool:
        """Whether the pictures are still to be fitted to a new width."""
        return self._resized.isActive()

    def show_chapter(self, chapter: Chapter, anchor: str) -> None:
        """Show a chapter, beginning at a place in it."""
        self._chapter = chapter
        self._led_to = anchor
        self._fill()
        self._lead()

    def lead_to(self, anchor: str) -> None:
        """Go back to a place of the chapter that is shown."""
        self._led_to = anchor
        self._lead()

    def mark(self, wanted: str) -> None:
        """Mark these words wherever they stand; an empty text takes the marks away."""
        self._marked = [word for word in wanted.replace(_ZERO_WIDTH, " ").split() if word]
        self._show_marks()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures again."""
        super().resizeEvent(event)
        if self._room() != self._fitted:
            self._resized.start()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy what is selected without the breaks that are for the screen alone."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText().replace(_ZERO_WIDTH, ""))
        return data

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Draw a picture in the size it is shown in: left to itself, Qt leaves out lines of it."""
        url = QUrl(name)
        if url.scheme() != PICTURE:
            return super().loadResource(kind, url)
        drawn, _, wide = url.path().rpartition("-")
        image = QImage(str(assets.guide_picture(drawn, words().language)))
        across = round(int(wide) * self.devicePixelRatioF())
        return image.scaledToWidth(across, Qt.TransformationMode.SmoothTransformation)

    def _on_link(self, url: QUrl) -> None:
        self.place_asked.emit(url.fragment())

    def _on_read_on(self) -> None:
        """The reader scrolls: take note of where that leads, before a new width moves the text."""
        self._led_to, self._scrolls = None, True

    def _on_scrolled(self) -> None:
        if self._scrolls:
            self._scrolls, self._top = False, self._at_top()

    def _lead(self) -> None:
        if self._led_to is None or self._chapter is None:
            return
        if self._led_to == self._chapter.title.anchor:
            self.verticalScrollBar().setValue(0)
        else:
            self.scrollToAnchor(self._led_to)

    def _room(self) -> int:
        """Return how wide a picture may be."""
        return max(self.viewport().width() - _SIDE, 200)

    def _fit(self) -> None:
        """Fit the pictures; what was at the top stays there."""
        self._fill()
        if self._led_to is not None:
            self._lead()
        else:
            number, share = self._top
            block = self._block(number)
            self.verticalScrollBar().setValue(round(block.top() + share * block.height()))

    def _at_top(self) -> tuple[int, float]:
        """Return which paragraph or picture is at the top, and how much of it has gone by."""
        number = self.cursorForPosition(QPoint(_SIDE, 1)).blockNumber()
        block = self._block(number)
        return number, (self.verticalScrollBar().value() - block.top()) / max(block.height(), 1)

    def _block(self, number: int) -> QRectF:
        """Return where a paragraph or picture lies in the document."""
        document = self.document()
        return document.documentLayout().blockBoundingRect(document.findBlockByNumber(number))

    def _fill(self) -> None:
        if self._chapter is not None:
            room = self._fitted = self._room()
            self.setHtml("".join(piece for each in self._chapter.pieces for piece in _html(each, room)))
            self._show_marks()

    def _show_marks(self) -> None:
        marks = []
        for word in self._marked:
            pattern = f"{_ZERO_WIDTH}?".join(QRegularExpression.escape(letter) for letter in word)
            sought = QRegularExpression(pattern, QRegularExpression.PatternOption.CaseInsensitiveOption)
            found = self.document().find(sought, 0, QTextDocument.FindFlag(0))
            while not found.isNull() and found.hasSelection():
                mark = QTextEdit.ExtraSelection()
                looks = QTextCharFormat()
                looks.setBackground(QColor(COLOURS["notice_line"]))
                mark.format, mark.cursor = looks, found
                marks.append(mark)
                found = self.document().find(sought, found, QTextDocument.FindFlag(0))
        self.setExtraSelections(marks)


def _sheet() -> str:
    return (
        f"h1, h2 {{ color: {COLOURS['accent_dark']}; }} a {{ color: {COLOURS['accent']}; }}"
        f" .caption {{ color: {COLOURS['muted']}; }} td {{ padding: 3px 0; }}"
    )


def _html(piece: Piece, room: int) -> Iterator[str]:
    match piece:
        case Title(runs, anchor, level):
            above = 0 if level == 1 else 18
            size = "x-large" if level == 1 else "large"
            # Qt gives the name to the letter that follows, whose signs would then be torn off: it gets one of its own.
            named = f'<a name="{anchor}">{_ZERO_WIDTH}</a>{_said(runs)}'
            yield f'<h{level} style="font-size:{size}; margin-top:{above}px; margin-bottom:6px">{named}</h{level}>'
        case Saying(runs, remark):
            yield _remark(runs) if remark else f'<p style="margin-top:6px; margin-bottom:6px">{_said(runs)}</p>'
        case Items(items):
            marks = guide.numbered(piece, words()) or ["–"] * len(items)
            yield '<table cellspacing="0" cellpadding="0" style="margin-top:4px; margin-bottom:6px">'
            yield from (
                f'<tr><td width="34" valign="top">{mark}</td><td>{_said(item)}</td></tr>'
                for mark, item in zip(marks, items, strict=True)
            )
            yield "</table>"
        case Shot():
            yield from _picture(piece, room)


def _remark(runs: Runs) -> str:
    table = (
        f'<table width="100%" cellspacing="0" bgcolor="{COLOURS["notice"]}" style="margin-top:6px; margin-bottom:6px">'
    )
    return f'{table}<tr><td style="padding:8px; color:{COLOURS["notice_text"]}">{_said(runs)}</td></tr></table>'


def _picture(shot: Shot, room: int) -> Iterator[str]:
    file = assets.guide_picture(shot.name, words().language)
    if file is None:
        return
    size = QImageReader(str(file)).size()
    wide = min(room, size.width())
    high = round(size.height() * wide / max(size.width(), 1))
    said = html.escape(guide.said(shot.caption))
    source = html.escape(f"{PICTURE}:{shot.name}-{wide}")
    image = f'<img src="{source}" width="{wide}" height="{high}" alt="{said}">'
    yield f'<p style="margin-top:10px; margin-bottom:2px">{image}</p>'
    yield f'<p class="caption" style="margin-top:0; margin-bottom:10px">{_said(shot.caption)}</p>'


def _said(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    text = html.escape(wrapped(run.text))
    if run.link:
        return f'<a href="#{run.link}">{text}</a>'
    return f"<b>{text}</b>" if run.bold else text
