"""Files that are not the package wanted, each with a message that says what it is and what to do next."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple, Protocol

from gouji.errors import WorkbookError

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTENT_TYPES = "[Content_Types].xml"
_BINARY_TYPE = b"ms-excel.sheet.binary.macroEnabled.main"


class FileKind(NamedTuple):
    """What a package should be, in the words of messages: Chinese and English in turn.

    ``main`` is the content type of its main part, ``old`` the formats of the years before.
    """

    chinese: str
    english: str
    long_chinese: str
    long_english: str
    suffix: str
    open_suffix: str
    old_chinese: str
    old_english: str
    programs: str
    program: str
    main: re.Pattern[bytes]


WORKBOOK = FileKind(
    "工作簿", "workbook", "Excel 工作簿", "Excel workbook", ".xlsx", ".ods", ".xls、.et 或 .doc", ".xls, .et or .doc",
    "Excel 或 WPS", "a spreadsheet program",
    re.compile(rb"(?:spreadsheetml\.(?:sheet|template)|ms-excel\.(?:sheet|template|addin)\.macroEnabled)\.main\+xml"),
)  # fmt: skip
DOCUMENT = FileKind(
    "文档", "document", "Word 文档", "Word document", ".docx", ".odt", ".doc、.wps 或 .xls", ".doc, .wps or .xls",
    "Word 或 WPS", "a word processor",
    re.compile(rb"(?:wordprocessingml\.(?:document|template)|ms-word\.(?:document|template)\.macroEnabled\w*)\.main\+xml"),
)  # fmt: skip


class _Parts(Protocol):
    def read(self, name: str) -> bytes: ...

    def __contains__(self, name: object) -> bool: ...


def file_bytes(path: Path, kind: FileKind = WORKBOOK) -> bytes:
    """The bytes of a file that begins like a zip package. Raises WorkbookError when it does not."""
    data = content_of(path, kind)
    _refuse_other_file(data, path.name, kind)
    return data


def content_of(path: Path, kind: FileKind = WORKBOOK) -> bytes:
    """The bytes of a file that holds any. Raises WorkbookError when it cannot be read or is empty."""
    if path.is_dir():
        raise WorkbookError(
            f"{path.name} 是文件夹，不是{kind.chinese}。请给出 {kind.suffix} 文件；整个文件夹请用 gouji batch。",
            f"{path.name} is a folder, not a {kind.english}. "
            f"Name {_article(kind.suffix)} file; for a folder use gouji batch.",
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
    if not data:
        raise WorkbookError(
            f"{path.name} 是空文件（0 字节）。请重新导出或复制该{kind.chinese}。",
            f"{path.name} is empty (0 bytes). Export or copy the {kind.english} again.",
        )
    return data


def _article(suffix: str) -> str:
    return f"an {suffix}" if suffix == ".xlsx" else f"a {suffix}"


def _refuse_other_file(data: bytes, label: str, kind: FileKind) -> None:
    if data.startswith(_OLE2):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise encrypted(label, kind) if locked else _old_format(label, kind)
    if not data.startswith(b"PK\3\4") and b"PK\5\6" not in data[-66_000:]:
        raise WorkbookError(
            f"{label} 不是 {kind.long_chinese}：内容不是 {kind.suffix} 格式。"
            f"请用 {kind.programs} 打开后另存为 {kind.suffix}。",
            f"{label} is no {kind.long_english}: its content is not {kind.suffix} whatever its name says. "
            f"Open it in {kind.program} and save it as {kind.suffix}.",
        )


def refuse_other_package(parts: _Parts, label: str, kind: FileKind = WORKBOOK) -> None:
    """Raise WorkbookError for a zip that holds no package of this kind."""
    if _CONTENT_TYPES not in parts or "_rels/.rels" not in parts:
        if "mimetype" in parts and "content.xml" in parts:
            suffix = kind.open_suffix
            raise _no_package(label, kind, f"而是 OpenDocument（{suffix}）", f"but OpenDocument ({suffix})")
        raise _no_package(label, kind, "只是一个压缩文件", "just a zip file")
    types = parts.read(_CONTENT_TYPES).replace(b"\0", b"")
    if kind.main.search(types):
        return
    other = DOCUMENT if kind is WORKBOOK else WORKBOOK
    if other.main.search(types):
        raise _no_package(label, kind, f"而是 {other.long_chinese}", f"but a {other.long_english}", save=False)
    if _BINARY_TYPE in types:
        raise _no_package(label, kind, "而是二进制工作簿（.xlsb）", "but a binary workbook (.xlsb)")
    raise _no_package(label, kind, f"其中没有{kind.chinese}", f"it holds no {kind.english}")


def _no_package(label: str, kind: FileKind, chinese: str, english: str, *, save: bool = True) -> WorkbookError:
    next_chinese = f"请用 {kind.programs} 打开后另存为 {kind.suffix}。" if save else "请核对给出的是哪个文件。"
    next_english = f"Open it in {kind.program} and save it as {kind.suffix}." if save else "Check which file was named."
    return WorkbookError(
        f"{label} 不是 {kind.suffix} {kind.chinese}，{chinese}。{next_chinese}",
        f"{label} is no {kind.suffix} {kind.english}, {english}. {next_english}",
    )


def _old_format(label: str, kind: FileKind) -> WorkbookError:
    return WorkbookError(
        f"{label} 是旧格式文件（{kind.old_chinese}）。请用 {kind.programs} 打开后另存为 {kind.suffix} 再审核。",
        f"{label} is in an old format ({kind.old_english}). Save it as {kind.suffix} in {kind.program} first.",
    )


def encrypted(label: str, kind: FileKind = WORKBOOK) -> WorkbookError:
    """The file has a password to open."""
    return WorkbookError(
        f"{label} 已加密，需要打开密码。请先在 {kind.programs} 中取消打开密码，另存后再审核。",
        f"{label} is encrypted. Remove its password in {kind.program}, save it, and run again.",
    )


def damaged(label: str, part: str = "") -> WorkbookError:
    """A truncated or otherwise broken package."""
    where_zh, where_en = (f"，损坏处在 {part}", f" at {part}") if part else ("", "")
    return WorkbookError(
        f"{label} 已损坏或不完整（可能没有下载或复制完{where_zh}）。请重新取得该文件。",
        f"{label} is damaged or truncated{where_en}. Get the file again.",
    )


def missing_part(label: str, part: str, kind: FileKind = WORKBOOK) -> WorkbookError:
    """A part that the package refers to is not there."""
    return WorkbookError(
        f"{label} 缺少部件 {part}，文件不完整。请用 {kind.programs} 打开修复后另存。",
        f"{label} lacks its part {part}. Open it in {kind.program}, let it repair the file, and save it.",
    )


def too_large(label: str) -> WorkbookError:
    """Content that would expand beyond any file of accounts."""
    return WorkbookError(
        f"{label} 解压后过大，不像正常的决算文件，未予读取。请核对文件来源。",
        f"{label} would expand beyond any file of accounts and was not read. Check where it comes from.",
    )
