"""``load_pack``: a pack by id or folder, from the cache when nothing changed."""

from __future__ import annotations

from pathlib import Path

from gouji.packs.cache import digest, load_cached, store
from gouji.packs.locations import find_pack, read_lineage
from gouji.packs.model import Pack


def load_pack(pack_id: str | Path) -> Pack:
    """The pack of that id (in ``GOUJI_PACKS`` or shipped) or in that folder, with everything it inherits.

    ``PackError`` with every problem of every file when it cannot be used.
    """
    folder = find_pack(pack_id)
    lineage = read_lineage(folder)
    version = digest(lineage)
    pack = load_cached(folder, version)
    if pack is None:
        from gouji.packs.loading import build_pack

        pack = build_pack(lineage, version[:12])
        store(folder, version, pack)
    return pack
