"""``python -m addin.libreoffice [FOLDER]``: writes ``gouji.oxt``, by default into ``dist``."""

from __future__ import annotations

import sys
from pathlib import Path

from gouji.addin.office.building import FILE, build


def main(folder: str = "dist") -> None:
    """Write the extension and say where."""
    target = Path(folder) / FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(build())
    sys.stdout.write(f"{target}\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
