"""Pictures as they may be kept: the dots alone, upright, of a bounded size, in the common colours."""

import io
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING

from casemgr.i18n import N_
from casemgr.records.beside.document import MediaType
from casemgr.trouble import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST = 3000
"""The longest side in dots."""
MOST_DOTS_OF_JPEG = 120_000_000
"""A JPEG is read at a fraction of its size where it is large; any other picture is read whole."""
MOST_DOTS = 50_000_000
_QUALITY = 88
_OF_THE_DOTS = frozenset({"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "transparency", "gamma", "srgb"})
"""What a decoder tells of any picture, beside what somebody wrote into it."""

DAMAGED = N_("This file is damaged or not complete. Copy it again from where it came, or scan it again.")
TOO_MANY_DOTS = N_("This picture has too many dots to be opened. Take or scan it with a lower resolution.")
SEVERAL = N_("This file holds several pictures. Save them as one PDF file, and add that one.")
TOO_LARGE = N_("This picture stays too large, even made smaller. Take or scan it with a lower resolution.")


def prepared(data: bytes, form: str, most_bytes: int) -> tuple[MediaType, bytes]:
    """Return a picture in Pillow's format of that name as JPEG or PNG of no more than so many bytes.

    Raises Refusal for one that is damaged, has too many dots, or stays too large.
    """
    try:
        with warnings.catch_warnings(action="ignore"), _opened(data, form) as image:
            clean = _clean(image)
            for media_type in _ways(clean, photograph=form in {"JPEG", "WEBP", "TIFF"}):
                if len(kept := _encoded(clean, media_type)) <= most_bytes:
                    return media_type, kept
    except Refusal:
        raise
    except Exception as error:  # whatever a decoder makes of damaged bytes
        raise Refusal(DAMAGED) from error
    raise Refusal(TOO_LARGE)


def demand_kept(data: bytes, media_type: MediaType) -> None:
    """Raise Refusal for a picture that is not as prepared leaves one: it cannot be read whole, or says more."""
    try:
        with warnings.catch_warnings(action="ignore"), _opened(data, media_type.name) as image:
            image.load()
            said = set(image.info) - _OF_THE_DOTS
    except Refusal:
        raise
    except Exception as error:  # whatever a decoder makes of forged bytes
        raise Refusal(DAMAGED) from error
    if said or max(image.size) > LONGEST:
        raise Refusal(DAMAGED)


def smaller(data: bytes, width: int) -> bytes:
    """Return a kept picture as PNG, no wider than that. Raises Refusal for one that cannot be drawn."""
    target = io.BytesIO()
    try:
        with _opened(data, "PNG" if data.startswith(b"\x89PNG") else "JPEG") as image:
            shown = image.convert("L") if image.mode == "1" else image
            shown.thumbnail((width, LONGEST))
            shown.save(target, "PNG")
    except Refusal:
        raise
    except Exception as error:  # whatever a decoder makes of damaged bytes
        raise Refusal(DAMAGED) from error
    return target.getvalue()


def _opened(data: bytes, form: str) -> "Image":
    """Open a picture without reading its dots yet. Raises Refusal for too many of them, and Pillow's errors."""
    from PIL import Image  # noqa: PLC0415  (as above)

    try:
        image = Image.open(io.BytesIO(data), formats=(form,))
    except Image.DecompressionBombError as error:
        raise Refusal(TOO_MANY_DOTS) from error
    if image.width * image.height > (MOST_DOTS_OF_JPEG if form == "JPEG" else MOST_DOTS):
        raise Refusal(TOO_MANY_DOTS)
    if form == "TIFF" and getattr(image, "n_frames", 1) > 1:
        raise Refusal(SEVERAL)
    return image


def _clean(image: "Image") -> "Image":
    """Return the dots alone: upright, of a plain kind, no longer than allowed, with nothing said about them."""
    from PIL import Image, ImageOps  # noqa: PLC0415  (as above)

    image.draft(None, (LONGEST, LONGEST))
    plain = _plain(ImageOps.exif_transpose(image))
    if max(plain.size) > LONGEST:
        plain = plain.convert("L") if plain.mode == "1" else plain  # black and white alone would lose thin lines
        plain.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    plain.info = {}
    return plain


def _plain(image: "Image") -> "Image":
    """Return a picture in black and white, grey, or colours with or without transparency, in the common colours."""
    if image.mode in {"RGB", "CMYK"} and (profile := image.info.get("icc_profile")):
        image = _in_common_colours(image, profile)
    if image.mode in {"LA", "PA"} or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    return image if image.mode in {"1", "L", "RGB", "RGBA"} else image.convert("RGB")


def _in_common_colours(image: "Image", profile: bytes) -> "Image":
    """Return a picture in the colours of sRGB; unchanged where its own profile says nothing sensible."""
    from PIL import ImageCms  # noqa: PLC0415  (as above)

    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
        return image if turned is None else turned
    return image


def _ways(image: "Image", *, photograph: bool) -> tuple[MediaType, ...]:
    """Return how a picture is kept, and how where that makes too large a file."""
    if photograph and image.mode not in {"1", "RGBA"}:
        return (MediaType.JPEG,)
    return MediaType.PNG, MediaType.JPEG


def _encoded(image: "Image", media_type: MediaType) -> bytes:
    from PIL import Image  # noqa: PLC0415  (as above)

    target = io.BytesIO()
    if media_type is MediaType.PNG:
        image.save(target, "PNG")
        return target.getvalue()
    if image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    # Optimized it would be a twentieth smaller, and nothing else would run while it is made: it is made in one go.
    image.convert("L" if image.mode in {"1", "L"} else "RGB").save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()
