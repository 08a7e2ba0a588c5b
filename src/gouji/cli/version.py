"""The version of the installed package."""

from __future__ import annotations


def version() -> str:
    """As in the package's metadata; ``0`` where it is not installed. Read when asked for: it takes 20 ms."""
    import gouji

    return gouji.__version__
