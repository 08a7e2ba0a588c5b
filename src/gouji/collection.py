"""Python's search for cyclic garbage, put off while a workbook is checked.

A run makes hundreds of thousands of small values, none of them part of a cycle; reference counts free them. The search
would go through all of them, and through everything else the process holds, again and again.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def uncollected(run: Callable[P, R]) -> Callable[P, R]:
    """``run`` without searches for cyclic garbage, where there were any; afterwards they go on."""

    @wraps(run)
    def quietly(*args: P.args, **kwargs: P.kwargs) -> R:
        if not gc.isenabled():
            return run(*args, **kwargs)
        gc.disable()
        try:
            return run(*args, **kwargs)
        finally:
            gc.enable()

    return quietly
