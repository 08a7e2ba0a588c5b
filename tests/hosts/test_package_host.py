"""The host of a file: what was read is what is annotated, and references to parts that are not there."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

import openpyxl
import pytest

from gouji.errors import WorkbookError
from gouji.hosts.package.archive import Archive
from gouji.hosts.package.host import PackageHost
from gouji.hosts.package.reading import read_package
from gouji.hosts.package.writing import annotate_package, clear_package
from gouji.hosts.protocol import CellNote, ResultRow, ResultSheet
from gouji.sheet import CellRef
from tests.hosts import packages

TEXT = "【勾稽 A06】列示 1,899.0"
NOTES = [CellNote(CellRef("一", 2, 1), (TEXT,), "error")]
MISSING = "../drawings/vmlDrawing1.vml"


def one_sheet(inside: str = packages.DATA, *listed: tuple[str, str, str]) -> packages.Parts:
    more = {"xl/worksheets/_rels/sheet1.xml.rels": packages.rels(*listed)} if listed else {}
    return packages.workbook({"一": packages.sheet(inside)}, more)


def texts(path: Path) -> dict[str, str]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return {cell.coordinate: cell.comment.text for cell in sheet._cells.values() if cell.comment}


def test_the_file_is_opened_once(tmp_path: Path) -> None:
    path = packages.save(tmp_path, one_sheet())
    host = PackageHost(path, backup=False)
    with patch.object(Archive, "open", wraps=Archive.open) as opened:
        assert host.read() == read_package(path)
        opened.reset_mock()
        assert host.annotate(NOTES).noted == (CellRef("一", 2, 1),)
        assert opened.call_count == 0
    assert texts(path) == {"A2": TEXT}
    assert host.annotate(NOTES).changed is False
    assert host.clear().removed == 1
    assert packages.entries(path) == one_sheet()


def test_a_file_changed_since_it_was_read_is_not_written(tmp_path: Path) -> None:
    path = packages.save(tmp_path, one_sheet())
    host = PackageHost(path)
    host.read()
    changed = packages.zipped(one_sheet(packages.DATA.replace("1899", "1888.9")))
    path.write_bytes(changed)
    os.utime(path, ns=(0, 0))
    with pytest.raises(WorkbookError, match="在审核期间被其他程序改动，未写入。请重新运行。"):
        host.annotate(NOTES)
    assert path.read_bytes() == changed
    assert list(tmp_path.iterdir()) == [path]
    assert host.annotate(NOTES).changed


def test_a_copy_holds_what_was_read(tmp_path: Path) -> None:
    path = packages.save(tmp_path, one_sheet())
    host = PackageHost(path, out=tmp_path / "副本.xlsx")
    host.read()
    path.write_bytes(b"")
    host.annotate(NOTES)
    assert texts(tmp_path / "副本.xlsx") == {"A2": TEXT}


def test_our_own_result_sheet_is_no_sheet_of_the_workbook(tmp_path: Path) -> None:
    path = packages.save(tmp_path, one_sheet())
    before = read_package(path)
    results = ResultSheet("结果", ("级别",), (ResultRow(("错误",), CellRef("一", 1, 1), "error"),))
    annotate_package(path, [], result_sheet=results)
    assert openpyxl.load_workbook(path).sheetnames == ["一", "勾稽审核结果"]
    assert read_package(path) == before


def test_a_persons_sheet_of_that_name_is_read(tmp_path: Path) -> None:
    path = packages.save(tmp_path, packages.workbook({"勾稽审核结果": packages.sheet()}))
    assert [sheet.name for sheet in read_package(path).sheets] == ["勾稽审核结果"]


DANGLING = {
    "a drawing that is not there": one_sheet(
        packages.DATA + '<legacyDrawing r:id="rId7"/>', ("rId7", "vmlDrawing", MISSING)
    ),
    "a relation that is not there": one_sheet(packages.DATA + '<legacyDrawing r:id="rId7"/>'),
    "a relation that is not there beside others": one_sheet(
        packages.DATA + '<legacyDrawing r:id="rId7"/>', ("rId1", "printerSettings", "../printerSettings1.bin")
    ),
    "comments that are not there": one_sheet(packages.DATA, ("rId7", "comments", "../comments1.xml")),
    "both": one_sheet(
        packages.DATA + '<legacyDrawing r:id="rId8"/>',
        ("rId7", "comments", "../comments1.xml"), ("rId8", "vmlDrawing", MISSING),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DANGLING)
def test_references_to_parts_that_are_not_there_are_mended_and_left_again(name: str, tmp_path: Path) -> None:
    path = packages.save(tmp_path, DANGLING[name])
    assert read_package(path).sheets[0].notes == ()
    annotate_package(path, NOTES, backup=False)
    assert texts(path) == {"A2": TEXT}
    after = packages.entries(path)
    assert after["xl/worksheets/sheet1.xml"].count(b"<legacyDrawing") == 1
    assert annotate_package(path, NOTES, backup=False).changed is False
    clear_package(path, backup=False)
    assert packages.entries(path) == DANGLING[name]


def test_a_drawing_id_that_leads_out_of_the_package_is_refused(tmp_path: Path) -> None:
    parts = one_sheet(packages.DATA + '<legacyDrawing r:id="rId7"/>', ("rId7", "vmlDrawing", MISSING))
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    parts[name] = parts[name].replace(b"/>", b' TargetMode="External"/>')
    path = packages.save(tmp_path, parts)
    before = path.read_bytes()
    with pytest.raises(WorkbookError, match="legacyDrawing 指向不存在的部件"):
        annotate_package(path, NOTES)
    assert path.read_bytes() == before


def test_targets_written_with_escapes_and_without(tmp_path: Path) -> None:
    for target in ("worksheets/表%20一.xml", "worksheets/表 一.xml"):
        parts = packages.workbook({"一": packages.sheet()})
        parts["xl/worksheets/表 一.xml"] = parts.pop("xl/worksheets/sheet1.xml")
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            parts[name] = parts[name].replace(b"worksheets/sheet1.xml", target.encode())
        path = packages.save(tmp_path, parts)
        assert len(read_package(path).sheets[0].cells) == 3
        annotate_package(path, NOTES, backup=False)
        clear_package(path, backup=False)
        assert packages.entries(path) == parts
