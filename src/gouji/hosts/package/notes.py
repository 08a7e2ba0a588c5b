"""The notes of one sheet: comments part, boxes, the sheet's ``legacyDrawing``, relationships, content types."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.hosts.package import comments_xml, vml
from gouji.hosts.package.grid import insertion_point, layout, legacy_drawings
from gouji.hosts.package.markup import damaged, relationship_id
from gouji.hosts.package.parts import (
    OURS,
    Parts,
    SheetPart,
    add_relation,
    is_strict,
    relation_ids,
    relations,
    relationship_attribute,
    remove_relations,
)
from gouji.hosts.package.relations import Relation
from gouji.hosts.package.spans import Edits, Element, is_owned, owned, prefix
from gouji.sheet import Address

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_BOXES_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_COMMENTS_ID, _BOXES_ID = f"{OURS}Notes", f"{OURS}Boxes"
_BOXES_NAME = f"vmlDrawing_{OURS}"


def strip_notes(
    parts: Parts, sheet: SheetPart, answered: Mapping[Address, frozenset[str]] | None = None
) -> frozenset[Address]:
    """Take every note of ours out of a sheet; the cells that carried one. ``answered`` as in ``strip_comments``."""
    found = relations(parts, sheet.part)
    gone: set[str] = set()
    whole: frozenset[Address] = frozenset()
    carried: frozenset[Address] = frozenset()
    for relation in found:
        if relation.kind == "comments" and relation.target in parts:
            stripped = comments_xml.strip_comments(parts.read(relation.target), relation.target, answered)
            whole, carried = whole | stripped.whole, carried | stripped.carried
            if stripped.empty and (relation.id == _COMMENTS_ID or is_owned(stripped.content)):
                parts.remove(relation.target)
                gone |= {relation.id} & {_COMMENTS_ID}
            elif stripped.carried:
                parts.write(relation.target, stripped.content)
    for relation in found:
        if relation.kind == "vmlDrawing" and relation.target in parts and carried:
            boxes = vml.strip_shapes(parts.read(relation.target), whole)
            parts.write(relation.target, boxes)
            ours = _BOXES_NAME in relation.target
            if vml.is_unused(boxes) and (ours or is_owned(boxes)):
                parts.remove(relation.target)
                gone |= {relation.id} if ours else set()
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
    noted = _write_comments(parts, sheet, root, notes)
    boxes = _boxes_part(parts, sheet, root, blocks)
    drawing = parts.read(boxes)
    texts = {cell: notes.get(cell, "") for cell in noted - vml.shape_cells(drawing)}
    drawing = vml.add_shapes(drawing, texts, grid, blocks)
    blocks |= vml.used_blocks(drawing)
    parts.write(boxes, drawing)


def _write_comments(
    parts: Parts, sheet: SheetPart, root: Element, notes: Mapping[Address, str]
) -> frozenset[Address]:
    """Put the texts into the sheet's comments part or a new one; all cells that have a comment now.

    A part that the sheet names and that is not there is made, and marked as ours.
    """
    found = [relation for relation in relations(parts, sheet.part) if relation.kind == "comments"]
    for relation in found:
        if relation.target in parts:
            added = comments_xml.add_comments(parts.read(relation.target), relation.target, notes)
            parts.write(relation.target, added.content)
            return added.noted
    name = found[0].target if found else f"xl/comments_{OURS}{sheet.index + 1}.xml"
    content = comments_xml.new_comments(root.space.encode(), notes)
    parts.write(name, owned(content) if found else content)
    parts.declare(name, _COMMENTS_TYPE)
    if not found:
        add_relation(parts, sheet.part, Relation(_COMMENTS_ID, "comments", name), is_strict(root))
    return frozenset(notes)


def _boxes_part(parts: Parts, sheet: SheetPart, root: Element, blocks: set[int]) -> str:
    """The part for the boxes; one that the sheet names and that is not there is made, and marked as ours."""
    named = [relationship_id(element.attributes) for element in legacy_drawings(root)]
    leading = [
        relation for relation in relations(parts, sheet.part)
        if relation.id in named and (relation.target in parts or relation.kind == "vmlDrawing")
    ]  # fmt: skip
    for relation in leading:
        if relation.target in parts:
            return relation.target
    name = leading[0].target if leading else f"xl/drawings/{_BOXES_NAME}{sheet.index + 1}.vml"
    drawing = vml.new_drawing(max(blocks, default=0) + 1)
    parts.write(name, owned(drawing) if leading else drawing)
    parts.declare(name, _BOXES_TYPE)
    if not leading:
        number = _new_id(parts, sheet, named)
        add_relation(parts, sheet.part, Relation(number, "vmlDrawing", name), is_strict(root))
    if not named:
        _insert_drawing_element(parts, sheet, root)
    return name


def _new_id(parts: Parts, sheet: SheetPart, named: list[str | None]) -> str:
    """The id under which the sheet names its boxes, ours when it names none. No relation has it yet."""
    number = named[0] if named else _BOXES_ID
    if number is None or number in relation_ids(parts, sheet.part):
        raise damaged(sheet.part, "legacyDrawing 指向不存在的部件", "its legacyDrawing leads to no part")
    return number


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
