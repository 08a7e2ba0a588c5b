"""What is appended to the workbook's styles, and taken out again to the byte."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.hosts.package import spans
from gouji.hosts.package.parts import Parts, related, workbook_part
from gouji.hosts.package.spans import OWN, Edits, Element

_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
    "colors", "extLst",
)  # fmt: skip
_ITEMS = {"dxfs": "dxf", "cellXfs": "xf"}


def styles_part(parts: Parts) -> str | None:
    """The name of the styles part, if the workbook has one."""
    return related(parts, workbook_part(parts), "styles")


def append_items(parts: Parts, name: str, holder: str, items: Sequence[bytes]) -> int:
    """Append ``items`` to the list ``holder`` of the styles; the index of the first.

    Items are written without prefix as ``<dxf>…</dxf>`` and get the prefix and the mark of ours.
    """
    data = parts.read(name)
    root = parts.listing(name)
    prefix = spans.prefix(data, root)
    content = b"".join(_own(item, prefix, _ITEMS[holder]) for item in items)
    edits = Edits(data)
    listed = root.child(holder)
    if listed is None:
        tag = prefix + holder.encode()
        whole = b'<%s count="%d">%s</%s%s>' % (tag, len(items), content, tag, OWN)
        edits.insert(_place(root, holder), whole)
    else:
        edits.append(listed, content)
        _recount(edits, listed, len(items))
    parts.edit(name, edits)
    return len(listed.children) if listed else 0


def strip_items(parts: Parts, name: str, holder: str) -> int:
    """Take our items out of the end of a list; how many there were."""
    data = parts.read(name)
    listed = parts.listing(name).child(holder)
    if listed is None:
        return 0
    edits = Edits(data)
    ours = []
    for item in reversed(listed.children):
        if spans.mark(data, item) != OWN:
            break
        ours.append(item)
    if spans.mark(data, listed) == OWN and len(ours) == len(listed.children):
        edits.remove(listed)
    elif ours:
        for item in ours:
            edits.remove(item)
        _recount(edits, listed, -len(ours))
        if len(ours) == len(listed.children):
            edits.close_if_opened(listed)
    parts.edit(name, edits)
    return len(ours)


def _own(item: bytes, prefix: bytes, name: str) -> bytes:
    """An item with the prefix in every tag and the mark of ours in its end tag."""
    if prefix:
        item = re.sub(rb"<(/?)", rb"<\1" + prefix, item)
    end = b"</" + prefix + name.encode()
    return item.removesuffix(end + b">") + end + OWN + b">"


def _recount(edits: Edits, listed: Element, more: int) -> None:
    """Change the ``count`` of a list, where it is written as the plain number it is."""
    count = listed.attributes.get("count", "")
    for quote in ('"', "'"):
        written = f"count={quote}{count}{quote}".encode()
        at = edits.data.find(b" " + written, listed.start, listed.inner)
        if at >= 0 and count.isdecimal() and str(int(count)) == count and int(count) + more >= 0:
            new = f" count={quote}{int(count) + more}{quote}".encode()
            edits.replace(at, at + 1 + len(written), new)
            return


def _place(root: Element, name: str) -> int:
    later = _ORDER[_ORDER.index(name) + 1 :]
    return next((child.start for child in root.children if child.name in later), root.inner_end)
