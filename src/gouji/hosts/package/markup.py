"""XML parts of a package, streamed with expat; document types and entities are refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from xml.parsers import expat

from gouji.errors import WorkbookError

MAIN_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
RELATIONSHIP_NAMESPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)

NO_NAMES: Mapping[str, str] = MappingProxyType({})

StartHandler = Callable[[str, dict[str, str]], None]
EndHandler = Callable[[str], None]
TextHandler = Callable[[str], None]

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def damaged(part: str, chinese: str, english: str) -> WorkbookError:
    """The error of a part that cannot be read."""
    whole = ("文档", "document") if part.startswith("word/") else ("工作簿", "workbook")
    return WorkbookError(
        f"{whole[0]}的部件 {part} 无法读取：{chinese}", f"part {part} of the {whole[1]} cannot be read: {english}"
    )


def parse(
    data: bytes | str,
    part: str,
    start: StartHandler,
    end: EndHandler | None = None,
    text: TextHandler | None = None,
    known: Mapping[str, str] = NO_NAMES,
) -> None:
    """Stream ``data`` through the handlers; names arrive as ``namespace local`` (one space), or plain without one.

    An element of ``known`` arrives under its short name there. Raises ``WorkbookError`` naming ``part`` when it is
    not well-formed or declares a document type.
    """
    parser = expat.ParserCreate(None, " ", dict(known))
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text

    def refuse(*_: object) -> None:
        raise damaged(part, "含有文档类型声明（DTD），不安全", "it declares a document type (DTD), which is not safe")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        place = f"{error.lineno}:{error.offset + 1}"
        reason = expat.ErrorString(error.code)
        raise damaged(part, f"XML 有误（{place} {reason}）", f"faulty XML ({place} {reason})") from error
    except (LookupError, ValueError) as error:
        raise damaged(part, f"内容有误（{error}）", f"faulty content ({error})") from error


def names(*local: str) -> dict[str, str]:
    """Short names ``<local>`` of spreadsheet elements, transitional or strict, for ``parse``.

    The angle bracket keeps them apart from attributes and from elements without a namespace.
    """
    return {f"{space} {name}": f"<{name}>" for space in MAIN_NAMESPACES for name in local}


def relationship_id(attributes: dict[str, str]) -> str | None:
    """The value of ``r:id`` in either namespace."""
    for space in RELATIONSHIP_NAMESPACES:
        if (found := attributes.get(f"{space} id")) is not None:
            return found
    return None


def unescaped(text: str) -> str:
    """A text with the escapes ``_xHHHH_`` of characters that XML cannot hold put back."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
