"""The drawings by their names."""

from collections.abc import Mapping
from enum import StrEnum

from casemgr.printing.drawings import people, things
from casemgr.printing.drawings.shapes import Shapes, placed, shape


class Drawing(StrEnum):
    """The closed set of drawings; the values stand for them in plain text."""

    CHILD_ASKS = "child asks why"
    POLICE = "police officer"
    PROSECUTOR = "prosecutor"
    JUDGE = "judge"
    LAWYER = "lawyer"
    SOCIAL_WORKER = "social worker"
    SILENCE = "finger on closed lips"
    ASK_LAWYER = "child asks for lawyer"
    ASK_PARENTS = "child asks for parents"
    INTERPRETER = "interpreter"
    FOOD = "water and food"
    REST = "bed"
    DOCTOR = "doctor"
    STOP = "hand says stop"
    THUMBPRINT = "thumbprint and question mark"
    READ_OUT = "paper is read out to child"
    COMPLAIN = "child complains"
    TELEPHONE = "telephone day and night"
    FACE_GOOD = "smiling face"
    FACE_UNSURE = "unsure face"
    FACE_BAD = "sad face"


def _asking(*inside: Shapes, mouth: Shapes = people.SPEAKS) -> Shapes:
    """Return the child that asks for what is in its bubble, whose middle is the origin of `inside`."""
    asked = (each for part in inside for each in placed(part, 67, 32))
    return (*placed(people.child(mouth), 21, 61, 0.97), *things.BUBBLE, *asked)


def _face(mouth: str) -> Shapes:
    return (shape("white", "O 50 50 44", 4), shape("black", "O 35 41 5 O 65 41 5"), shape("line", mouth, 4))


DRAWINGS: Mapping[Drawing, Shapes] = {
    Drawing.CHILD_ASKS: _asking(things.QUESTION),
    Drawing.POLICE: placed(people.police(), 50, 36, 1.62),
    Drawing.PROSECUTOR: (*placed(people.prosecutor(), 42, 30, 1.7), *placed(things.FILE, 70, 73)),
    Drawing.JUDGE: (*placed(people.judge(), 50, 25, 1.4), *things.BOOK),
    Drawing.LAWYER: (*placed(people.lawyer(), 42, 28, 1.7), *placed(things.BRIEFCASE, 74, 78)),
    Drawing.SOCIAL_WORKER: (*placed(people.worker(), 62, 30, 1.7), *placed(people.child(people.SMILE), 25, 59, 1.0)),
    Drawing.SILENCE: (
        *things.SILENT_SHOULDERS[:2], *placed((*people.HEAD, *people.CHILDS_HAIR), 50, 39, 2.6),
        *things.SILENT_SHOULDERS[2:], *things.FINGER,
    ),
    Drawing.ASK_LAWYER: _asking(placed(people.lawyer(), -6, -10, 0.98), placed(things.BRIEFCASE, 17, 15, 0.58)),
    Drawing.ASK_PARENTS: _asking(placed(people.father(), -13, -6, 0.84), placed(people.mother(), 13, -4, 0.8)),
    Drawing.INTERPRETER: things.TALK,
    Drawing.FOOD: _asking(placed(things.BOWL, -9, 9, 1.05), placed(things.GLASS, 19, 3.5)),
    Drawing.REST: _asking(placed(things.BED, 0, 4), placed(things.MOON, 18, -16)),
    Drawing.DOCTOR: _asking(placed(people.doctor(), -6, -10, 0.98), placed(things.BAG, 17, 15)),
    Drawing.STOP: (
        *placed(people.child(), 23, 57, 1.06), *placed(things.PALM, 58, 78, 0.85),
        *placed(things.FIST, 69, 27, 0.88), *placed(things.FORBIDDEN, 71, 28, 0.9),
    ),
    Drawing.THUMBPRINT: (*things.PAPER, *placed(things.PRINT, 28, 76), *things.THUMB, *placed(things.QUESTION, 82, 30)),
    Drawing.READ_OUT: (
        *placed(people.father(people.SPEAKS), 32, 31, 1.6), *placed(things.SHEET, 32, 75),
        *placed(things.VOICE, 56, 38), *placed(people.child(), 79, 61, 0.95),
    ),
    Drawing.COMPLAIN: (
        *placed(people.child(people.SPEAKS), 20, 60, 0.98), *placed(people.worker(people.CALM), 76, 52, 1.15),
        *things.NOTEPAD, *things.SMALL_BUBBLE, *placed(things.EXCLAMATION, 35, 21, 0.75),
    ),
    Drawing.TELEPHONE: (
        *things.HANDSET, *placed(things.ON_SCREEN, 49, 58, 0.82), *things.WAVES,
        *placed(things.SUN, 17, 19), *placed(things.MOON, 84, 19),
    ),
    Drawing.FACE_GOOD: _face("M 28 60 C 36 78 64 78 72 60"),
    Drawing.FACE_UNSURE: _face("M 30 67 L 70 67"),
    Drawing.FACE_BAD: _face("M 28 74 C 36 58 64 58 72 74"),
}  # fmt: skip
