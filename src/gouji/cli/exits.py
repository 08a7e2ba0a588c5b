"""Exit codes of the command line (design section 9) and which of several counts."""

from __future__ import annotations

from collections.abc import Iterable

CLEAN = 0
FINDINGS = 1
USAGE = 2
WORKBOOK = 3
INCOMPLETE = 4
INTERNAL = 70
"""A fault of gouji itself, as ``EX_SOFTWARE`` of sysexits."""
INTERRUPTED = 130
BROKEN_PIPE = 141
_PRECEDENCE = (INTERNAL, USAGE, WORKBOOK, INCOMPLETE, FINDINGS, CLEAN)


def most_important(codes: Iterable[int]) -> int:
    """The code that a run over several files ends with."""
    present = set(codes)
    return next((code for code in _PRECEDENCE if code in present), CLEAN)
