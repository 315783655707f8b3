"""Names and small programs that several tests of the store use."""

NAME, PASSWORD = "ទេព បូរិន", "correct horse battery staple"
MARKERS = ("ជាតិសម្គាល់", "Markername", "ស្រីសម្គាល់", "Zzyxchild")

HOLDER = """
import sys
from pathlib import Path
from casemgr.store.office_store import OfficeStore
store = OfficeStore.open(Path(sys.argv[1]), "", sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""
