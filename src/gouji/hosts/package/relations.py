"""How the parts of a package refer to one another."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache
from posixpath import basename, dirname, join, normpath, relpath
from typing import NamedTuple
from urllib.parse import unquote

from gouji.hosts.package.known import known_by_content
from gouji.hosts.package.markup import parse

_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"


class Relation(NamedTuple):
    """A relationship: ``kind`` is the last word of its type (``worksheet``), ``target`` the part it leads to."""

    id: str
    kind: str
    target: str


def relations_part(source: str) -> str:
    """``xl/workbook.xml`` → ``xl/_rels/workbook.xml.rels``; the package itself is ``""``."""
    folder, slash, name = source.rpartition("/")
    return f"{folder}{slash}_rels/{name}.rels"


@known_by_content
def read_relations(data: bytes, part: str) -> tuple[Relation, ...]:
    """The relations to other parts that the relationships part ``part`` holds, their targets as written but whole.

    Raises WorkbookError when it is damaged.
    """
    folder = dirname(dirname(part))
    found: list[Relation] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == _RELATIONSHIP and attributes.get("TargetMode") != "External":
            target = join("/", folder, attributes["Target"].replace("\\", "/"))
            kind = attributes.get("Type", "").rpartition("/")[2]
            found.append(Relation(attributes["Id"], kind, normpath(target).lstrip("/")))

    parse(data, part, start)
    return tuple(found)


def existing(relation: Relation, parts: Container[str]) -> Relation:
    """The relation with the name its target has among ``parts``: some programs write it with ``%20``, some do not."""
    if relation.target in parts:
        return relation
    return relation._replace(target=normpath(unquote(relation.target)).lstrip("/"))


def relative_target(part: str, source: str) -> str:
    """How a relation of ``source`` names ``part``: ``../comments1.xml``."""
    return join(_relative_folder(dirname(part), dirname(source)), basename(part))


@lru_cache(maxsize=64)
def _relative_folder(folder: str, start: str) -> str:
    found = relpath("/" + folder, "/" + start)
    return "" if found == "." else found
