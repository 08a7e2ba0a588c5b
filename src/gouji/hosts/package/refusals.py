"""Files that are no workbook package, each with a message that says what it is and what to do next."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

from gouji.errors import WorkbookError

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTENT_TYPES = "[Content_Types].xml"
_WORKBOOK_TYPE = re.compile(
    rb"(?:spreadsheetml\.(?:sheet|template)|ms-excel\.(?:sheet|template|addin)\.macroEnabled)\.main\+xml"
)
_BINARY_TYPE = b"ms-excel.sheet.binary.macroEnabled.main"


class _Parts(Protocol):
    def read(self, name: str) -> bytes: ...

    def __contains__(self, name: object) -> bool: ...


def file_bytes(path: Path) -> bytes:
    """The bytes of a file that begins like a zip package. Raises WorkbookError when it does not."""
    if path.is_dir():
        raise WorkbookError(
            f"{path.name} 是文件夹，不是工作簿。请给出 .xlsx 文件；整个文件夹请用 gouji batch。",
            f"{path.name} is a folder, not a workbook. Name an .xlsx file; for a folder use gouji batch.",
        )
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise WorkbookError(
            f"找不到文件 {path}。请核对文件名和所在文件夹。", f"No such file: {path}. Check its name and folder."
        ) from None
    except OSError as fault:
        raise WorkbookError(
            f"无法读取 {path.name}（{fault.strerror}）。请核对文件权限。",
            f"{path.name} cannot be read ({fault.strerror}). Check its permissions.",
        ) from None
    _refuse_other_file(data, path.name)
    return data


def _refuse_other_file(data: bytes, label: str) -> None:
    if not data:
        raise WorkbookError(
            f"{label} 是空文件（0 字节）。请重新导出或复制该工作簿。",
            f"{label} is empty (0 bytes). Export or copy the workbook again.",
        )
    if data.startswith(_OLE2):
        raise encrypted(label) if "EncryptedPackage".encode("utf-16-le") in data else _old_format(label)
    if not data.startswith(b"PK\3\4") and b"PK\5\6" not in data[-66_000:]:
        raise WorkbookError(
            f"{label} 不是 Excel 工作簿：内容不是 .xlsx 格式。请用 Excel 或 WPS 打开后另存为 .xlsx。",
            f"{label} is no Excel workbook: its content is not .xlsx whatever its name says. "
            "Open it in a spreadsheet program and save it as .xlsx.",
        )


def refuse_other_package(parts: _Parts, label: str) -> None:
    """Raise WorkbookError for a zip that holds no .xlsx/.xlsm workbook."""
    if _CONTENT_TYPES not in parts or "_rels/.rels" not in parts:
        if "mimetype" in parts and "content.xml" in parts:
            raise _no_workbook(label, "而是 OpenDocument（.ods）", "but OpenDocument (.ods)")
        raise _no_workbook(label, "只是一个压缩文件", "just a zip file")
    types = parts.read(_CONTENT_TYPES).replace(b"\0", b"")
    if _BINARY_TYPE in types and not _WORKBOOK_TYPE.search(types):
        raise _no_workbook(label, "而是二进制工作簿（.xlsb）", "but a binary workbook (.xlsb)")
    if not _WORKBOOK_TYPE.search(types):
        raise _no_workbook(label, "其中没有工作簿", "it holds no workbook")


def _no_workbook(label: str, chinese: str, english: str) -> WorkbookError:
    return WorkbookError(
        f"{label} 不是 .xlsx 工作簿，{chinese}。请用 Excel 或 WPS 打开后另存为 .xlsx。",
        f"{label} is no .xlsx workbook, {english}. Open it in a spreadsheet program and save it as .xlsx.",
    )


def _old_format(label: str) -> WorkbookError:
    return WorkbookError(
        f"{label} 是旧格式文件（.xls、.et 或 .doc）。请用 Excel 或 WPS 打开后另存为 .xlsx 再审核。",
        f"{label} is in an old format (.xls, .et or .doc). Save it as .xlsx in a spreadsheet program first.",
    )


def encrypted(label: str) -> WorkbookError:
    """The workbook has a password to open."""
    return WorkbookError(
        f"{label} 已加密，需要打开密码。请先在 Excel 或 WPS 中取消打开密码，另存后再审核。",
        f"{label} is encrypted. Remove its password in the spreadsheet program, save it, and run again.",
    )


def damaged(label: str, part: str = "") -> WorkbookError:
    """A truncated or otherwise broken package."""
    where_zh, where_en = (f"，损坏处在 {part}", f" at {part}") if part else ("", "")
    return WorkbookError(
        f"{label} 已损坏或不完整（可能没有下载或复制完{where_zh}）。请重新取得该文件。",
        f"{label} is damaged or truncated{where_en}. Get the file again.",
    )


def missing_part(label: str, part: str) -> WorkbookError:
    """A part that the package refers to is not there."""
    return WorkbookError(
        f"{label} 缺少部件 {part}，文件不完整。请用 Excel 或 WPS 打开修复后另存。",
        f"{label} lacks its part {part}. Open it in a spreadsheet program, let it repair the file, and save it.",
    )


def too_large(label: str) -> WorkbookError:
    """Content that would expand beyond any workbook of accounts."""
    return WorkbookError(
        f"{label} 解压后过大，不像正常的决算工作簿，未予读取。请核对文件来源。",
        f"{label} would expand beyond any workbook of accounts and was not read. Check where it comes from.",
    )
