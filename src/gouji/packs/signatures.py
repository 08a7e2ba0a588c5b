"""By what a pack's forms are told from others: titles, names of rows and columns, year and area.

Small enough to look at those of every pack in each run. They are kept together in the user's cache folder, so that
choosing a pack loads only the pack that is chosen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from gouji.labels import normalised, squeezed
from gouji.packs.cache import keep, load_kept
from gouji.packs.load import load_pack
from gouji.packs.locations import available_packs, find_pack, search_path
from gouji.packs.model import Pack
from gouji.tables.definition import TableDefinition

_INDEX = "packs.index"
_SHORTEST_NAME = 2


class Signature(NamedTuple):
    """A pack, in short. ``titles`` maps a printed title to the name of its table, ``names`` a table to its labels.

    ``lineage`` lists pack ids from the root to this one; labels and ``area`` are normalised.
    """

    pack: str
    title: str
    year: int | None
    lineage: tuple[str, ...]
    area: tuple[str, ...]
    titles: Mapping[str, str]
    names: Mapping[str, frozenset[str]]

    @property
    def authority(self) -> str:
        """Who prescribes these forms: the id without its year."""
        return self.pack.removesuffix(f"-{self.year}") if self.year else self.pack


def signatures() -> list[Signature]:
    """Those of all packs that can be named without a path, by id. ``PackError`` where one cannot be used."""
    key = _stamp()
    found = _HELD.get(key)
    if found is None:
        _HELD.clear()
        found = _HELD[key] = _kept(key)
    return found


_HELD: dict[str, list[Signature]] = {}


def _kept(key: str) -> list[Signature]:
    kept = load_kept(_INDEX, key)
    if isinstance(kept, list):
        return [Signature(*values) for values in kept]
    found = [signature(pack_id, load_pack(pack_id)) for pack_id in available_packs()]
    keep(_INDEX, key, [tuple(one) for one in found])
    return found


def signature(pack_id: str, pack: Pack) -> Signature:
    """The signature of a pack that is found under ``pack_id``."""
    return Signature(
        pack=pack_id,
        title=pack.title,
        year=pack.year,
        lineage=(*pack.lineage[:-1], pack_id),
        area=tuple(map(squeezed, pack.area)),
        titles={title: table.name for table in pack.forms.values() for title in table.titles},
        names={table.name: _labels(table) for table in pack.forms.values()},
    )


def _labels(table: TableDefinition) -> frozenset[str]:
    """Every name that the form prints, as rows and columns are compared."""
    found = {label for field in table.fields for label in field.labels}
    for section in table.sections:
        found.update(section.heads)
        found.update(label for column in section.columns for label in (*column.labels, column.name))
        found.update(label for row in section.rows for label in (*row.labels, row.name))
    return frozenset(name for name in map(normalised, found) if len(name) >= _SHORTEST_NAME)


def _stamp() -> str:
    """A digest of the state of all pack files that can be found."""
    total = sha256()
    for pack_id in available_packs():
        for path, state in _states(find_pack(pack_id)):
            total.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\0".encode())
    total.update("\0".join(map(str, search_path())).encode())
    return total.hexdigest()


def _states(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    for place in (folder, *(Path(entry.path) for entry in _sorted(folder) if entry.is_dir())):
        for entry in _sorted(place):
            if entry.name.endswith((".yaml", ".yml")):
                yield entry.path, entry.stat()


def _sorted(folder: Path) -> list[os.DirEntry[str]]:
    return sorted(os.scandir(folder), key=lambda entry: entry.name)
