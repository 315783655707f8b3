"""The things in the drawings."""

from casemgr.printing.drawings import people
from casemgr.printing.drawings.shapes import placed, shape

# Those that are placed have their middle in the origin; the others stand where they belong on the grid.

BUBBLE = (
    shape("white", "M 44 2 L 90 2 C 96 2 98 4 98 10 L 98 54 C 98 60 96 62 90 62 L 56 62 L 39 70 L 44.4 61.8 "
          "C 38 61.8 36 60 36 54 L 36 10 C 36 4 38 2 44 2 Z"),
)  # fmt: skip
QUESTION = (
    shape("line", "M -9 -10 C -8 -22 11 -22 10 -9 C 9.4 -2 0 -3 0 7", 5.5),
    shape("black", "O 0 17 3.6"),
)
SMALL_BUBBLE = (
    shape(
        "white",
        "M 20 2 L 50 2 C 55 2 56 3 56 8 L 56 33 C 56 38 55 39 50 39 L 34 39 L 24 47 L 25 39 L 20 39 "
        "C 15 39 14 38 14 33 L 14 8 C 14 3 15 2 20 2 Z",
    ),
)
EXCLAMATION = (shape("line", "M 0 -18 L 0 4", 6.5), shape("black", "O 0 16 4"))
FILE = (
    shape("white", "M -19 -12 L -4 -12 L -1 -8 L 19 -8 L 19 22 L -19 22 Z"),
    shape("white", "M -15 -20 L 13 -20 L 13 18 L -15 18 Z"),
    shape("line", "M -9 -13 L 7 -13 M -9 -7 L 7 -7 M -9 -1 L 7 -1 M -9 5 L 2 5", 1.8),
    shape("grey", "M -19 2 L 19 -2 L 19 24 L -19 24 Z"),
)
SHEET = (
    shape("white", "M -19 -19 L 19 -19 L 19 21 L -19 21 Z"),
    shape("line", "M -12 -11 L 12 -11 M -12 -4 L 12 -4 M -12 3 L 12 3 M -12 10 L 4 10", 2),
    shape("white", "O -19 6 4.4 O 19 6 4.4", 2),
)
VOICE = (shape("line", "M 0 -5 C 3 -2 3 4 0 7 M 5.5 -10 C 11.5 -4 11.5 6 5.5 12", 2.4),)
BOOK = (
    shape("white", "M 4 78 L 96 78 L 96 97 L 4 97 Z"),
    shape("grey", "M 1 72 L 99 72 L 99 79 L 1 79 Z"),
    shape(
        "white",
        "M 50 70 C 42 63 32 62 22 64 L 22 46 C 32 44 42 45 50 52 C 58 45 68 44 78 46 L 78 64 C 68 62 58 63 50 70 Z",
    ),
    shape("line", "M 50 52 L 50 70"),
    shape(
        "line",
        "M 28 51 C 34 50 39 51 44 54 M 28 57 C 34 56 39 57 44 60 "
        "M 72 51 C 66 50 61 51 56 54 M 72 57 C 66 56 61 57 56 60",
        1.4,
    ),
)
BRIEFCASE = (
    shape("line", "M -7 -11 L -7 -17 L 7 -17 L 7 -11", 3),
    shape("grey", "M -20 -11 L 20 -11 L 20 18 L -20 18 Z"),
    shape("line", "M -20 2 L 20 2"),
    shape("white", "M -4 -1 L 4 -1 L 4 6 L -4 6 Z"),
)
FINGER = (
    shape("white", "M 46 98 L 46 50 C 46 44.6 54 44.6 54 50 L 54 76 C 58 73 63 74 64 77 C 68 75 72 77 72.4 80 "
          "C 77 79 79.6 82 79.6 86 L 78 98 Z"),
    shape("line", "M 54 76 L 54 87 M 64 77 L 64 88 M 72.4 80 L 72.4 89", 1.8),
)  # fmt: skip
SILENT_SHOULDERS = (
    shape("grey", "M 4 98 L 5 92 C 8 82 24 79 40 76 L 60 76 C 76 79 92 82 95 92 L 96 98 Z"),
    shape("white", "M 40 60 L 40 76 C 43 84 57 84 60 76 L 60 60 Z"),
    shape("line", "M 38 54.6 C 43 56.4 57 56.4 62 54.6", 2.8),
)
PALM = (
    shape("grey", "M -7 16 L -7 23.5 L 7.6 23.5 L 7.6 16 Z"),
    shape(
        "white",
        "M -12 0 L -12 -14 C -12 -18.4 -6 -18.4 -6 -14 L -6 0 M -6 0 L -6 -19 C -6 -23.4 0 -23.4 0 -19 L 0 0 "
        "M 0 0 L 0 -18 C 0 -22.4 6 -22.4 6 -18 L 6 0 M 6 0 L 6 -13 C 6 -17.4 12 -17.4 12 -13 L 12 0",
    ),
    shape("white", "M -12 -1 L -12 9 C -12 20 8 21 12 14 L 22 0 C 24.6 -3.6 19 -7 16 -3 L 12 3 L 12 -1"),
)
BOWL = (
    shape("white", "M -14 -4 C -13 -14 13 -14 14 -4 Z"),
    shape("grey", "M -17 -4 L 17 -4 C 16 9 9 13 6 14 L -6 14 C -9 13 -16 9 -17 -4 Z"),
    shape("line", "M -6 -17 C -9 -20 -3 -23 -6 -26 M 4 -17 C 1 -20 7 -23 4 -26", 1.8),
)
GLASS = (
    shape("white", "M -7.5 -16 L 7.5 -16 L 6 20 L -6 20 Z"),
    shape("grey", "M -7 -6 L 7 -6 L 6 20 L -6 20 Z"),
)
BED = (
    shape("white", "M -26 12 L -26 5 L 26 5 L 26 12 Z"),
    shape("white", "M -24 5 C -26 -2 -8 -2 -9 5 Z", 1.8),
    *placed((*people.HAIR_LYING, *people.HEAD_LYING), -15, -3.4, 0.62),
    shape("grey", "M -8 5 C -7 -8 4 -7 24 -4 L 24 5 Z"),
    shape("line", "M -26 -12 L -26 22 M 26 -2 L 26 22", 3),
)
MOON = (shape("black", "M 3 -10 C -13 -8 -13 9 3 11 C -4 6 -4 -5 3 -10 Z"),)
SUN = (
    shape("white", "O 0 0 6"),
    shape(
        "line",
        "M 0 -10 L 0 -14 M 0 10 L 0 14 M -10 0 L -14 0 M 10 0 L 14 0 "
        "M 7 7 L 10 10 M -7 7 L -10 10 M 7 -7 L 10 -10 M -7 -7 L -10 -10",
    ),
)
BAG = (
    shape("black", "M -11 -9 L 11 -9 L 11 11 L -11 11 Z"),
    shape("line", "M -4 -9 L -4 -13 L 4 -13 L 4 -9"),
    shape("blank", "M -2 -5 L 2 -5 L 2 -1 L 6 -1 L 6 3 L 2 3 L 2 7 L -2 7 L -2 3 L -6 3 L -6 -1 L -2 -1 Z"),
)
FIST = (
    shape("white", "M 6 -9 L 20 -12 L 20 8 L 6 9 Z"),
    shape("grey", "M 15 -12.6 L 23 -14 L 23 11 L 15 11 Z"),
    shape(
        "white",
        "M -12 -11 L 2 -13 C 8 -13 10 -10 10 -6 L 10 6 C 10 10 8 12 3 12 L -11 12 C -16 12 -16 6.4 -12.6 6 "
        "C -17.6 6 -17.6 0.4 -13.4 0.2 C -17.6 0 -17.6 -5.4 -13.4 -5.6 C -16.4 -6.4 -16 -10.8 -12 -11 Z",
    ),
    shape("line", "M -12.6 6 L -3 6 M -13.4 0.2 L -3 0.2 M -13.4 -5.6 L -3 -5.6", 1.8),
    shape("white", "M 9 -8 C 4 -11 -6 -9 -6 -5 C -6 -1.6 0 -2 4 -2.6", 1.8),
)
FORBIDDEN = (shape("line", "O 0 0 28 M -19.8 -19.8 L 19.8 19.8", 4.6),)
PAPER = (
    shape("white", "M 6 4 L 62 4 L 62 96 L 6 96 Z"),
    shape("line", "M 15 17 L 53 17 M 15 26 L 53 26 M 15 35 L 53 35 M 15 44 L 53 44 M 15 53 L 40 53", 2.4),
)
PRINT = (
    shape("line", "M -9 12 C -14 -16 14 -16 9 12 M -5.2 13 C -8.6 -9 8.6 -9 5.2 13 M -1.6 13 C -3 -2 3 -2 1.6 13", 1.8),
)
THUMB = (
    shape("grey", "M 84 58 L 98 58 L 98 92 L 84 92 Z"),
    shape(
        "white",
        "M 60 66 L 44 77 C 38 82 43 90 50 87 L 62 82 L 64 88 C 66 91 70 92 74 92 L 86 92 L 86 60 L 74 60 "
        "C 68 60 64 62 60 66 Z",
    ),
    shape("line", "M 62 82 L 68 78 M 66 88.6 L 78 88.6 M 68 83.4 L 78 83.4 M 45 81 C 47 79 49 81 48.6 84", 1.8),
)
TALK = (
    *placed(people.police(), 83, 64, 0.82),
    *placed(people.child(), 17, 66, 0.8),
    *placed(people.mother(people.SPEAKS), 50, 64, 0.82),
    shape(
        "white",
        "M 60 3 L 92 3 C 96 3 97 4 97 8 L 97 32 C 97 36 96 37 92 37 L 88 37 L 84 44 L 78 37 L 60 37 "
        "C 56 37 55 36 55 32 L 55 8 C 55 4 56 3 60 3 Z",
    ),
    shape(
        "white",
        "M 8 3 L 40 3 C 44 3 45 4 45 8 L 45 32 C 45 36 44 37 40 37 L 46 47 L 30 37 L 8 37 "
        "C 4 37 3 36 3 32 L 3 8 C 3 4 4 3 8 3 Z",
    ),
    shape(
        "black",
        "M 62 12 L 68 12 L 68 18 L 62 18 Z M 73 12 L 79 12 L 79 18 L 73 18 Z M 84 12 L 90 12 L 90 18 L 84 18 Z "
        "M 62 23 L 68 23 L 68 29 L 62 29 Z M 73 23 L 79 23 L 79 29 L 73 29 Z",
    ),
    shape("white", "O 13 15 3.2 O 24 15 3.2 O 35 15 3.2 O 13 26 3.2 O 24 26 3.2", 2),
)
HANDSET = (
    shape(
        "white",
        "M 36 26 L 64 26 C 67 26 68 27 68 30 L 68 92 C 68 95 67 96 64 96 "
        "L 36 96 C 33 96 32 95 32 92 L 32 30 C 32 27 33 26 36 26 Z",
    ),
    shape("grey", "M 36 33 L 64 33 L 64 84 L 36 84 Z"),
    shape("line", "O 50 90 2"),
)
ON_SCREEN = (
    shape("line", "M -8 -9 C -9 2 -2 9 9 8", 5),
    shape("line", "M -9 -10.5 L -5 -7 M 10.5 9 L 7 5", 7),
)
WAVES = (
    shape("line", "M 24 46 C 19 55 19 67 24 76 M 14 40 C 7 53 7 69 14 82 M 76 46 C 81 55 81 67 76 76 "
          "M 86 40 C 93 53 93 69 86 82", 3),
)  # fmt: skip
NOTEPAD = (
    shape("white", "M 59 74 L 81 74 L 81 98 L 59 98 Z"),
    shape("line", "M 64 81 L 76 81 M 64 87 L 76 87 M 64 93 L 70 93", 1.6),
    shape("white", "M 74 91 L 90 74 L 93.4 77.4 L 77.4 94 L 73 95 Z", 1.6),
)
