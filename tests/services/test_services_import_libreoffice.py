"""A filled list that LibreOffice saved anew is read as it was; what it saves as another kind of file is refused."""

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from import_lists import row

from casemgr.exchange.lines import OTHER_KIND
from casemgr.services.import_checking import check_list
from casemgr.services.import_files import save_template
from casemgr.services.import_reading import open_list
from casemgr.services.import_told import RowStanding
from casemgr.services.importing import import_list
from casemgr.services.office import Office
from casemgr.trouble import Refusal

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice Calc (soffice)")


def converted(path: Path, target: str) -> Path:
    """Return the list as LibreOffice saves it."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    out = path.parent / target.partition(":")[0]
    command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    (made,) = out.iterdir()
    return made


@pytest.mark.slow
def test_a_list_that_libreoffice_saved_is_the_same_list(office: Office, tmp_path: Path) -> None:
    save_template(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    for at, value in enumerate(row(), 1):
        book["cases"].cell(3, at).value = value
    book.save(tmp_path / "full.xlsx")
    dry = check_list(office, open_list(office, tmp_path / "full.xlsx"))
    saved = check_list(office, open_list(office, converted(tmp_path / "full.xlsx", "xlsx")))
    assert [each.values for each in saved.rows] == [each.values for each in dry.rows]
    import_list(office, saved)
    as_csv = converted(tmp_path / "full.xlsx", "csv:Text - txt - csv (StarCalc):59,34,76,1")
    assert [each.standing for each in check_list(office, open_list(office, as_csv)).rows] == [RowStanding.HERE]
    for other in ("ods", "xls"):
        with pytest.raises(Refusal) as refusal:
            open_list(office, converted(tmp_path / "full.xlsx", other))
        assert refusal.value.message == OTHER_KIND
