"""Packs: YAML files to checked, merged, parsed rules and definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gouji.packs.load import load_pack
    from gouji.packs.locations import available_packs

__all__ = ["available_packs", "load_pack"]


def __getattr__(name: str) -> Any:
    """``load_pack`` and ``available_packs``, imported when first asked for."""
    if name == "load_pack":
        from gouji.packs.load import load_pack

        return load_pack
    if name == "available_packs":
        from gouji.packs.locations import available_packs

        return available_packs
    raise AttributeError(name)
