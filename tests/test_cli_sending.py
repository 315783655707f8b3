"""The commands that give data to other programs, and the one that lists what to mend."""

import csv
import io
import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from casemgr import clock
from casemgr.cli import main
from casemgr.services import practice

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="session")
def sent_from(tmp_path_factory):
    """The folder of an office of ten invented children, made once."""
    folder = tmp_path_factory.mktemp("cli-sending") / "office"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEMGR_PASSWORD", PASSWORD)
        practice.new_practice_office(folder, PASSWORD).close()
        assert main(["--office", str(folder), "practice", "--children", "10", "--seed", "3"]) == 0
    return folder


@pytest.fixture
def run(sent_from, tmp_path, monkeypatch, capsys):
    """Run a command on that office; return exit status, stdout, stderr."""
    shutil.copytree(sent_from, tmp_path / "office")
    monkeypatch.setenv("CASEMGR_PASSWORD", PASSWORD)
    monkeypatch.setenv("CASEMGR_OFFICE", str(tmp_path / "office"))

    def command(*words: str | Path) -> tuple[int, str, str]:
        try:
            status = main([str(word) for word in words])
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        return status, *capsys.readouterr()

    return command


@pytest.fixture
def number(run):
    """The number of a case with a referral."""
    for case in json.loads(run("cases", "--json")[1]):
        shown = json.loads(run("show", case["number"], "--json")[1])
        if any(record["kind"] == "referral" for record in shown["records"]):
            return case["number"]
    raise AssertionError("no case has a referral")


def test_primero(run, number, tmp_path):
    path = tmp_path / "x.json"
    status, out, err = run("primero", number, "-o", path, "--reason", "x")
    assert status == 0
    assert "organisation's system" in err
    assert "There is no place in the file for these answers:" in out
    assert json.loads(path.read_bytes())["data"]["other_agency_id"] == number


def test_names_of_another_site(run, number, tmp_path):
    names, path = tmp_path / "names.json", tmp_path / "x.json"
    assert run("map", "primero", "-o", names)[0] == 0
    plain = json.loads(names.read_bytes())
    plain["site"]["module_id"] = "other"
    names.write_text(json.dumps(plain))
    assert run("primero", number, "-o", path, "--reason", "x", "--map", names)[0] == 0
    assert json.loads(path.read_bytes())["data"]["module_id"] == "other"
    names.write_text("[]")
    status, _, err = run("primero", number, "-o", path, "--reason", "x", "--map", names)
    assert (status, "field names" in err) == (1, True)


def test_names_are_kept_listed_and_forgotten(run, number, tmp_path):
    names, path = tmp_path / "names.json", tmp_path / "x.json"
    assert run("map", "primero", "-o", names)[0] == 0
    plain = json.loads(names.read_bytes())
    plain["site"]["module_id"], plain["fields"]["nickname"] = "other", None
    names.write_text(json.dumps(plain))
    assert run("map", "primero", "--keep", names)[0] == 0
    names.unlink()
    assert run("primero", number, "-o", path, "--reason", "x")[0] == 0
    assert json.loads(path.read_bytes())["data"]["module_id"] == "other"
    lines = [line.split("\t") for line in run("map", "primero", "--show")[1].splitlines()]
    assert ["site", "module_id", "other", "changed"] in lines
    assert ["fields", "nickname", "not sent", "changed"] in lines
    assert ["fields", "sex", "sex", ""] in lines
    assert run("map", "primero", "--forget")[0] == 0
    assert run("map", "primero", "--forget")[0] == 1
    assert not any(line.endswith("changed") for line in run("map", "primero", "--show")[1].splitlines())
    assert run("map", "primero")[0] == 2, "nothing to do was said"


def test_oscar(run, number, tmp_path):
    path = tmp_path / "x.json"
    assert run("oscar", number, "-o", path, "--reason", "x")[0] == 0
    assert json.loads(path.read_bytes())["organization"]["services"]
    assert run("oscar", number, "-o", path)[0] == 2, "without a reason"


def test_dhis2(run, tmp_path):
    year = clock.today().year - 1
    days = ("--from", f"{year}-01-01", "--to", f"{year}-12-31")
    for ending in ("json", "csv", "xml"):
        status, out, _ = run("dhis2", *days, "-o", tmp_path / f"x.{ending}")
        assert status == 0
        assert "fewer than 5 children" in out
    rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8"))))
    values = json.loads((tmp_path / "x.json").read_bytes())["dataValues"]
    group = ET.parse(tmp_path / "x.xml").getroot()[0]  # noqa: S314  (it is our own)
    assert len(rows) == len(values) == len(group) > 0
    assert run("dhis2", *days, "-o", tmp_path / "x.pdf")[0] == 1
    status, _, err = run("dhis2", "--from", f"{year}-01-02", "--to", f"{year}-12-31", "-o", tmp_path / "y.json")
    assert (status, "whole month" in err, (tmp_path / "y.json").exists()) == (1, True, False)


def test_contacts(run, tmp_path):
    status, out, err = run("contacts", "-o", tmp_path / "x.vcf", "--reason", "x")
    assert status == 0
    assert "leave the office" in err
    cards = (tmp_path / "x.vcf").read_bytes().count(b"BEGIN:VCARD")
    assert f"{cards} contacts" in out
    assert run("contacts", "-o", tmp_path / "x.csv", "--reason", "x", "--with-notes")[0] == 0
    assert run("contacts", "-o", tmp_path / "x.txt", "--reason", "x")[0] == 1


def test_quality(run):
    status, out, _ = run("quality", "--json")
    assert status == 0
    rows = json.loads(out)
    assert {"rule", "weight", "message", "case", "child", "type", "id", "field"} == set(rows[0])
    assert len(run("quality")[1].splitlines()) == len(rows)
    wrong = json.loads(run("quality", "--json", "--only", "contradiction")[1])
    assert [row for row in rows if row["weight"] == "contradiction"] == wrong
    assert run("--words", "km", "quality")[0] == 0
