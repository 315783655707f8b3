"""A disk that loses its power: what a program wrote, as strace recorded it, and what of it may lie there after a cut.

Only what was synced is certain. Of all else written since, any sector may be there or not; a name that was made, moved
or removed counts once its folder was synced. Two kinds of disk: one with a journal, which keeps the order of names, and
one without, such as a stick, on which each name goes its own way. A file that got its name before it was synced may be
empty.
"""

import os
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

CALLS = ("open,openat,creat,close,dup,dup2,dup3,fcntl,write,pwrite64,writev,pwritev,lseek,truncate,ftruncate,fallocate,"
         "fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,sendfile,"
         "copy_file_range")  # fmt: skip
STRACE = ("strace", "-f", "--seccomp-bpf", "-xx", "-s", "50000000", "-e", f"trace={CALLS}", "-e", "signal=none")
SECTOR = 512
_LINE = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


class Write(NamedTuple):
    """Bytes given to a file, or its new length where data is None."""

    file: int
    at: int
    data: bytes | None


class Synced(NamedTuple):
    """A file or folder was synced."""

    file: int


class Named(NamedTuple):
    """A file or folder got a name, lost it, or both at once. A place is the folder and the name there."""

    file: int
    gone: tuple[int, str] | None
    there: tuple[int, str] | None
    is_folder: bool = False


class Said(NamedTuple):
    """The program told something."""

    text: str


Event = Write | Synced | Named | Said


@dataclass
class Tree:
    """Folders and what is named in them, by numbers; 0 is the root."""

    folders: dict[int, dict[str, int]] = field(default_factory=lambda: {0: {}})

    def name(self, event: Named) -> None:
        """Let a name come, go or move."""
        if event.is_folder:
            self.folders.setdefault(event.file, {})
        if event.gone and self.folders.get(event.gone[0], {}).get(event.gone[1]) == event.file:
            del self.folders[event.gone[0]][event.gone[1]]
        if event.there:
            self.folders.setdefault(event.there[0], {})[event.there[1]] = event.file

    def copy(self) -> "Tree":
        """Return the same again."""
        return Tree({number: dict(names) for number, names in self.folders.items()})


@dataclass
class Recording:
    """What lay there in the beginning, and all that was done to it."""

    tree: Tree
    contents: dict[int, bytes]
    events: list[Event]

    def span(self, what: str) -> range:
        """Return the numbers of the events from "begin what" to "end what"."""
        said = {event.text: at for at, event in enumerate(self.events) if isinstance(event, Said)}
        return range(said[f"begin {what}"], said[f"end {what}"] + 1)

    def told(self, span: range, until: int) -> list[str]:
        """Return what was told in that span before that event."""
        return [event.text for event in self.events[span.start : until] if isinstance(event, Said)]

    def moments(self, span: range, chance: random.Random, times: int) -> list[int]:
        """Return so many moments in a span, in their order; half of them next to where something became certain."""
        turns = [at for at in span if not isinstance(self.events[at], Write)]
        near = [min(chance.choice(turns) + chance.randrange(2), span.stop) for _ in range(times // 2)]
        return sorted(near + [chance.randrange(span.start, span.stop + 1) for _ in range(times - len(near))])


def lying(root: Path) -> tuple[Tree, dict[int, bytes]]:
    """Return what lies in a folder."""
    tree, contents, numbers = Tree(), {}, {root: 0}
    for path in sorted(root.rglob("*")):
        numbers[path] = number = len(numbers)
        tree.name(Named(number, None, (numbers[path.parent], path.name), path.is_dir()))
        if not path.is_dir():
            contents[number] = path.read_bytes()
    return tree, contents


class Reader:
    """Reads what strace wrote, for one folder and one program that opens its files in one process."""

    def __init__(self, root: Path) -> None:
        """Take the folder as it lies before the program runs."""
        self.root = root
        self.tree, self.contents = lying(root)
        self.first = self.tree.copy()
        self.next = 1 + max((0, *self.tree.folders, *self.contents))
        self.open: dict[int, int] = {}  # numbers of the system to numbers of files
        self.places: dict[int, int] = {}
        self.sizes = {number: len(data) for number, data in self.contents.items()}
        self.events: list[Event] = []

    def read(self, log: Path) -> Recording:
        """Return all that was done in the folder."""
        with log.open("r", encoding="ascii") as lines:
            for line in lines:
                assert "<unfinished" not in line, "two threads at once"
                if found := _LINE.match(line):
                    self._call(found[1], found[2], int(found[3]))
        return Recording(self.first, self.contents, self.events)

    def _call(self, call: str, told: str, result: int) -> None:
        if result < 0:
            return
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(told)]
        words = _TEXT.sub('""', told).split(", ")
        match call:
            case "openat":
                self._opened(self._place(words[0], texts[0]), words[2], result)
            case "close":
                self.open.pop(int(words[0]), None)
            case "dup" | "dup2" | "dup3" | "fcntl" if call != "fcntl" or "F_DUPFD" in words[1]:
                if (file := self.open.get(int(words[0]))) is not None:
                    self.open[result], self.places[result] = file, self.places[int(words[0])]
            case "write" if words[0] == "1":
                self.events += [Said(text) for text in texts[0].decode("utf-8", "replace").splitlines()]
            case "write" | "writev" | "pwrite64" | "pwritev" if int(words[0]) in self.open:
                at = int(words[-1]) if call.startswith("p") else None
                self._written(int(words[0]), b"".join(texts)[:result], at)
            case "lseek" if int(words[0]) in self.open:
                self.places[int(words[0])] = result
            case "ftruncate" if int(words[0]) in self.open:
                self._sized(self.open[int(words[0])], int(words[1]))
            case "fsync" | "fdatasync" if int(words[0]) in self.open:
                self.events.append(Synced(self.open[int(words[0])]))
            case _:
                self._names(call, words, texts)

    def _names(self, call: str, words: list[str], texts: list[bytes]) -> None:
        match call:
            case "rename":
                self._moved(self._place("AT_FDCWD", texts[0]), self._place("AT_FDCWD", texts[1]))
            case "renameat" | "renameat2":
                self._moved(self._place(words[0], texts[0]), self._place(words[2], texts[1]))
            case "unlink" | "rmdir":
                self._moved(self._place("AT_FDCWD", texts[0]), None)
            case "unlinkat":
                self._moved(self._place(words[0], texts[0]), None)
            case "mkdir" | "mkdirat":
                self._made_folder(self._place("AT_FDCWD" if call == "mkdir" else words[0], texts[0]))
            case "truncate" if self._number(self._place("AT_FDCWD", texts[0])) is not None:
                raise AssertionError(call)
            case "fallocate" | "sendfile" | "copy_file_range" if int(words[0]) in self.open:
                raise AssertionError(call)
            case _:
                pass

    def _place(self, folder: str, name: bytes) -> tuple[int, str] | None:
        """Return the folder and the name in it, None where it is not under the root."""
        path = Path(os.fsdecode(name))
        if path.is_absolute():
            if not path.is_relative_to(self.root) or path == self.root:
                return None
            number, parts = 0, path.relative_to(self.root).parts
        elif folder != "AT_FDCWD" and int(folder) in self.open:
            number, parts = self.open[int(folder)], path.parts
        else:
            return None
        for part in parts[:-1]:
            if (inner := self.tree.folders.get(number, {}).get(part)) is None:
                return None
            number = inner
        return number, parts[-1]

    def _number(self, place: tuple[int, str] | None) -> int | None:
        return None if place is None else self.tree.folders.get(place[0], {}).get(place[1])

    def _opened(self, place: tuple[int, str] | None, how: str, handle: int) -> None:
        self.open.pop(handle, None)
        if place is None:
            return
        number = self._number(place)
        if number is None:
            assert "O_CREAT" in how
            number, self.next = self.next, self.next + 1
            self.sizes[number] = 0
            self._named(Named(number, None, place))
        elif "O_TRUNC" in how and self.sizes[number]:
            self._sized(number, 0)
        self.open[handle], self.places[handle] = number, 0
        assert "O_APPEND" not in how

    def _written(self, handle: int, data: bytes, at: int | None) -> None:
        file = self.open[handle]
        if at is None:
            at = self.places[handle]
            self.places[handle] += len(data)
        self.events.append(Write(file, at, data))
        self.sizes[file] = max(self.sizes[file], at + len(data))

    def _sized(self, file: int, size: int) -> None:
        self.events.append(Write(file, size, None))
        self.sizes[file] = size

    def _moved(self, gone: tuple[int, str] | None, there: tuple[int, str] | None) -> None:
        if (file := self._number(gone)) is not None:
            self._named(Named(file, gone, there))

    def _made_folder(self, place: tuple[int, str] | None) -> None:
        if place is not None:
            number, self.next = self.next, self.next + 1
            self._named(Named(number, None, place, is_folder=True))

    def _named(self, event: Named) -> None:
        self.tree.name(event)
        self.events.append(event)


class Disk:
    """A disk on which the events happen one after the other: what is certain, and what is only under way."""

    def __init__(self, recording: Recording, *, journal: bool) -> None:
        """Take what lay there. journal: whether names keep their order."""
        self.journal = journal
        self.tree = recording.tree.copy()
        self.contents = {number: bytearray(data) for number, data in recording.contents.items()}
        self.names: list[Named] = []
        self.writes: dict[int, list[Write]] = {}

    def take(self, event: Event) -> None:
        """Let one thing happen."""
        match event:
            case Write():
                self.writes.setdefault(event.file, []).append(event)
            case Named():
                self.names.append(event)
            case Synced():
                for write in self.writes.pop(event.file, ()):
                    _apply(self.contents.setdefault(event.file, bytearray()), write)
                self._settle_names(event.file)
            case Said():
                pass

    def _settle_names(self, folder: int) -> None:
        of = [
            at
            for at, name in enumerate(self.names)
            if folder in {place[0] for place in (name.gone, name.there) if place}
        ]
        certain = set(range(of[-1] + 1) if of and self.journal else of)
        for at in sorted(certain):
            self.tree.name(self.names[at])
        self.names = [name for at, name in enumerate(self.names) if at not in certain]

    def cut(self, target: Path, part: str, chance: random.Random | None) -> None:
        """Write what lies in a part of the root after the power went away into a new folder.

        Without chance it is all that was written.
        """
        tree = self.tree.copy()
        for name in _surviving(self.names, chance, in_order=self.journal):
            tree.name(name)
        way = chance.choice(("none", "all", "first", "any", "any", "any")) if chance else "all"
        share = chance.random() if chance else 1.0
        self._write(target, tree, tree.folders[0][part], lambda file: self._content(file, way, share, chance))

    def _content(self, file: int, way: str, share: float, chance: random.Random | None) -> bytes:
        content, writes = bytearray(self.contents.get(file, b"")), self.writes.get(file, [])
        if chance and way == "none":
            writes = []
        elif chance and way == "first":
            writes = writes[: chance.randrange(len(writes) + 1)]
        for write in writes:
            for piece in _sectors(write) if way == "any" else (write,):
                if way != "any" or chance is None or chance.random() < share:
                    _apply(content, piece, chance)
        return bytes(content)

    def _write(self, target: Path, tree: Tree, folder: int, content_of: Callable[[int], bytes]) -> None:
        target.mkdir(0o700)
        for name, file in tree.folders[folder].items():
            if file in tree.folders:
                self._write(target / name, tree, file, content_of)
            else:
                (target / name).write_bytes(content_of(file))
                (target / name).chmod(0o600)


def _surviving(names: list[Named], chance: random.Random | None, *, in_order: bool) -> list[Named]:
    if chance is None:
        return names
    if in_order:
        return names[: chance.randrange(len(names) + 1)]
    share = chance.choice((0.0, 0.3, 0.7, 1.0))
    return [name for name in names if chance.random() < share]


def _sectors(write: Write) -> Iterator[Write]:
    if write.data is None:
        yield write
        return
    at, data = write.at, write.data
    while data:
        size = SECTOR - at % SECTOR
        yield Write(write.file, at, data[:size])
        at, data = at + size, data[size:]


def _apply(content: bytearray, write: Write, chance: random.Random | None = None) -> None:
    """Write into a content; what was never written between its end and the place is empty, or was something else."""
    if write.data is None:
        size = write.at
        content[size:] = bytes(max(0, size - len(content)))
        return
    if (gap := write.at - len(content)) > 0:
        content += chance.randbytes(gap) if chance and chance.random() < 0.3 else bytes(gap)
    content[write.at : write.at + len(write.data)] = write.data
