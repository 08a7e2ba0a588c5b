"""How the parts of a package refer to one another."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote

from gouji.hosts.package.markup import parse

_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"


class Relation(NamedTuple):
    """``kind`` is the last word of the relation's type (``worksheet``), ``target`` a part name."""

    kind: str
    target: str


def relations_part(part: str) -> str:
    """``xl/workbook.xml`` → ``xl/_rels/workbook.xml.rels``; the package itself is ``""``."""
    folder, _, name = part.rpartition("/")
    return join(folder, "_rels", f"{name}.rels")


def read_relations(data: bytes, source: str) -> dict[str, Relation]:
    """The internal relations of the part ``source``, by id."""
    found: dict[str, Relation] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == _RELATIONSHIP and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes["Id"]] = Relation(kind, resolved(attributes["Target"], source))

    parse(data, relations_part(source), start)
    return found


def resolved(target: str, source: str) -> str:
    """The part a target names: absolute from the package's root, else relative to the folder of ``source``."""
    path = unquote(target)
    if not path.startswith("/"):
        path = join("/", dirname(source), path)
    return normpath(path).lstrip("/")
