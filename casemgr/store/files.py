"""Files a worker adds to a case, made fit to be kept.

They are known by their content, never by their name, are of a bounded size, and lose all that a camera or a program
writes into them unseen, such as the place where a photograph was taken.
"""

from dataclasses import dataclass, field
from pathlib import Path

from casemgr.i18n import N_
from casemgr.records.beside.document import MediaType
from casemgr.store import pdf, pictures
from casemgr.trouble import Refusal

MOST_BYTES = 10_000_000
"""Of a file as it is kept."""
MOST_BYTES_READ = 40_000_000

UNREADABLE = N_("This file cannot be read. Copy it to this computer, and choose it there.")
EMPTY = N_("This file is empty. Copy it again from where it came.")
TOO_LARGE = N_(
    "This file is larger than {megabytes} MB. Take the picture with a lower resolution, or save it in parts."
)
HEIC = N_(
    "This picture is of a kind that not every computer can show. "
    "Set the camera of the telephone to JPEG and take it again, or save a copy of it as JPEG."
)
OFFICE_PAPER = N_("This is a text or a table of an office program. Save it there as a PDF file, and add that one.")
FOREIGN = N_("This is neither a picture nor a PDF file. Choose a JPEG, PNG or PDF file.")

_BEGINNINGS = (
    (b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"BM", "BMP"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"),
)  # fmt: skip
_TELEPHONE = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"})


@dataclass(frozen=True)
class Prepared:
    """A file as it may be kept. pages: of a PDF; 1 for a picture."""

    media_type: MediaType
    data: bytes = field(repr=False)
    pages: int


def prepare(path: Path) -> Prepared:
    """Read a file and return it as it may be kept: as JPEG, PNG or PDF, of 10 MB at most.

    Pictures in other common formats become one of these. Raises Refusal, saying what to do, for a file that cannot be
    read, is empty, too large, damaged, locked with a password, or of another kind.
    """
    data = _read(path)
    if b"%PDF-" in data[:1024]:
        kept, pages = pdf.prepared(data, MOST_BYTES)
        return Prepared(MediaType.PDF, kept, pages)
    media_type, kept = pictures.prepared(data, _format_of(data), MOST_BYTES)
    return Prepared(media_type, kept, 1)


def previews(media_type: MediaType, data: bytes, width: int, most: int) -> list[bytes]:
    """Return a kept file as PNG pictures of that width in dots, one for each page, no more than so many pages.

    Raises Refusal for one that cannot be drawn.
    """
    if media_type is MediaType.PDF:
        return pdf.pictures(data, width, most)
    return [pictures.smaller(data, width)]


def demand_kept(media_type: MediaType, data: bytes) -> None:
    """Raise Refusal for a file of another office that is not as prepare leaves one; it is never kept as it came."""
    if len(data) > MOST_BYTES:
        raise Refusal(TOO_LARGE, megabytes=MOST_BYTES // 1_000_000)
    if media_type is MediaType.PDF:
        pdf.demand_kept(data)
    else:
        pictures.demand_kept(data, media_type)
        if media_type is MediaType.JPEG and pdf.photograph_hides_something(data):
            raise Refusal(pictures.DAMAGED)


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Refusal(UNREADABLE)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES_READ + 1)
    except OSError as error:
        raise Refusal(UNREADABLE) from error
    if not data:
        raise Refusal(EMPTY)
    if len(data) > MOST_BYTES_READ:
        raise Refusal(TOO_LARGE, megabytes=MOST_BYTES_READ // 1_000_000)
    return data


def _format_of(data: bytes) -> str:
    """Return Pillow's name of a picture's format by its first bytes. Raises Refusal, by what the file is, else."""
    for beginning, name in _BEGINNINGS:
        if data.startswith(beginning):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in _TELEPHONE:
        raise Refusal(HEIC)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise Refusal(OFFICE_PAPER)
    raise Refusal(FOREIGN)
