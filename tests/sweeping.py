"""Python's search for garbage, which the program has done at every lock, leaves out what the run of the tests holds.

Five thousand tests with their modules are several times what the program is: looking through them at each lock took
longer than many a test. What a test makes is searched as ever.
"""

import gc

_freeze, _unfreeze = gc.freeze, gc.unfreeze
_state = {"mixed": False, "thawed": True}


def begin() -> None:
    """Take the place of gc.freeze and gc.unfreeze, and give them back with `end`."""
    gc.freeze, gc.unfreeze = freeze, unfreeze


def end() -> None:
    """Give both back."""
    gc.freeze, gc.unfreeze = _freeze, _unfreeze
    _unfreeze()


def freeze() -> None:
    """Do what gc.freeze does, and know that something of the program is among what is left out."""
    _state["mixed"] = True
    _freeze()


def unfreeze() -> None:
    """Do what gc.unfreeze does where anything was frozen since the tests' own things were."""
    if _state["mixed"]:
        _unfreeze()
        _state.update(mixed=False, thawed=True)


def leave_out(*, module: bool) -> None:
    """Leave out what is there before a test; module: before the first one of its module, when it is swept as well."""
    if module and not _state["thawed"]:
        gc.collect()
    if module or _state["thawed"]:
        _freeze()
        _state["thawed"] = False
