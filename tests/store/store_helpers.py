"""Names and small programs that several tests of the store use."""

from pathlib import Path

from casemgr.records.staff import StaffMember
from casemgr.store.keys import PRACTICE_COST
from casemgr.store.office_store import OfficeStore

NAME, PASSWORD = "ទេព បូរិន", "correct horse battery staple"
SECOND, SECOND_PASSWORD = "ចាន់ ស្រីនិច", "another long password"
MARKERS = ("ជាតិសម្គាល់", "Markername", "ស្រីសម្គាល់", "Zzyxchild")

HOLDER = """
import sys
from pathlib import Path
from casemgr.store.office_store import OfficeStore
store = OfficeStore.open(Path(sys.argv[1]), "", sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""


def add_second(folder: Path) -> None:
    """Give a second staff member an account in a closed office."""
    store = OfficeStore.open(folder, NAME, PASSWORD)
    second = StaffMember(name=SECOND)
    with store.changing_keys() as change:
        change.work.add(second)
        change.keys.add(second.id, SECOND, SECOND_PASSWORD, PRACTICE_COST, change.data_key)
    store.close()
