"""Files made fit to be kept: real pictures and papers go in, nothing hidden comes out, and what will not do is told."""

import io
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image, ImageCms, PngImagePlugin
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from casemgr.i18n import Words
from casemgr.records.beside.document import MediaType
from casemgr.store import files, pdf, pictures
from casemgr.store.files import Prepared, prepare, previews
from casemgr.trouble import Refusal

SECRET = "CANARY-SECRET"
RED, BLUE = (220, 20, 20), (20, 20, 220)


def half_red(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), BLUE)
    image.paste(RED, (0, 0, width // 2, height))
    return image.convert(mode)


def encoded(image: Image.Image, form: str, **more: object) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **more)  # type: ignore[arg-type]
    return target.getvalue()


def told(orientation: int = 1) -> Image.Exif:
    """Return what a telephone writes into a photograph."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x0110] = orientation, SECRET, SECRET
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[29] = "N", (13.0, 21.0, 44.0), SECRET
    return exif


def photograph(orientation: int = 1, **more: object) -> bytes:
    return encoded(half_red(), "JPEG", exif=told(orientation), comment=SECRET.encode(), **more)


def paper(draw: Callable[[Canvas], None], **more: object) -> bytes:
    """Return a PDF with one page for all that draw does, by an author who should not be named."""
    target = io.BytesIO()
    canvas = Canvas(target, pageCompression=0, **more)
    canvas.setAuthor(SECRET)
    canvas.setTitle(SECRET)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def words(canvas: Canvas) -> None:
    canvas.drawString(100, 700, "The court decides")


def around(jpeg: bytes, *, kind: bytes = b"/DCTDecode", more: bytes = b"", objects: tuple[bytes, ...] = ()) -> bytes:
    """Return a PDF as scanning programs make it: one page that is one photograph, with more said of it."""
    drawn = b"q 400 0 0 300 0 0 cm /I Do Q"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>",
        b"<</Type/XObject/Subtype/Image/Width 400/Height 300/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter%s%s"
        b"/Length %d>>stream\n%s\nendstream" % (kind, more, len(jpeg), jpeg),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        *objects,
    )
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    size = len(parts) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, b"".join(places))
    return data + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))


def taken(tmp_path: Path, data: bytes) -> Prepared:
    path = tmp_path / "រូបថត.dat"  # a name says nothing of what is in a file
    path.write_bytes(data)
    kept = prepare(path)
    files.demand_kept(kept.media_type, kept.data)  # another office takes it in as it is
    return kept


def shown(kept: Prepared) -> Image.Image:
    """Return the first page of what is kept, as it is shown."""
    (first, *_) = previews(kept.media_type, kept.data, 400, 1)
    return Image.open(io.BytesIO(first)).convert("RGB")


def near(dot: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(dot, tuple)
    return all(abs(one - other) < 25 for one, other in zip(dot, colour, strict=True))


def png_parts(data: bytes) -> set[bytes]:
    at, found = 8, set()
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        found.add(data[at + 4 : at + 8])
        at += length + 12
    return found


def test_a_photograph_keeps_its_dots_and_nothing_of_its_place_and_camera(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = photograph(icc_profile=profile)
    assert data.count(SECRET.encode()) == 4
    kept = taken(tmp_path, data)
    assert (kept.media_type, kept.pages) == (MediaType.JPEG, 1)
    assert SECRET.encode() not in kept.data
    assert not pdf.photograph_hides_something(kept.data)
    assert b"ICC_PROFILE" not in kept.data
    assert near(shown(kept).getpixel((10, 150)), RED)


def test_no_byte_of_a_file_stands_in_what_it_shows_of_itself() -> None:
    assert SECRET not in repr(Prepared(MediaType.PDF, SECRET.encode(), 1))


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [(1, (400, 300), (10, 150)), (3, (400, 300), (390, 150)), (6, (300, 400), (150, 10)), (8, (300, 400), (150, 390))],
)
def test_a_photograph_is_turned_upright(
    tmp_path: Path, orientation: int, size: tuple[int, int], red_at: tuple[int, int]
) -> None:
    kept = taken(tmp_path, photograph(orientation))
    with Image.open(io.BytesIO(kept.data)) as image:
        assert image.size == size
        assert near(image.getpixel(red_at), RED)


def test_the_second_picture_of_a_telephone_is_left_out(tmp_path: Path) -> None:
    behind = half_red().transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    behind.info["exif"] = told().tobytes()
    data = encoded(half_red(), "MPO", save_all=True, append_images=[behind], exif=told())
    assert data.startswith(b"\xff\xd8\xff")
    kept = taken(tmp_path, data)
    assert kept.data.count(b"\xff\xd8\xff") == 1
    assert SECRET.encode() not in kept.data


@pytest.mark.parametrize("size", [(4000, 1000), (1000, 4000)])
def test_a_large_picture_becomes_smaller_and_a_small_one_stays(tmp_path: Path, size: tuple[int, int]) -> None:
    for form in ("JPEG", "PNG"):
        with Image.open(io.BytesIO(taken(tmp_path, encoded(half_red(*size), form)).data)) as image:
            assert image.size == (size[0] * 3 // 4, size[1] * 3 // 4)
        with Image.open(io.BytesIO(taken(tmp_path, encoded(half_red(40, 30), form)).data)) as image:
            assert image.size == (40, 30)


def test_a_png_keeps_no_word(tmp_path: Path) -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", SECRET)
    said.add_itxt("XML:com.adobe.xmp", SECRET)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encoded(half_red(), "PNG", pnginfo=said, exif=told(6), icc_profile=profile, dpi=(300, 300))
    kept = taken(tmp_path, data)
    assert kept.media_type is MediaType.PNG
    assert png_parts(kept.data) == {b"IHDR", b"IDAT", b"IEND"}
    with Image.open(io.BytesIO(kept.data)) as image:
        assert image.size == (300, 400)


@pytest.mark.parametrize(
    ("form", "mode", "media_type", "kept_mode"),
    [
        ("WEBP", "RGB", MediaType.JPEG, "RGB"),
        ("WEBP", "RGBA", MediaType.PNG, "RGBA"),
        ("TIFF", "RGB", MediaType.JPEG, "RGB"),
        ("TIFF", "L", MediaType.JPEG, "L"),
        ("TIFF", "1", MediaType.PNG, "1"),
        ("TIFF", "CMYK", MediaType.JPEG, "RGB"),
        ("BMP", "RGB", MediaType.PNG, "RGB"),
        ("JPEG", "CMYK", MediaType.JPEG, "RGB"),
        ("JPEG", "L", MediaType.JPEG, "L"),
        ("PNG", "P", MediaType.PNG, "RGB"),
        ("PNG", "LA", MediaType.PNG, "RGBA"),
        ("PNG", "1", MediaType.PNG, "1"),
    ],
)
def test_other_pictures_become_one_that_every_program_can_show(
    tmp_path: Path, form: str, mode: str, media_type: MediaType, kept_mode: str
) -> None:
    image = half_red(mode=mode)
    if mode == "RGBA":
        image.putpixel((399, 299), (0, 0, 0, 0))
    kept = taken(tmp_path, encoded(image, form))
    assert kept.media_type is media_type
    with Image.open(io.BytesIO(kept.data)) as image:
        assert (image.mode, image.size) == (kept_mode, (400, 300))
    assert shown(kept).size == (400, 300)
    if mode not in {"1", "L", "LA"}:
        assert shown(kept).getpixel((10, 150))[0] > 150  # type: ignore[index]


def test_a_grey_of_sixteen_bits_stays_grey(tmp_path: Path) -> None:
    kept = taken(tmp_path, encoded(Image.new("I;16", (40, 30), 0x8000), "PNG"))
    with Image.open(io.BytesIO(kept.data)) as image:
        assert (image.mode, image.getpixel((5, 5))) == ("L", 0x80)


def test_a_broken_colour_profile_or_a_broken_note_of_the_camera_stops_nobody(tmp_path: Path) -> None:
    broken = b"\xff\xe1\x00\x20Exif\0\0II*\0\xff\xff\xff\xff" + b"\xff" * 16
    jpeg = encoded(half_red(), "JPEG", icc_profile=b"rubbish" * 9)
    assert near(shown(taken(tmp_path, jpeg[:2] + broken + jpeg[2:])).getpixel((10, 150)), RED)


def test_a_picture_too_large_as_png_is_kept_as_jpeg_on_white() -> None:
    image = Image.effect_noise((300, 200), 90).convert("RGB")
    image.putalpha(Image.new("L", image.size, 0))
    png = encoded(image, "PNG")
    assert pictures.prepared(png, "PNG", len(png) * 2)[0] is MediaType.PNG
    media_type, kept = pictures.prepared(png, "PNG", len(png) // 4)
    assert media_type is MediaType.JPEG
    with Image.open(io.BytesIO(kept)) as jpeg:
        assert jpeg.getpixel((100, 100)) == (255, 255, 255)
    with pytest.raises(Refusal) as refused:
        pictures.prepared(png, "PNG", 100)
    assert refused.value.message == pictures.TOO_LARGE


def test_a_paper_keeps_its_letters_and_not_its_author(tmp_path: Path) -> None:
    data = paper(words)
    assert SECRET.encode() in data
    kept = taken(tmp_path, data)
    assert (kept.media_type, kept.pages) == (MediaType.PDF, 1)
    assert SECRET.encode() not in kept.data
    with pypdfium2.PdfDocument(kept.data) as document:
        assert document[0].get_textpage().get_text_bounded().strip() == "The court decides"
        assert set(document.get_metadata_dict(skip_empty=True).values()) & {SECRET} == set()


def test_a_scanned_page_is_carried_over_as_it_is_where_it_hides_nothing(tmp_path: Path) -> None:
    for jpeg in (encoded(half_red(), "JPEG"), encoded(half_red(), "JPEG", progressive=True)):
        kept = taken(tmp_path, around(jpeg))
        assert jpeg in kept.data
        assert near(shown(kept).getpixel((10, 150)), RED)


METADATA = b"<</Type/Metadata/Subtype/XML/Length 27>>stream\n<x:xmpmeta>CANARY-SECRET</>\nendstream"
PLAIN = encoded(half_red(), "JPEG")


@pytest.mark.parametrize(
    "data",
    [
        around(photograph()),
        around(PLAIN + SECRET.encode()),
        around(PLAIN + photograph()),
        around(encoded(half_red(), "JPEG", comment=SECRET.encode())),
        around(zlib.compress(photograph()), kind=b"[/FlateDecode/DCTDecode]"),
        around(PLAIN, more=b"/Metadata 6 0 R", objects=(METADATA,)),
        around(PLAIN, more=b"/PieceInfo<</Drawer<</Private(CANARY-SECRET)>>>>"),
    ],
    ids=["camera", "after the picture", "second picture", "comment", "packed", "metadata", "private data"],
)
def test_a_scanned_page_that_hides_something_is_drawn_anew(tmp_path: Path, data: bytes) -> None:
    kept = taken(tmp_path, data)
    assert SECRET.encode() not in kept.data
    with pypdfium2.PdfDocument(kept.data) as document:
        (image,) = document[0].get_objects()
        assert not pdf.photograph_hides_something(bytes(image.get_data(decode_simple=False)))
        assert document[0].get_size() == (400, 300)
    assert near(shown(kept).getpixel((10, 150)), RED)
    assert near(shown(kept).getpixel((390, 150)), BLUE)


def test_notes_and_form_fields_become_part_of_their_page(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        words(canvas)
        canvas.textAnnotation(SECRET, Rect=[10, 10, 50, 50])
        canvas.acroForm.textfield(name=SECRET, value="MMMMMMMM", x=100, y=500, width=200, height=30)

    kept = taken(tmp_path, paper(draw))
    assert SECRET.encode() not in kept.data
    assert b"/Annot" not in kept.data
    field = shown(kept).convert("L").crop((70, 210, 200, 225))
    assert field.getextrema()[0] < 120  # type: ignore[operator]  # the letters; the field itself is pale


@pytest.mark.parametrize("hiding", [False, True])
def test_a_turned_page_stays_turned(tmp_path: Path, hiding: bool) -> None:
    data = around(photograph() if hiding else PLAIN).replace(b"/Contents 5 0 R>>", b"/Contents 5 0 R/Rotate 90>>")
    kept = taken(tmp_path, data)
    with pypdfium2.PdfDocument(kept.data) as document:
        assert document[0].get_size() == (300, 400)
    page = shown(kept)
    assert near(page.getpixel((page.width // 2, 10)), RED)


def test_a_paper_that_opens_without_a_password_is_kept_open(tmp_path: Path) -> None:
    data = paper(words, encrypt=StandardEncryption("", "owner", canPrint=0))
    kept = taken(tmp_path, data)
    assert b"/Encrypt" in data
    assert b"/Encrypt" not in kept.data
    with pypdfium2.PdfDocument(kept.data) as document:
        assert "The court decides" in document[0].get_textpage().get_text_bounded()


def test_a_paper_that_is_too_large_is_drawn_anew_and_coarser() -> None:
    data = around(encoded(Image.effect_noise((400, 300), 90).convert("RGB"), "JPEG", quality=100))
    whole, _ = pdf.prepared(data, len(data) * 2)
    finer, _ = pdf.prepared(data.replace(b"/Width", b"/Interpolate true/OC<</Type/OCG/Name(x)>>/Width"), 9_000_000)
    coarser, _ = pdf.prepared(data, len(finer) - 1)
    assert len(coarser) < len(finer)
    assert whole.count(b"/DCTDecode") == coarser.count(b"/DCTDecode") == 1
    with pytest.raises(Refusal) as refused:
        pdf.prepared(data, 1000)
    assert refused.value.message == pdf.TOO_LARGE


def test_each_page_is_shown_at_the_width_asked_for(tmp_path: Path) -> None:
    kept = taken(tmp_path, paper(lambda canvas: [canvas.showPage() for _ in range(4)]))
    assert kept.pages == 5
    pages = [Image.open(io.BytesIO(page)) for page in previews(kept.media_type, kept.data, 200, 3)]
    assert [page.width for page in pages] == [200, 200, 200]
    assert all(page.format == "PNG" for page in pages)
    picture = taken(tmp_path, photograph())
    (only,) = previews(picture.media_type, picture.data, 200, 3)
    assert Image.open(io.BytesIO(only)).size == (200, 150)


def bomb() -> bytes:
    """Return a small PNG that says it is 60,000 dots wide and high."""

    def part(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(bytes(99))) + part(b"IEND", b"")


def several() -> bytes:
    return encoded(half_red(), "TIFF", save_all=True, append_images=[half_red()])


def pages_201() -> bytes:
    return paper(lambda canvas: [canvas.showPage() for _ in range(200)])


REFUSED = {
    "empty": (lambda: b"", files.EMPTY),
    "text": ("ចាន់ ដារ៉ា".encode, files.FOREIGN),
    "video": (lambda: b"\0\0\0\x18ftypmp42\0\0\0\0", files.FOREIGN),
    "telephone": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", files.HEIC),
    "word": (lambda: b"PK\x03\x04" + bytes(90), files.OFFICE_PAPER),
    "old word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90), files.OFFICE_PAPER),
    "cut photograph": (lambda: photograph()[:3000], pictures.DAMAGED),
    "cut png": (lambda: encoded(Image.effect_noise((90, 90), 60), "PNG")[:2000], pictures.DAMAGED),
    "cut paper": (lambda: paper(words)[:-200], pictures.DAMAGED),
    "no paper": (lambda: b"%PDF-1.7\nrubbish\n%%EOF", pictures.DAMAGED),
    "bomb": (bomb, pictures.TOO_MANY_DOTS),
    "many dots": (lambda: encoded(Image.new("1", (7100, 7100)), "PNG"), pictures.TOO_MANY_DOTS),
    "several": (several, pictures.SEVERAL),
    "password": (lambda: paper(words, encrypt=StandardEncryption("user", "owner")), pdf.LOCKED),
    "many pages": (pages_201, pdf.TOO_MANY),
}


@pytest.mark.parametrize(("make", "message"), REFUSED.values(), ids=REFUSED)
def test_what_will_not_do_is_told_with_what_to_do(tmp_path: Path, make: Callable[[], bytes], message: str) -> None:
    with pytest.raises(Refusal) as refused:
        taken(tmp_path, make())
    assert refused.value.message == message
    assert "{" not in refused.value.say(Words("en"))


def test_a_file_that_is_too_large_or_cannot_be_read_is_told(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(files.MOST_BYTES_READ + 1)
    for name, message in (("large", files.TOO_LARGE), ("none", files.UNREADABLE), ("", files.UNREADABLE)):
        with pytest.raises(Refusal) as refused:
            prepare(tmp_path / name)
        assert refused.value.message == message
        assert "40" in refused.value.say(Words("en")) or message != files.TOO_LARGE


WHOLE = {
    "JPEG": photograph(), "PNG": encoded(half_red(), "PNG"), "TIFF": encoded(half_red(20, 15), "TIFF"),
    "WEBP": encoded(half_red(), "WEBP"), "BMP": encoded(half_red(20, 15), "BMP"), "PDF": paper(words),
}  # fmt: skip


@settings(max_examples=100)
@given(
    data=some.binary(min_size=1, max_size=400), beginning=some.sampled_from([b"", *(w[:12] for w in WHOLE.values())])
)
def test_any_bytes_are_refused_or_kept(tmp_path_factory: pytest.TempPathFactory, data: bytes, beginning: bytes) -> None:
    kept_or_refused(tmp_path_factory, beginning + data)


@settings(max_examples=200)
@given(
    form=some.sampled_from(sorted(WHOLE)), at=some.floats(0, 0.999), until=some.floats(0, 1),
    put=some.binary(max_size=30),
)  # fmt: skip
def test_a_damaged_file_is_refused_or_kept_and_never_ends_the_program(
    tmp_path_factory: pytest.TempPathFactory, form: str, at: float, until: float, put: bytes
) -> None:
    whole = WHOLE[form]
    place = int(at * len(whole))
    rest = whole[place + len(put) :]
    kept_or_refused(tmp_path_factory, whole[:place] + put + (rest if until > 0.3 else rest[: int(until * len(rest))]))


def kept_or_refused(factory: pytest.TempPathFactory, data: bytes) -> None:
    path = factory.getbasetemp() / "any"
    path.write_bytes(data)
    try:
        kept = prepare(path)
    except Refusal:
        return
    files.demand_kept(kept.media_type, kept.data)
    assert re.match(rb"%PDF-|\xff\xd8\xff|\x89PNG", kept.data)
    assert previews(kept.media_type, kept.data, 50, 1)
