"""What the built program leaves out, for every system: both makers of programs read it from here.

Qt comes whole and is trimmed by what is kept; everything else is trimmed by what is dropped. A path is that of a file
below the folder of the packages: site-packages where a wheel is unpacked, `_internal` in the built program.
"""

import re
from fnmatch import fnmatchcase

MODULES = (
    # Needed by no window and no service; the libraries name them for other uses.
    "babel",  # the catalogues are compiled while building
    "tkinter", "turtle", "idlelib", "lib2to3", "curses", "ensurepip", "venv",
    "pip", "setuptools", "pkg_resources", "wheel", "distutils",
    "numpy", "pandas", "matplotlib", "lxml", "defusedxml", "onnxruntime", "pythainlp", "IPython",
    "sqlite3", "psycopg", "psycopg2", "MySQLdb", "pymysql", "pyodbc", "oracledb", "cx_Oracle", "asyncpg", "aiosqlite",
    "PIL.AvifImagePlugin", "PIL._avif", "PIL.ImageTk", "PIL._imagingtk", "PIL.ImageQt", "PIL.ImageShow",
    "sqlalchemy.testing", "sqlalchemy.ext.asyncio", "alembic.testing",  # the other dialects are named by Alembic
    "khmercut.nn", "reportlab.graphics.testdrawings", "openpyxl.chart.tests",
    "unittest", "doctest", "pdb", "bdb", "pydoc", "pydoc_data", "test", "xmlrpc", "ftplib", "cgi",
)  # fmt: skip
"""Python modules, with all below them, that are not taken into the program."""

QT_ON_WINDOWS = ("Core", "Gui", "PrintSupport", "Widgets")
QT_ON_LINUX = (*QT_ON_WINDOWS, "DBus")
"""The parts of Qt that the windows use; DBus tells on Linux that the computer goes to sleep."""

QT_FOR_PLUGINS = ("XcbQpa", "WaylandClient")
"""What the plug-ins below need besides, on Linux."""

QT_PLUGINS = {
    "platforms": ("qwindows", "qxcb", "qwayland", "qoffscreen"),
    "imageformats": ("qjpeg",),  # PNG is in Gui itself
    "platforminputcontexts": ("ibusplatforminputcontextplugin", "composeplatforminputcontextplugin"),  # Khmer keyboards
    "platformthemes": ("qxdgdesktopportal",),
    "printsupport": ("cupsprintersupport", "windowsprintersupport"),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("bradient",),
}
"""The plug-ins of Qt that are kept, by their folder; their files may be called libX.so or X.dll."""

DROPPED = (
    "**/tests/**", "**/testing/**", "**/*.pyi", "**/py.typed", "**/.gitkeep",
    "PIL/_avif*", "PIL/_imagingtk*", "pillow.libs/libavif*",
    "khmercut/nn_model/**",  # the other model of words, of which nothing is read
    "charset_normalizer/**",  # ReportLab names it for pictures from the network
    "babel/**", "setuptools/**",
    "reportlab/fonts/**",  # our own are in casemgr/fonts
    "shiboken6/include/**", "shiboken6/lib/**", "shiboken6/*.lib", "shiboken6/vc[aco]*.dll", "shiboken6/concrt*.dll",
    "*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED",
)  # fmt: skip
"""Files that are not taken along, beside those of Qt. ** stands for folders of any depth."""

_PYSIDE_FILE = re.compile(r"PySide6/(?:Qt/lib/)?(?:lib)?Qt6?(?P<name>[A-Za-z0-9]+?)(?:\.abi3)?\.(?:so|pyd|dll)[.0-9]*$")
_ICU = re.compile(r"PySide6/Qt/lib/libicu(data|i18n|uc)\.so[.0-9]*$")
_RUNTIME = re.compile(
    r"PySide6/(?:(?:lib)?pyside6\.abi3\.(?:so[.0-9]*|dll)|__init__\.py|_config\.py|_git_pyside_version\.py"
    r"|(?i:(?:msvcp140|vcruntime140)[_12]*\.dll)|support/.*|Qt/libexec/qt\.conf)$"
)
_PLUGIN = re.compile(r"PySide6/(?:Qt/)?plugins/(?P<folder>[\w-]+)/(?:lib)?(?P<name>[\w-]+)\.(?:so|dll)$")


def is_dropped(path: str) -> bool:
    """Tell whether a file is left out; path: below the folder of the packages, with forward slashes."""
    if path.startswith("PySide6/"):
        return not _is_kept_of_qt(path)
    return any(fnmatchcase(path, pattern) for pattern in _PATTERNS)


def _is_kept_of_qt(path: str) -> bool:
    if plugin := _PLUGIN.match(path):
        return plugin["name"] in QT_PLUGINS.get(plugin["folder"], ())
    if part := _PYSIDE_FILE.match(path):
        if path.endswith((".dll", ".pyd")):
            return part["name"] in QT_ON_WINDOWS
        return part["name"] in (*QT_ON_LINUX, *QT_FOR_PLUGINS)
    return bool(_ICU.match(path) or _RUNTIME.match(path))


SYSTEM_LIBRARIES_KEPT = (
    "libpython3",
    "libcrypto.",
    "libssl.",
    "libffi.",
    "libbz2.",
    "liblzma.",
    "libuuid.",
)
"""Of the libraries of the Linux on which it is built, those of Python itself.

All others come from the system the program is installed on: an older copy of ours would quarrel with its newer ones.
"""


def is_left_to_the_system(path: str) -> bool:
    """Tell whether a library of the Linux it is built on is left out; path: as above, not one that a wheel brought."""
    return "/" not in path and ".so" in path and not path.startswith(SYSTEM_LIBRARIES_KEPT)


def _patterns() -> list[str]:
    """Return the patterns for fnmatch, whose * also matches a slash; "**/x" also means x at the top."""
    found = []
    for pattern in DROPPED:
        plain = pattern.replace("/**", "/*")
        found += [plain.removeprefix("**/"), "*/" + plain.removeprefix("**/")] if plain.startswith("**/") else [plain]
    return found


_PATTERNS = _patterns()
