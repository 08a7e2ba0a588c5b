"""``python -m addin.excel [FOLDER]``: writes ``gouji.xlam``, by default into ``dist``."""

from __future__ import annotations

import sys
from pathlib import Path

import gouji
from gouji.addin.excel.building import FILE, build


def main(folder: str = "dist") -> None:
    """Write the add-in and say where."""
    target = Path(folder) / FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(build(gouji.__version__))
    sys.stdout.write(f"{target}\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
