"""What is missing is said in one line; a screen that does not answer is noticed before Qt gives up."""

import sys

import pytest

import preflight

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system packages are a matter of Linux")


@linux
def test_a_missing_library_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(preflight.WINDOWLESS, "libnowhere.so.7", "libnowhere7")
    assert preflight.missing_packages(screen=False) == ["libnowhere7"]
    assert "libnowhere7" in preflight.missing_packages(screen=True)


@linux
def test_the_line_to_type_takes_the_names_of_this_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight.shutil, "which", lambda name: f"/usr/bin/{name}")
    for system, expected in (
        ({"ID": "debian", "VERSION_ID": "12"}, "libglib2.0-0"),
        ({"ID": "debian", "VERSION_ID": "13"}, "libglib2.0-0t64"),
        ({"ID": "debian"}, "libglib2.0-0t64"),
        ({"ID": "ubuntu", "VERSION_ID": "22.04"}, "libglib2.0-0"),
        ({"ID": "ubuntu", "VERSION_ID": "24.04"}, "libglib2.0-0t64"),
    ):
        monkeypatch.setattr(preflight.platform, "freedesktop_os_release", lambda system=system: system)
        line = preflight.say_what_is_missing(["libglib2.0-0", "libegl1"])
        assert line == f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {expected} libegl1"


@linux
def test_without_leave_to_install_it_stops_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight.shutil, "which", lambda name: None if name == "sudo" else f"/usr/bin/{name}")
    monkeypatch.setattr(preflight.os, "geteuid", lambda: 1000)
    with pytest.raises(preflight.NotReady, match=r"sudo apt-get install .* libegl1"):
        preflight.provide(["libegl1"])
    preflight.provide([])


@linux
def test_a_screen_that_does_not_answer_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert preflight.screen_trouble() == "neither DISPLAY nor WAYLAND_DISPLAY is set"
    if preflight._loads("libxcb.so.1"):
        monkeypatch.setenv("DISPLAY", ":987")
        assert preflight.screen_trouble() == "the screen :987 does not answer"
