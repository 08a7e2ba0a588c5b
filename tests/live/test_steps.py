"""The steps that bench measures are measured inside LibreOffice; how long they take is nobody's business here."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.live import live_steps

from gouji.errors import GoujiError
from tests.programs import office_bridge, soffice
from tests.windows import HEILONGJIANG

pytestmark = [pytest.mark.office, pytest.mark.heavy]


def test_every_step_takes_its_time(tmp_path: Path) -> None:
    soffice()
    office_bridge()
    steps = live_steps(tmp_path, 1, HEILONGJIANG)
    assert [step.chinese for step in steps] == ["读单元格", "判断与报告", "写批注（第一次）", "写批注（没有变化）"]
    assert steps[0].share == 1
    assert all(step.seconds > 0 for step in steps)


def test_what_goes_wrong_inside_is_said(tmp_path: Path) -> None:
    soffice()
    office_bridge()
    empty = tmp_path / "空.csv"
    empty.write_text("", "utf-8")
    (tmp_path / "profile-of").mkdir()
    with pytest.raises(GoujiError, match="没有量成：NoStandardTable"):
        live_steps(tmp_path / "profile-of", 1, empty)
