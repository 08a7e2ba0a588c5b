"""``load_pack``: a pack by id or folder, from the cache when nothing changed."""

from __future__ import annotations

from pathlib import Path

from gouji.packs.cache import digest, load_cached, store
from gouji.packs.locations import PackFiles, find_pack, read_lineage
from gouji.packs.model import Pack

_HELD: dict[Path, tuple[str, Pack]] = {}


def load_pack(pack_id: str | Path) -> Pack:
    """The pack of that id (in ``GOUJI_PACKS`` or shipped) or in that folder, with everything it inherits.

    ``PackError`` with every problem of every file when it cannot be used.
    """
    folder = find_pack(pack_id)
    lineage = read_lineage(folder)
    return _loaded(folder, lineage, digest(lineage))


def held_pack(pack_id: str | Path) -> Pack:
    """As ``load_pack``; a pack that this process has loaded before is given again while its files are the same."""
    folder = find_pack(pack_id)
    lineage = read_lineage(folder)
    version = digest(lineage)
    held = _HELD.get(folder)
    if held is None or held[0] != version:
        held = _HELD[folder] = version, _loaded(folder, lineage, version)
    return held[1]


def _loaded(folder: Path, lineage: tuple[PackFiles, ...], version: str) -> Pack:
    pack = load_cached(folder, version)
    if pack is None:
        from gouji.packs.loading import build_pack

        pack = build_pack(lineage, version[:12])
        store(folder, version, pack)
    return pack
