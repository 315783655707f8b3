"""A PDF locked with a passphrase: AES-256 of PDF 2.0 (revision 6), which readers of the last ten years open.

ReportLab's own lock was not taken: it is the forerunner (revision 5), under which passphrases are tried out fast.
"""

import io

from casemgr.i18n import N_
from casemgr.pace import untie
from casemgr.trouble import Refusal

MOST_BYTES = 127
"""Of a passphrase in UTF-8; the format ends there, and not all readers cut off what is more."""


def check_passphrase(passphrase: str) -> None:
    """Raise Refusal for a passphrase longer than a PDF can have, ValueError for an empty one."""
    if not passphrase:
        raise ValueError("an empty passphrase locks nothing")
    if len(passphrase.encode()) > MOST_BYTES:
        raise Refusal(
            N_("This passphrase is too long for a PDF file. Use at most {latin} Latin or {khmer} Khmer letters."),
            latin=MOST_BYTES, khmer=MOST_BYTES // 3,
        )  # fmt: skip


def locked(pdf: io.BytesIO, passphrase: str) -> memoryview:
    """Return the file, locked. Raises Refusal and ValueError as check_passphrase does."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415  (loaded for the first locked paper)

    check_passphrase(passphrase)
    reader = PdfReader(pdf)
    writer = PdfWriter(clone_from=reader)
    writer.encrypt(passphrase, algorithm="AES-256")
    target = io.BytesIO()
    writer.write(target)
    untie(writer, reader)
    return target.getbuffer()
