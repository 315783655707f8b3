"""PDF files as they may be kept: their pages alone, without what says who made them, where and with what.

The pages are carried over into a new file. Where something hidden would come along (a photograph's place and camera,
private data of a drawing program, layers), they are drawn anew as pictures instead.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from casemgr import pdfium
from casemgr.i18n import N_
from casemgr.store.pictures import DAMAGED, LONGEST
from casemgr.trouble import Refusal

MOST_PAGES = 200
_DENSITIES = (200, 120)
"""Dots per inch of a page that is drawn anew; the second where the first makes too large a file."""
_QUALITY = 80
_PASSWORD_ERROR = 4
_HIDING = re.compile(
    rb"/(?:Metadata|PieceInfo|Thumb|OCG|OCMD|ObjStm|EmbeddedFile|Filespec|JavaScript|JPXDecode|AA)(?![A-Za-z0-9])"
)
_PHOTOGRAPH = re.compile(rb"/Filter *(?:/DCTDecode|\[ */DCTDecode *\])")
_STREAM = re.compile(rb">>\s*stream\r?\n")
_START, _END, _SCAN = b"\xff\xd8", b"\xff\xd9", 0xDA

LOCKED = N_("This PDF file is locked with a password. Save a copy without the password, and add that one.")
TOO_MANY = N_("This PDF file has {pages} pages; at most {most} can be kept. Save it in several parts.")
TOO_LARGE = N_("This PDF file stays too large, even drawn anew. Save it in several parts.")


def prepared(data: bytes, most_bytes: int) -> tuple[bytes, int]:
    """Return the file as it may be kept, of no more than so many bytes, and the number of its pages.

    Raises Refusal for a file that is damaged, locked with a password, or too large.
    """
    import pypdfium2  # noqa: PLC0415  (loaded for the first PDF)

    if b"%%EOF" not in data[-1024:]:  # PDFium would mend a file that was cut off, and pages would be missing unseen
        raise Refusal(DAMAGED)
    try:
        with pdfium.opened(data) as document:
            document.init_forms()  # before anything else is asked
            pages = len(document)
            if not pages:
                raise Refusal(DAMAGED)
            if pages > MOST_PAGES:
                raise Refusal(TOO_MANY, pages=pages, most=MOST_PAGES)
            return _kept(document, most_bytes), pages
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_ERROR
        raise Refusal(LOCKED if locked else DAMAGED) from error


def demand_kept(data: bytes) -> None:
    """Raise Refusal for a file that is not as prepared leaves one: it cannot be read whole, or may hide something."""
    import pypdfium2  # noqa: PLC0415  (as above)

    if b"%%EOF" not in data[-1024:] or hides_something(data):
        raise Refusal(DAMAGED)
    try:
        with pdfium.opened(data) as document:
            if not 1 <= sum(1 for _ in _pages(document, MOST_PAGES + 1)) <= MOST_PAGES:
                raise Refusal(DAMAGED)
    except pypdfium2.PdfiumError as error:
        raise Refusal(DAMAGED) from error


def pictures(data: bytes, width: int, most: int) -> list[bytes]:
    """Return the first pages as PNG, each of that width in points, no more than so many.

    Raises Refusal for a file that cannot be drawn.
    """
    import pypdfium2  # noqa: PLC0415  (as above)

    try:
        with pdfium.opened(data) as document:
            return [_png(page, width) for page in _pages(document, most)]
    except pypdfium2.PdfiumError as error:
        raise Refusal(DAMAGED) from error


def _kept(document: Any, most_bytes: int) -> bytes:
    if _flattened(document):
        carried = _carried_over(document)
        if len(carried) <= most_bytes and not hides_something(carried):
            return carried
    for density in _DENSITIES:
        if len(drawn := _drawn_anew(document, density)) <= most_bytes:
            return drawn
    raise Refusal(TOO_LARGE)


def _flattened(document: Any) -> bool:
    """Make form fields and notes part of their pages; return whether that could be done for all of them."""
    from pypdfium2 import raw  # noqa: PLC0415  (as above)

    done = (raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) for page in _pages(document))
    return all(result != raw.FLATTEN_FAIL for result in done)


def _pages(document: Any, most: int = MOST_PAGES) -> Iterator[Any]:
    for number in range(min(len(document), most)):
        page = document[number]
        try:
            yield page
        finally:
            page.close()


def _carried_over(document: Any) -> bytes:
    import pypdfium2  # noqa: PLC0415  (as above)

    with pypdfium2.PdfDocument.new() as fresh:
        fresh.import_pages(document)
        return _saved(fresh)


def _drawn_anew(document: Any, density: int) -> bytes:
    import pypdfium2  # noqa: PLC0415  (as above)

    with pypdfium2.PdfDocument.new() as fresh:
        for page in _pages(document):
            width, height = page.get_size()
            scale = min(density / 72, LONGEST / max(width, height, 1))
            jpeg = io.BytesIO()
            _picture(page, scale).convert("RGB").save(jpeg, "JPEG", quality=_QUALITY)
            image = pypdfium2.PdfImage.new(fresh)
            image.load_jpeg(jpeg, inline=True)
            image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
            sheet = fresh.new_page(width, height)
            sheet.insert_obj(image)
            sheet.gen_content()
            sheet.close()
        return _saved(fresh)


def _saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _picture(page: Any, scale: float) -> Any:
    bitmap = page.render(scale=scale)
    try:
        return bitmap.to_pil().copy()
    finally:
        bitmap.close()


def _png(page: Any, width: int) -> bytes:
    page_width, page_height = page.get_size()
    scale = min(width / max(page_width, 1), LONGEST / max(page_height, 1))
    target = io.BytesIO()
    _picture(page, scale).save(target, "PNG")
    return target.getvalue()


def hides_something(data: bytes) -> bool:
    """Return whether a PDF that PDFium wrote may hold more than its pages show; in doubt it does."""
    if _HIDING.search(data):
        return True
    looked_at = 0
    for stream in _STREAM.finditer(data):
        head = data[data.rfind(b" obj", 0, stream.start()) : stream.start()]
        if b"/DCTDecode" in head:
            looked_at += head.count(b"/DCTDecode")
            end = data.find(b"endstream", stream.end())
            if not _PHOTOGRAPH.search(head) or photograph_hides_something(data[stream.end() : end]):
                return True
    return looked_at != data.count(b"/DCTDecode")


def photograph_hides_something(jpeg: bytes) -> bool:
    """Return whether a JPEG holds more than the picture: place, camera, comments, a second picture behind it."""
    if not jpeg.startswith(_START):
        return True
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4])
        if marker == _SCAN:
            return bool(jpeg[jpeg.find(_END, at) + 2 :].strip(b"\r\n\0 ")) or _END not in jpeg[at:]
        if not _is_of_the_picture(marker, jpeg[at + 4 : at + 2 + length]):
            return True
        at += 2 + length
    return True


def _is_of_the_picture(marker: int, content: bytes) -> bool:
    match marker:
        case 0xE0:
            return content.startswith(b"JFIF\0") and len(content) == 14  # longer: a small picture beside the large one
        case 0xE2:
            return content.startswith(b"ICC_PROFILE\0")
        case 0xEE:
            return content.startswith(b"Adobe")
        case _:
            return not (0xE0 <= marker <= 0xEF or marker == 0xFE)
