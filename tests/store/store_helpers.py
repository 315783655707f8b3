"""Names and small programs that several tests of the store use."""

NAME, PASSWORD = "ទេព បូរិន", "correct horse battery staple"
MARKERS = ("ជាតិសម្គាល់", "Markername", "ស្រីសម្គាល់", "Zzyxchild")

HOLDER = """
import sys
from pathlib import Path
from casemgr.store.lock import OfficeLock
lock = OfficeLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""
