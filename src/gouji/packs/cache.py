"""Loaded packs kept in the user's cache folder, so that neither YAML nor formulas are parsed again.

A cache file is used only when it was made from the same pack files by the same gouji under the same Python; it is
unpickled with gouji's own data types and nothing else. Whatever is wrong with it, it is ignored.
"""

from __future__ import annotations

import io
import os
import pickle
import sys
from contextlib import suppress
from dataclasses import fields, is_dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from gouji.language import ast
from gouji.packs import model
from gouji.packs.locations import PackFiles
from gouji.tables import definition

_MAGIC = b"gouji-pack-1\n"
_DIGEST = 32
_PACKAGE = Path(__file__).resolve().parents[1]
_SOURCES = ("packs", "language", "tables/definition.py", "errors.py")


def digest(lineage: tuple[PackFiles, ...]) -> str:
    """A hexadecimal digest of every file of a pack and of all it extends."""
    total = sha256()
    for pack in lineage:
        for path, content in sorted(pack.files.items()):
            total.update(f"{pack.name}/{path}\0{len(content)}\0".encode())
            total.update(content)
    return total.hexdigest()


def load_cached(folder: Path, version: str) -> model.Pack | None:
    """The pack kept for ``folder``, or ``None`` when there is none made from files of this digest."""
    pack = load_kept(_name(folder), version)
    return pack if isinstance(pack, model.Pack) else None


def store(folder: Path, version: str, pack: model.Pack) -> None:
    """Keep ``pack`` for ``folder``; nothing happens when the cache folder cannot be written."""
    keep(_name(folder), version, pack)


def load_kept(name: str, version: str) -> object:
    """What was kept under ``name`` for this version, or ``None``."""
    root = cache_folder()
    if root is None:
        return None
    try:
        body = _body((root / name).read_bytes(), _key(version))
        return None if body is None else _Unpickler(io.BytesIO(body)).load()
    except Exception:  # a damaged or hostile file may fail in any way, and is then no cache
        return None


def keep(name: str, version: str, value: object) -> None:
    """Keep plain values or a pack under ``name``; nothing happens when the cache folder cannot be written."""
    root = cache_folder()
    if root is None:
        return
    place = root / name
    body = _pickled(value)
    content = _MAGIC + _key(version) + sha256(body).digest() + body
    temporary = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(place)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def cache_folder() -> Path | None:
    """The user's cache folder for gouji, or ``None`` where there is no home."""
    named = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    if named:
        return Path(named) / "gouji"
    try:
        return Path.home() / ".cache" / "gouji"
    except RuntimeError:
        return None


def _name(folder: Path) -> str:
    return f"{folder.name}-{sha256(str(folder).encode()).hexdigest()[:12]}.pack"


def _key(version: str) -> bytes:
    """What a cache file must have been made with: pack files, gouji, Python."""
    made_with = [version, sys.version, *map(str, _source_stamps())]
    return sha256("\0".join(made_with).encode()).digest()


def _source_stamps() -> list[tuple[str, int, int]]:
    stamps = []
    for source in _SOURCES:
        place = _PACKAGE / source
        files = sorted(os.scandir(place), key=lambda each: each.name) if place.is_dir() else [place]
        for file in files:
            if file.name.endswith((".py", ".lark")):
                state = file.stat()
                stamps.append((file.name, state.st_size, state.st_mtime_ns))
    return stamps


def _body(content: bytes, key: bytes) -> bytes | None:
    head = _MAGIC + key
    body = content[len(head) + _DIGEST :]
    intact = content.startswith(head) and content[len(head) : len(head) + _DIGEST] == sha256(body).digest()
    return body if intact else None


def _admitted() -> dict[tuple[str, str], type]:
    found: dict[tuple[str, str], type] = {("decimal", "Decimal"): Decimal}
    for module in (ast, model, definition):
        for thing in vars(module).values():
            if isinstance(thing, type) and thing.__module__ == module.__name__:
                found[module.__name__, thing.__name__] = thing
    return found


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: object) -> Any:
        """A data type as a call of its class with its fields: twice as fast to load as its state."""
        kind = type(value)
        if is_dataclass(kind):
            return kind, tuple(getattr(value, each.name) for each in fields(kind))
        return NotImplemented


def _pickled(value: object) -> bytes:
    stream = io.BytesIO()
    _Pickler(stream, protocol=5).dump(value)
    return stream.getvalue()


class _Unpickler(pickle.Unpickler):
    """Admits gouji's data types and ``Decimal``; lists, tuples, dicts and texts need no admission."""

    admitted = _admitted()

    def find_class(self, module: str, name: str) -> Any:
        """The admitted class of that name; ``UnpicklingError`` for anything else."""
        try:
            return self.admitted[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is not admitted") from None
