"""When nothing may be written, and how writing is all or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gouji.errors import WorkbookError
from gouji.hosts.package import locks
from gouji.hosts.package.writing import annotate_package, clear_package
from gouji.hosts.protocol import CellNote
from gouji.sheet import CellRef
from tests.hosts import packages

NOTES = [CellNote(CellRef("GK02 收入决算表", 8, 3), ("【勾稽 A06】不符",), "error")]


def refused(book: Path, **options: object) -> str:
    before = {path: path.read_bytes() for path in book.parent.iterdir() if path.is_file()}
    with pytest.raises(WorkbookError) as caught:
        annotate_package(book, NOTES, **options)  # type: ignore[arg-type]
    assert {path: path.read_bytes() for path in book.parent.iterdir() if path.is_file()} == before
    assert caught.value.english
    return caught.value.chinese


@pytest.mark.parametrize("lock", ["~$决算.xlsx", ".~lock.决算.xlsx#", ".~决算.xlsx"])
def test_a_file_open_elsewhere_is_refused(book: Path, lock: str) -> None:
    (book.parent / lock).write_bytes(b"")
    assert refused(book) == (
        f"决算.xlsx 正在其他程序中打开（有锁定文件 {lock}），未写入。"
        "请先关闭该文件；若确已关闭，请删除这个锁定文件后重试。"
    )


def test_a_copy_of_a_file_open_elsewhere_may_be_written(book: Path, tmp_path: Path) -> None:
    (book.parent / "~$决算.xlsx").write_bytes(b"")
    assert annotate_package(book, NOTES, out=tmp_path / "副本.xlsx").changed


def test_a_read_only_file_is_refused(book: Path) -> None:
    book.chmod(0o444)
    assert refused(book) == "决算.xlsx 是只读文件，未写入。请取消只读属性，或用 -o 另存为副本。"


def test_a_read_only_folder_is_refused(book: Path) -> None:
    book.parent.chmod(0o555)
    try:
        assert refused(book).startswith(f"文件夹 {book.parent} 不可写")
    finally:
        book.parent.chmod(0o755)


def test_a_missing_folder_is_refused(book: Path) -> None:
    assert refused(book, out=book.parent / "没有" / "副本.xlsx").startswith(f"文件夹 {book.parent / '没有'} 不存在")


def test_a_locked_file_that_needs_no_change_is_no_error(book: Path) -> None:
    annotate_package(book, NOTES)
    (book.parent / "~$决算.xlsx").write_bytes(b"")
    assert not annotate_package(book, NOTES).changed


def test_the_first_write_keeps_the_original_and_later_ones_leave_it(book: Path) -> None:
    data = book.read_bytes()
    kept = book.parent / "决算.原件.xlsx"
    assert annotate_package(book, NOTES).backup == kept
    assert kept.read_bytes() == data
    assert annotate_package(book, []).backup is None
    assert annotate_package(book, NOTES, highlight=True).backup is None
    assert clear_package(book).backup is None
    assert kept.read_bytes() == data


def test_no_copy_is_kept_when_not_wanted(book: Path) -> None:
    assert annotate_package(book, NOTES, backup=False).backup is None
    assert list(book.parent.iterdir()) == [book]


def test_the_mode_is_kept(book: Path) -> None:
    book.chmod(0o640)
    annotate_package(book, NOTES)
    assert book.stat().st_mode & 0o777 == 0o640
    assert (book.parent / "决算.原件.xlsx").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(book: Path, tmp_path: Path) -> None:
    link = tmp_path / "链接" / "一.xlsx"
    link.parent.mkdir()
    link.symlink_to(book)
    annotate_package(link, NOTES)
    assert link.is_symlink()
    assert "xl/comments/comment1.xml" in packages.entries(book)
    assert (book.parent / "决算.原件.xlsx").exists()


def test_a_write_that_fails_leaves_the_file_and_nothing_else(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert refused(book, backup=False).startswith("决算.xlsx 未能写入（No space left on device），原文件未变")


def test_backup_names() -> None:
    assert locks.backup_path(Path("a/2020 决算.v1.xlsm")) == Path("a/2020 决算.v1.原件.xlsm")


class TestSigned:
    """A digital signature covers the parts that notes change."""

    @staticmethod
    def signed(folder: Path) -> Path:
        parts = packages.workbook({"GK02 收入决算表": packages.sheet()}, {"_xmlsignatures/sig1.xml": b"<Signature/>"})
        return packages.save(folder, parts)

    def test_in_place_is_refused(self, tmp_path: Path) -> None:
        assert refused(self.signed(tmp_path)) == (
            "决算.xlsx 带有数字签名，写入批注会使签名失效，未写入。请用 -o 写到副本。"
        )

    def test_a_copy_says_so_and_clears_back(self, tmp_path: Path) -> None:
        path, out = self.signed(tmp_path), tmp_path / "副本.xlsx"
        assert annotate_package(path, NOTES, out=out).remarks == (
            ("原文件带有数字签名，副本中的签名不再有效；clear 之后恢复。",
             "the original is digitally signed; the signature does not hold for the copy until it is cleared."),
        )  # fmt: skip
        clear_package(out)
        assert out.read_bytes() == path.read_bytes()


def test_a_protected_sheet_is_noted_and_said(tmp_path: Path) -> None:
    inside = packages.DATA + '<sheetProtection sheet="1" objects="1"/>'
    path = packages.save(tmp_path, packages.workbook({"GK02 收入决算表": packages.sheet(inside)}))
    outcome = annotate_package(path, NOTES)
    assert outcome.remarks == (
        ("工作表“GK02 收入决算表”设有保护，批注已写入文件，保护未变。",
         "sheet GK02 收入决算表 is protected; the notes were written and the protection is unchanged."),
    )  # fmt: skip


def test_a_part_that_is_no_xml_is_refused(tmp_path: Path) -> None:
    parts = packages.workbook({"GK02 收入决算表": packages.sheet()})
    parts["xl/worksheets/sheet1.xml"] = b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>"
    assert "DTD" in refused(packages.save(tmp_path, parts))
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData></worksheet>"
    assert "XML 有误" in refused(packages.save(tmp_path, parts))
