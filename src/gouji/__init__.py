"""勾稽: checks 部门决算 workbooks exactly, names the wrong cell and writes it into the cells.

``import gouji`` loads nothing: ``validate``, ``annotate``, ``clear``, ``judge`` and ``__version__`` come when first
used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gouji.api import Annotated, annotate, clear, validate
    from gouji.judgement import Judgement, judge

    __version__: str

__all__ = ["Annotated", "Judgement", "__version__", "annotate", "clear", "judge", "validate"]

if not TYPE_CHECKING:  # so that a type checker still knows which names there are

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if name == "__version__":
            found: object = _version()
        elif name in {"Judgement", "judge"}:
            from gouji import judgement

            found = getattr(judgement, name)
        else:
            from gouji import api

            found = getattr(api, name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _version() -> str:
    """As in the package's metadata; ``0`` where it is not installed."""
    from importlib import metadata

    try:
        return metadata.version("gouji")
    except metadata.PackageNotFoundError:
        return "0"
