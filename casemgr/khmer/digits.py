"""Khmer and Western digits."""

_TO_KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_TO_ASCII = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")


def to_khmer_digits(text: str) -> str:
    """Return the text with 0 to 9 as Khmer digits; everything else stays."""
    return text.translate(_TO_KHMER)


def to_ascii_digits(text: str) -> str:
    """Return the text with Khmer digits as 0 to 9; everything else stays."""
    return text.translate(_TO_ASCII)
