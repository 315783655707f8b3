"""The closed file: what opens it, and that nothing else does, byte by byte."""

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.exchange import sealed
from casemgr.exchange.office_key import OfficeKey, parse
from casemgr.exchange.parts import PartsWriter, read_parts
from casemgr.exchange.sealed import PIECE, content, lock_with, new_pair, opened_by, seal_for
from casemgr.trouble import Refusal

SENDER, RECIPIENT = new_pair(), new_pair()
PASSPHRASE = "ពាក្យសម្ងាត់ វែង ណាស់ ណា"


def closed(data: bytes) -> bytes:
    target = io.BytesIO()
    with seal_for(target, SENDER, RECIPIENT.public) as sealer:
        sealer.write(data)
    return target.getvalue()


def opened(data: bytes, *pairs: sealed.Pair) -> bytes:
    file = io.BytesIO(data)
    return content(file, opened_by(file, pairs or (RECIPIENT,))).read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7])
def test_what_was_sealed_comes_out_for_the_recipient_alone(size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    file = closed(data[:size])
    assert opened(file, new_pair(), RECIPIENT) == data[:size]
    assert opened_by(io.BytesIO(file), (RECIPIENT,)).sender == SENDER.public
    for other in (new_pair(), SENDER):
        with pytest.raises(Refusal) as refused:
            opened(file, other)
        assert refused.value.message == sealed.NOT_FOR_US


def test_pieces_cannot_be_cut_off_left_out_moved_or_added() -> None:
    head = 90
    file = closed(bytes(3 * PIECE))
    whole = PIECE + sealed.SEAL
    pieces = [file[head + at : head + at + whole] for at in range(0, 3 * whole, whole)]
    for kept in ([0, 1], [0], [], [0, 2], [1, 0, 2], [0, 1, 2, 2], [2]):
        with pytest.raises(Refusal):
            opened(file[:head] + b"".join(pieces[at] for at in kept))
    assert opened(file[:head] + b"".join(pieces)) == bytes(3 * PIECE)


def test_every_byte_of_the_head_counts() -> None:
    file = closed(b"content")
    for at in range(len(file)):
        changed = bytearray(file)
        changed[at] ^= 1
        with pytest.raises(Refusal):
            opened(bytes(changed))


def test_a_passphrase_opens_however_its_letters_are_composed_and_another_does_not() -> None:
    target = io.BytesIO()
    with lock_with(target, "é" + PASSPHRASE, 64, 1) as sealer:
        sealer.write(b"content")
    opening = opened_by(target, (), "e\u0301" + PASSPHRASE) if not target.seek(0) else None
    assert opening is not None
    assert content(target, opening).read() == b"content"
    target.seek(0)
    with pytest.raises(Refusal) as refused:
        content(target, opened_by(target, (), "another of four words")).read()
    assert refused.value.message == sealed.WRONG_PASSPHRASE
    target.seek(0)
    with pytest.raises(Refusal):
        opened_by(target, ())


@pytest.mark.parametrize(
    ("memory", "passes"), [(2**32 - 1, 1), (262_144, 5), (131_072, 2**31), (0, 1), (64, 0), (7, 1)]
)
def test_a_file_may_not_ask_too_much_of_this_computer(memory: int, passes: int) -> None:
    head = sealed.MAGIC + bytes((1, 2)) + memory.to_bytes(4) + passes.to_bytes(4) + bytes(16 + 40)
    with pytest.raises(Refusal):
        opened_by(io.BytesIO(head), (), PASSPHRASE)
    with pytest.raises(ValueError, match="bounds"):
        lock_with(io.BytesIO(), PASSPHRASE, memory, passes)


def test_a_newer_format_says_so() -> None:
    with pytest.raises(Refusal) as refused:
        opened(sealed.MAGIC + bytes((2, 1)) + bytes(100))
    assert refused.value.message == sealed.NEWER


def test_a_half_that_gives_everybody_the_same_secret_is_no_key() -> None:
    for half in (bytes(32), b"\1" + bytes(31), b"short"):
        with pytest.raises(Refusal) as refused:
            seal_for(io.BytesIO(), SENDER, half)
        assert refused.value.message == sealed.NO_KEY


def test_a_hundred_megabytes_stay_out_of_memory() -> None:
    class Nowhere(io.RawIOBase):
        size = 0

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.size += len(data)
            return len(data)

    tracemalloc.start()
    with seal_for(Nowhere(), SENDER, RECIPIENT.public) as sealer:  # type: ignore[arg-type]
        parts = PartsWriter(sealer)
        for _ in range(10):
            parts.put({"type": "AttachedFile"}, bytes(10_000_000))
        parts.end()
    assert tracemalloc.get_traced_memory()[1] < 45_000_000
    tracemalloc.stop()


def test_a_key_is_read_again_from_a_message_and_a_changed_one_is_refused() -> None:
    key = OfficeKey(SENDER.public, "Office of\nSiem Reap")
    text = key.text()
    assert parse("\ufeff  " + text.replace("\n", " \r\n\r\n")) == OfficeKey(SENDER.public, "Office of Siem Reap")
    assert len(key.fingerprint.split()) == 6
    assert {len(group) for group in key.fingerprint.split()} == {5}
    khmer = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
    assert parse(text.replace(key.fingerprint, key.fingerprint.translate(khmer))).public == key.public
    other = OfficeKey(RECIPIENT.public).text()
    for wrong in ("", "key: x", text.replace(key.fingerprint, other.splitlines()[-1]), text.replace("key 1", "key 2")):
        with pytest.raises(Refusal):
            parse(wrong)


@given(st.text(max_size=300) | st.builds(lambda a, b: f"casemgr office key 1\n{a}: {b}", st.text(), st.text()))
def test_no_text_but_a_key_is_a_key(text: str) -> None:
    with pytest.raises(Refusal):
        parse(text)


@given(
    st.binary(max_size=200).map(lambda data: data + b"\n")
    | st.text(alphabet='{}[]",:0eE.-', max_size=60).map(str.encode)
)
def test_no_bytes_but_parts_are_parts(data: bytes) -> None:
    with pytest.raises(Refusal):
        list(read_parts(io.BytesIO(data)))


@pytest.mark.parametrize("data", [
    b"[" * 100_000 + b"\n", b"1" * 5_000 + b"\n", b"{}" + b" " * 4_000_001 + b"\n", b'{"size":1}\n', b'{"end":1}\n',
    b'{"size":-1}\n{"end":1}\n', b'{"size":true}\nx{"end":1}\n', b'{"size":10000001}\n', b'{"a":NaN}\n{"end":1}\n',
    b'{"a":1.5}\n{"end":1}\n', b'{}\n{"end":1}\nmore', b"\xff\n",
])  # fmt: skip
def test_parts_that_would_do_harm_are_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        list(read_parts(io.BytesIO(data)))
