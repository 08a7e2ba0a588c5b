"""Writing a pack's blank forms, with or without the sheets that check them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from gouji.errors import GoujiError
from gouji.hosts.forms.building import build_template, plan_template
from gouji.hosts.forms.check_sheets import DETAILS
from gouji.hosts.package.reading import read_package
from gouji.packs.model import Pack
from gouji.selfcheck.checks import checks_of
from gouji.selfcheck.trial import fill_for_trial

DECIMALS = 2


def write_template(pack: Pack, path: Path, *, self_check: bool = False, decimals: int = DECIMALS) -> None:
    """Writes the blank forms of ``pack`` to ``path``; ``decimals`` are those that amounts will be filled in with.

    ``GoujiError`` for a pack whose forms belong to no year: it is only there for others to extend.
    """
    if pack.year is None:
        raise GoujiError(
            f"{pack.id} 是各年共用的底子，没有年度和表号；请用某一年度的规则包，如 mof-2022。",
            f"{pack.id} belongs to no year: use the pack of a year, such as mof-2022.",
        )
    if not self_check:
        build_template(pack, path)
        return
    plans = plan_template(pack)
    with tempfile.TemporaryDirectory() as folder:
        blank = Path(folder) / "blank.xlsx"
        build_template(pack, blank)
        trial = fill_for_trial(pack, read_package(blank), plans, decimals)
    build_template(pack, path, checks_of(trial, DETAILS, decimals))
