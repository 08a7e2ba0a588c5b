"""All relations of a workbook as one system, which what is judged around some of them has to agree with."""

from __future__ import annotations

from collections.abc import Iterable

from gouji.binding.bound import terms_of
from gouji.checking.check import Judged
from gouji.diagnosis.gather import Gathered, Gathering, is_counted
from gouji.figures import common_places


def gather(judged: Iterable[Judged], money: int, *, zeros_hide: bool = False) -> Gathered:
    """All linear relations that were decided, figures numbered in the order of cells.

    ``money`` is the exponent of the pack's unit. A relation ``figure >= 0`` that holds limits the figure whether it is
    released or not. ``zeros_hide``: a printed zero may be an amount below half a last place.
    """
    relations = list(judged)
    read = {term.cell: term for one in relations if is_counted(one) for term in terms_of(one.instance.relation)}
    places = max(common_places(term.figure for term in read.values()), 0)
    gathering = Gathering(money, places, zeros_hide=zeros_hide)
    for cell in sorted(read):
        gathering.number(read[cell])
    gathering.take(relations, 0)
    return gathering.gathered()
