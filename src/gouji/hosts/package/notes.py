"""The notes of one sheet: comments part, boxes, the sheet's ``legacyDrawing``, relationships, content types."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.hosts.package import comments_xml, vml
from gouji.hosts.package.grid import insertion_point, layout, legacy_drawings
from gouji.hosts.package.markup import damaged, relationship_id
from gouji.hosts.package.parts import (
    OURS,
    Parts,
    Relation,
    SheetPart,
    add_relation,
    is_strict,
    relations,
    relationship_attribute,
    remove_relations,
)
from gouji.hosts.package.spans import Edits, Element, prefix
from gouji.sheet import Address

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_BOXES_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_COMMENTS_ID, _BOXES_ID = f"{OURS}Notes", f"{OURS}Boxes"


def strip_notes(parts: Parts, sheet: SheetPart) -> frozenset[Address]:
    """Take every note of ours out of a sheet; the cells that carried one."""
    found = relations(parts, sheet.part)
    gone: set[str] = set()
    whole: frozenset[Address] = frozenset()
    carried: frozenset[Address] = frozenset()
    for relation in found:
        if relation.kind == "comments" and relation.target in parts:
            stripped = comments_xml.strip_comments(parts.read(relation.target), relation.target)
            whole, carried = whole | stripped.whole, carried | stripped.carried
            if relation.id == _COMMENTS_ID and stripped.empty:
                parts.remove(relation.target)
                gone.add(relation.id)
            elif stripped.carried:
                parts.write(relation.target, stripped.content)
    for relation in found:
        if relation.kind == "vmlDrawing" and relation.target in parts and carried:
            boxes = vml.strip_shapes(parts.read(relation.target), whole)
            parts.write(relation.target, boxes)
            if relation.id == _BOXES_ID and vml.is_unused(boxes):
                parts.remove(relation.target)
                gone.add(relation.id)
    remove_relations(parts, sheet.part, gone)
    if _BOXES_ID in gone:
        _remove_drawing_element(parts, sheet)
    return carried


def _remove_drawing_element(parts: Parts, sheet: SheetPart) -> None:
    data = parts.read(sheet.part)
    edits = Edits(data)
    for element in legacy_drawings(parts.derived(sheet.part, layout).root):
        if relationship_id(element.attributes) == _BOXES_ID:
            edits.remove(element)
    parts.edit(sheet.part, edits)


def add_notes(parts: Parts, sheet: SheetPart, notes: Mapping[Address, str], blocks: set[int]) -> None:
    """Write our text for the cells of a sheet that holds none of ours.

    ``blocks`` are the blocks of shape ids in use, as ``taken_blocks`` gives them; those newly used are added.
    """
    root, grid = parts.derived(sheet.part, layout)
    comments = _comments_part(parts, sheet, root)
    data = comments_xml.add_comments(parts.read(comments), comments, notes)
    parts.write(comments, data)
    boxes = _boxes_part(parts, sheet, root, blocks)
    drawing = parts.read(boxes)
    missing = comments_xml.noted_cells(data, comments).keys() - vml.shape_cells(drawing)
    texts = {cell: notes.get(cell, "") for cell in missing}
    drawing = vml.add_shapes(drawing, texts, grid, blocks)
    blocks |= vml.used_blocks(drawing)
    parts.write(boxes, drawing)


def _comments_part(parts: Parts, sheet: SheetPart, root: Element) -> str:
    for relation in relations(parts, sheet.part):
        if relation.kind == "comments" and relation.target in parts:
            return relation.target
    name = f"xl/comments_{OURS}{sheet.index + 1}.xml"
    parts.write(name, comments_xml.new_comments(root.space.encode()))
    parts.declare(name, _COMMENTS_TYPE)
    add_relation(parts, sheet.part, Relation(_COMMENTS_ID, "comments", name), is_strict(root))
    return name


def _boxes_part(parts: Parts, sheet: SheetPart, root: Element, blocks: set[int]) -> str:
    for element in legacy_drawings(root):
        wanted = relationship_id(element.attributes)
        for relation in relations(parts, sheet.part):
            if relation.id == wanted and relation.target in parts:
                return relation.target
        raise damaged(sheet.part, "legacyDrawing 指向不存在的部件", "its legacyDrawing leads to no part")
    name = f"xl/drawings/vmlDrawing_{OURS}{sheet.index + 1}.vml"
    parts.write(name, vml.new_drawing(max(blocks, default=0) + 1))
    parts.declare(name, _BOXES_TYPE)
    add_relation(parts, sheet.part, Relation(_BOXES_ID, "vmlDrawing", name), is_strict(root))
    _insert_drawing_element(parts, sheet, root)
    return name


def _insert_drawing_element(parts: Parts, sheet: SheetPart, root: Element) -> None:
    data = parts.read(sheet.part)
    declaration, attribute = relationship_attribute(data, root)
    element = b'<%slegacyDrawing%s %s="%s"/>'
    edits = Edits(data)
    content = element % (prefix(data, root), declaration, attribute, _BOXES_ID.encode())
    edits.insert(insertion_point(root, "legacyDrawing"), content)
    parts.edit(sheet.part, edits)


def taken_blocks(parts: Parts) -> set[int]:
    """The blocks of shape ids that the package's drawings use."""
    drawings = (parts.read(name) for name in parts.names() if name.lower().endswith(".vml"))
    return {block for drawing in drawings for block in vml.used_blocks(drawing)}
