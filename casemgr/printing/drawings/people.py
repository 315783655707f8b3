"""The people of the drawings: heads of radius 10 round the origin, with shoulders down to 38."""

from casemgr.printing.drawings.shapes import Shape, Shapes, placed, shape

EYES = (shape("black", "O -3.7 0.2 1.15"), shape("black", "O 3.7 0.2 1.15"))
SMILE = (shape("line", "M -3.4 4.4 C -2 6.6 2 6.6 3.4 4.4"),)
CALM = (shape("line", "M -3 5.2 C -1 5.9 1 5.9 3 5.2"),)
SPEAKS = (shape("black", "E 0 5.3 2.6 2.1"),)
HEAD = (shape("white", "O -10.4 1 2.2 O 10.4 1 2.2", 1.4), shape("white", "O 0 0 10"), *EYES)

SHORT_HAIR = (
    shape("black", "M -10.9 0 C -12.4 -7 -9 -13.6 0 -13.6 C 9 -13.6 12.4 -7 10.9 0 L 9.3 -1 C 8.8 -3.6 7.6 -5.2 6 -6.2 "
          "C 2.5 -4.8 -2 -5 -4.6 -7 C -7 -5.4 -8.6 -3.4 -9.2 -1 Z"),
)  # fmt: skip
CHILDS_HAIR = (
    shape("black", "M -10.8 -0.5 C -12 -7.5 -8.6 -13.2 0 -13.2 C 8.6 -13.2 12 -7.5 10.8 -0.5 L 9.4 -2.4 "
          "C 8.6 -4.4 7.4 -5.6 6 -6.4 C 4.6 -5 3 -4.4 1 -4.2 C 1.6 -4.9 1.8 -5.6 1.8 -6.2 "
          "C -2 -4 -6.4 -4.6 -9.4 -2.4 Z"),
)  # fmt: skip
LONG_HAIR = (
    shape("black", "M -11.6 -1 C -13 -18 13 -18 11.6 -1 L 13.6 12.5 C 13.8 16.4 8.6 17.4 6 15.6 L -6 15.6 "
          "C -8.6 17.4 -13.8 16.4 -13.6 12.5 Z"),
)  # fmt: skip
PARTED_HAIR = (
    shape("black", "M -10.8 1.5 C -13 -16.6 13 -16.6 10.8 1.5 "
          "C 9.6 -3.4 6.6 -6.6 1.6 -8.2 C -1 -6.2 -8.6 -5 -10.8 1.5 Z"),
)  # fmt: skip
BUN = (shape("grey", "O 0 -13.2 4.2"),)
GREY_HAIR = (
    shape("grey", "M -10.2 0.8 C -12.4 -15 12.4 -15 10.2 0.8 C 9 -4 5.6 -6.8 0 -7 C -5.6 -6.8 -9 -4 -10.2 0.8 Z"),
)  # fmt: skip
HEAD_LYING = (
    shape("white", "O 0 0 10"), shape("line", "M -5 -0.6 C -4 0.8 -2.6 0.8 -1.6 -0.6 M 2 -0.6 C 3 0.8 4.4 0.8 5.4 -0.6 "
          "M -2.4 4.4 C -1 5.4 1 5.4 2.4 4.4", 1.5),
)  # fmt: skip
HAIR_LYING = (shape("black", "O 0 -2.4 11.4"),)
CAP = (
    shape("grey", "M -11.4 -7 C -17 -12.6 -11 -18.6 0 -18.8 C 11 -18.6 17 -12.6 11.4 -7 Z"),
    shape("black", "M -11.4 -8 L 11.4 -8 L 11 -4 L -11 -4 Z"),
    shape("black", "M -10.6 -4 C -7.4 -0.6 7.4 -0.6 10.6 -4 Z"),
    shape("white", "O 0 -12.4 2.3", 1.6),
)
GLASSES = (shape("line", "O -3.8 0.2 2.9 O 3.8 0.2 2.9 M -0.9 0.2 L 0.9 0.2", 1.5),)

_SHOULDERS = (
    "M -19 38 L -19 25 C -19 17.6 -13 15.4 -4.4 13.6 L -4.4 8.4 L 4.4 8.4 L 4.4 13.6 C 13 15.4 19 17.6 19 25 L 19 38 Z"
)
_NECK = shape("white", "M -4.4 8.4 L 4.4 8.4 L 4.4 13.6 C 3 16.4 -3 16.4 -4.4 13.6 Z")
_ARMS = shape("line", "M -12 38 L -12 27 M 12 38 L 12 27", 1.8)
_COLLAR = shape(
    "white", "M -4.6 13.4 L -7 15.6 L -3.4 20 L 0 16.2 L 3.4 20 L 7 15.6 L 4.6 13.4 C 3 16.4 -3 16.4 -4.6 13.4 Z", 1.8
)
TIE = (shape("black", "M -1.7 16.8 L 1.7 16.8 L 1.3 19 L 2.6 29 L 0 32 L -2.6 29 L -1.3 19 Z"),)

SHIRT = (shape("white", _SHOULDERS), _NECK, _ARMS, _COLLAR)
T_SHIRT = (
    shape("grey", _SHOULDERS), _NECK, _ARMS, shape("line", "M -4.4 13.6 C -3 17.6 3 17.6 4.4 13.6"),
)  # fmt: skip
BLOUSE = (
    shape("white", _SHOULDERS), _NECK, _ARMS, shape("line", "M -4.4 13.6 L 0 20 L 4.4 13.6"),
)  # fmt: skip
UNIFORM = (
    shape("grey", _SHOULDERS), _NECK, _ARMS, _COLLAR, *TIE,
    shape("black", "M -17.4 20.2 L -9.6 16.4 L -8.8 18.6 L -16.6 22.4 Z "
          "M 17.4 20.2 L 9.6 16.4 L 8.8 18.6 L 16.6 22.4 Z"),
    shape("white", "M 5.4 26 L 10.6 26 L 10.6 32 L 5.4 32 Z M -10.6 26 L -5.4 26 L -5.4 32 L -10.6 32 Z", 1.4),
)  # fmt: skip
ROBE = (
    shape("black", _SHOULDERS), _NECK,
    shape("white", "M -3.4 15 L 3.4 15 L 6 31 L 0 29.4 L -6 31 Z", 1.4), shape("line", "M 0 17 L 0 29.4", 1.2),
)  # fmt: skip
JACKET = (
    shape("white", _SHOULDERS), _NECK, _COLLAR, *TIE,
    shape("black", "M -19 38 L -19 25 C -19 18 -13.6 15.8 -7 14.6 L -1 31 L -1 38 Z "
          "M 19 38 L 19 25 C 19 18 13.6 15.8 7 14.6 L 1 31 L 1 38 Z"),
    shape("blank", "M -12.6 38 L -12.6 28 L -11.6 28 L -11.6 38 Z M 12.6 38 L 12.6 28 L 11.6 28 L 11.6 38 Z"),
)  # fmt: skip


def child(mouth: Shapes = CALM) -> Shapes:
    """Return the child that all drawings show, boy or girl."""
    return (*T_SHIRT, *HEAD, *CHILDS_HAIR, *mouth)


def police() -> Shapes:
    """Return an officer in uniform, of no country."""
    return (*UNIFORM, *HEAD, *CAP, *CALM)


def lawyer() -> Shapes:
    """Return a lawyer in jacket and tie."""
    return (*JACKET, *HEAD, *SHORT_HAIR, *SMILE)


def prosecutor() -> Shapes:
    """Return a prosecutor in a robe, with glasses."""
    return (*ROBE, *HEAD, *SHORT_HAIR, *GLASSES, *CALM)


def judge() -> Shapes:
    """Return a judge in a robe."""
    return (*LONG_HAIR, *ROBE, *HEAD, *PARTED_HAIR, *CALM)


def worker(mouth: Shapes = SMILE) -> Shapes:
    """Return a social worker with a badge."""
    badge = (
        shape("line", "M -5.4 15.6 L 0 26 L 5.4 15.6", 1.4),
        shape("white", "M -4.6 26 L 4.6 26 L 4.6 35 L -4.6 35 Z", 1.6),
        heart(0, 30.4, 0.3),
    )  # fmt: skip
    return (*LONG_HAIR, *BLOUSE, *badge, *HEAD, *PARTED_HAIR, *mouth)


def mother(mouth: Shapes = SMILE) -> Shapes:
    """Return a mother, or another woman of no office."""
    return (*LONG_HAIR, *BLOUSE, *HEAD, *PARTED_HAIR, *mouth)


def grandmother() -> Shapes:
    """Return a grandmother, or anyone old who is near to the child."""
    return (*BUN, *BLOUSE, *HEAD, *GREY_HAIR, *SMILE)


def father(mouth: Shapes = SMILE) -> Shapes:
    """Return a father, or another man of no office."""
    return (*SHIRT, *HEAD, *SHORT_HAIR, *mouth)


def doctor() -> Shapes:
    """Return a doctor with a stethoscope."""
    tube = shape("line", "M -6 14.6 C -8 24 -3 27 0 27 C 3 27 8 24 6 14.6 M 0 27 L 0 31")
    return (*SHIRT, tube, shape("white", "O 0 32.4 2.4", 1.8), *HEAD, *SHORT_HAIR, *SMILE)


def heart(x: float, y: float, scale: float) -> Shape:
    """Return a black heart of about 20 across with its middle there."""
    whole = shape("black", "M 0 9 C -16 -3 -8 -13 0 -5 C 8 -13 16 -3 0 9 Z")
    return placed((whole,), x, y, scale)[0]
