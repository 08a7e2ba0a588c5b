from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.errors import WorkbookError
from gouji.hosts.package.archive import Archive
from tests.hosts import packages

PLAIN = packages.workbook({"一": packages.sheet()}, {"docProps/说明.xml": b"<a/>"})


def opened(data: bytes) -> Archive:
    return Archive(data, "决算.xlsx")


@pytest.mark.parametrize("options", [{}, {"stored": True}, {"stream": True}, {"comment": b"PK\5\6 a comment"}])
def test_rewriting_nothing_gives_the_same_bytes(options: dict[str, bool]) -> None:
    data = packages.zipped(PLAIN, **options)  # type: ignore[arg-type]
    archive = opened(data)
    assert archive.names == tuple(PLAIN)
    assert {name: archive.read(name) for name in archive.names} == PLAIN
    assert archive.rewrite({}, {}, ()) == data


@pytest.mark.parametrize("options", [{}, {"stored": True}, {"stream": True}, {"comment": b"hello"}])
def test_a_changed_part_changed_back_gives_the_same_bytes(options: dict[str, bool]) -> None:
    data = packages.zipped(PLAIN, **options)  # type: ignore[arg-type]
    changed = opened(data).rewrite({"xl/styles.xml": b"<other/>"}, {"xl/new.xml": b"<new/>"}, ())
    assert packages.entries(changed) == PLAIN | {"xl/styles.xml": b"<other/>", "xl/new.xml": b"<new/>"}
    assert list(packages.entries(changed)) == [*PLAIN, "xl/new.xml"]
    back = opened(changed).rewrite({"xl/styles.xml": PLAIN["xl/styles.xml"]}, {}, {"xl/new.xml"})
    assert back == data


def test_untouched_entries_keep_their_compressed_bytes_and_headers() -> None:
    data = bytearray(packages.zipped(PLAIN))
    level9 = io.BytesIO()
    with zipfile.ZipFile(level9, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name, content in PLAIN.items():
            info = zipfile.ZipInfo(name, (1999, 1, 1, 1, 1, 2))
            info.extra = struct.pack("<2H4s", 0x9999, 4, b"mine")
            info.external_attr = 0o644 << 16
            info.comment = b"entry comment"
            out.writestr(info, content * 50 if name == "docProps/说明.xml" else content, zipfile.ZIP_DEFLATED)
    data = bytearray(level9.getvalue())
    result = opened(bytes(data)).rewrite({"xl/workbook.xml": PLAIN["xl/workbook.xml"] + b" "}, {}, ())
    before, after = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(result))
    for one, two in zip(before.infolist(), after.infolist(), strict=True):
        assert (one.filename, one.date_time, one.extra, one.external_attr, one.comment) == (
            two.filename, two.date_time, two.extra, two.external_attr, two.comment,
        )  # fmt: skip
        if one.filename != "xl/workbook.xml":
            raw = data[one.header_offset : one.header_offset + 30 + one.compress_size]
            assert result[two.header_offset : two.header_offset + 30 + two.compress_size] == raw


def test_bytes_before_the_first_entry_are_kept() -> None:
    data = b"#!/bin/sh\n" + packages.zipped(PLAIN)
    result = opened(data).rewrite({}, {"new": b"1"}, ())
    assert result.startswith(b"#!/bin/sh\n")
    assert packages.entries(result) == PLAIN | {"new": b"1"}


def test_64_bit_entries_are_read_and_rewritten(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in PLAIN.items():
            with out.open(zipfile.ZipInfo(name), "w", force_zip64=True) as part:
                part.write(content)
    archive = opened(buffer.getvalue())
    changed = archive.rewrite({"xl/styles.xml": b"<other/>"}, {}, ())
    assert packages.entries(changed) == PLAIN | {"xl/styles.xml": b"<other/>"}
    assert opened(changed).read("xl/styles.xml") == b"<other/>"


@given(st.dictionaries(st.text("abc/", min_size=1), st.binary(max_size=40), max_size=5), st.booleans(), st.booleans())
def test_any_parts_survive(more: dict[str, bytes], stored: bool, stream: bool) -> None:
    extra = {f"x/{number}": content for number, content in enumerate(more.values())}
    archive = opened(packages.zipped(PLAIN | extra, stored=stored, stream=stream))
    result = archive.rewrite({name: content + b"!" for name, content in extra.items()}, {"n": b""}, {"xl/styles.xml"})
    expected = PLAIN | {name: content + b"!" for name, content in extra.items()} | {"n": b""}
    del expected["xl/styles.xml"]
    assert packages.entries(result) == expected


def refused(path: Path) -> str:
    with pytest.raises(WorkbookError) as caught:
        Archive.open(path)
    assert caught.value.exit_code == 3
    assert path.name in caught.value.english
    return caught.value.chinese


def test_what_is_no_workbook_is_named_with_the_next_step(tmp_path: Path) -> None:
    path = tmp_path / "决算.xlsx"
    assert refused(path) == f"找不到文件 {path}。请核对文件名和所在文件夹。"
    path.mkdir()
    assert refused(path) == "决算.xlsx 是文件夹，不是工作簿。请给出 .xlsx 文件；整个文件夹请用 gouji batch。"
    path.rmdir()
    for content, message in (
        (b"", "决算.xlsx 是空文件（0 字节）。请重新导出或复制该工作簿。"),
        ("表一".encode(), "决算.xlsx 不是 Excel 工作簿：内容不是 .xlsx 格式。请用 Excel 或 WPS 打开后另存为 .xlsx。"),
        (OLE2, "决算.xlsx 是旧格式文件（.xls、.et 或 .doc）。请用 Excel 或 WPS 打开后另存为 .xlsx 再审核。"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"),
         "决算.xlsx 已加密，需要打开密码。请先在 Excel 或 WPS 中取消打开密码，另存后再审核。"),
        (packages.zipped({"a.txt": b"1"}),
         "决算.xlsx 不是 .xlsx 工作簿，只是一个压缩文件。请用 Excel 或 WPS 打开后另存为 .xlsx。"),
        (packages.zipped({"mimetype": b"", "content.xml": b""}),
         "决算.xlsx 不是 .xlsx 工作簿，而是 OpenDocument（.ods）。请用 Excel 或 WPS 打开后另存为 .xlsx。"),
        (packages.zipped(PLAIN | {"[Content_Types].xml": packages.types({"word/document.xml": "word.main+xml"})}),
         "决算.xlsx 不是 .xlsx 工作簿，其中没有工作簿。请用 Excel 或 WPS 打开后另存为 .xlsx。"),
    ):  # fmt: skip
        path.write_bytes(content)
        assert refused(path) == message


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize("cut", [10, 200, -10, -1])
def test_a_truncated_zip_is_damaged(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "决算.xlsx"
    path.write_bytes(packages.zipped(PLAIN)[:cut])
    assert refused(path).startswith("决算.xlsx 已损坏或不完整")


def test_a_damaged_part_is_named(tmp_path: Path) -> None:
    data = packages.zipped(PLAIN, stored=True)
    with pytest.raises(WorkbookError, match=r"损坏处在 xl/styles\.xml"):
        opened(data.replace("宋体".encode(), "楷体".encode(), 1)).read("xl/styles.xml")


def test_a_missing_part_is_named() -> None:
    with pytest.raises(WorkbookError, match=r"缺少部件 xl/none\.xml"):
        opened(packages.zipped(PLAIN)).read("xl/none.xml")


def test_an_entry_that_expands_without_measure_is_not_read() -> None:
    bomb = PLAIN | {"xl/sharedStrings.xml": bytes(90 * 1024 * 1024)}
    with pytest.raises(WorkbookError, match="解压后过大"):
        opened(packages.zipped(bomb))


def test_an_entry_never_expands_beyond_its_stated_size() -> None:
    data = packages.zipped(PLAIN | {"xl/sharedStrings.xml": bytes(3_000_000)})
    lied = data.replace(struct.pack("<L", 3_000_000), struct.pack("<L", 30))
    with pytest.raises(WorkbookError, match="已损坏"):
        opened(lied).read("xl/sharedStrings.xml")
