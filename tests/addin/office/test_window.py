"""What a command says in the window: the bar above the cells, its words, its colour, its buttons."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gouji.addin.office import window
from gouji.addin.office.commands import address
from gouji.live.outcome import Outcome
from gouji.sheet import CellRef


class Controller:
    """The bars above the cells."""

    def __init__(self) -> None:
        self.bars: dict[str, tuple[object, ...]] = {}

    def hasInfobar(self, name: str) -> bool:  # noqa: N802 - UNO's names
        return name in self.bars

    def removeInfobar(self, name: str) -> None:  # noqa: N802
        del self.bars[name]

    def appendInfobar(self, name: str, *said: object) -> None:  # noqa: N802
        assert name not in self.bars
        self.bars[name] = said


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """What the bar shows after a command, with settings of nobody."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr(window, "struct", lambda _name, **values: SimpleNamespace(**values))
    controller = Controller()

    def after(command: str, outcome: Outcome) -> tuple[str, str, int, list[tuple[str, str]]]:
        window.tell(command, outcome, controller)
        ((first, rest, kind, buttons, closes),) = controller.bars.values()
        assert closes is True
        pairs: Any = buttons
        return first, rest, kind, [(pair.First, pair.Second) for pair in pairs]  # type: ignore[return-value]

    return after


def test_findings_are_a_warning_that_leads_on(said: Any) -> None:
    outcome = Outcome(("错误 12 处，警告 1 处；批注 13 格。\n规则包：财政部", "12 errors\nPack"), "warning")
    assert said("check", outcome) == (
        "错误 12 处，警告 1 处；批注 13 格。", "规则包：财政部", 2,
        [("下一处", address("next")), ("显示结果表", address("results"))],
    )  # fmt: skip


def test_a_sound_workbook_is_a_success_without_buttons(said: Any) -> None:
    assert said("check", Outcome(("勾稽相符。", "It holds."))) == ("勾稽相符。", "", 1, [])


def test_a_later_word_replaces_the_earlier_one(said: Any) -> None:
    said("check", Outcome(("甲", "a")))
    assert said("clear", Outcome(("乙", "b")))[0] == "乙"


def test_a_cell_gone_to_leads_and_its_note_follows(said: Any) -> None:
    text = "2/13  收入决算表!C11 【勾稽·错误 A06】列示 1,899.0"
    outcome = Outcome((text, text), selected=CellRef("收入决算表", 11, 3))
    first, rest, kind, buttons = said("next", outcome)
    assert (first, rest, kind) == ("2/13  收入决算表!C11", "【勾稽·错误 A06】列示 1,899.0", 0)
    assert [name for name, _ in buttons] == ["上一处", "下一处"]


def test_a_command_that_did_nothing_is_red(said: Any) -> None:
    assert said("clear", Outcome(("文件读不了。", "Cannot be read."), "error"))[2] == 3


def test_an_exported_report_can_be_opened(said: Any) -> None:
    outcome = Outcome(("报告已导出", "Exported"), path=Path("report.html"))
    assert said("export", outcome)[3] == [("打开报告", address("open_report"))]


def test_the_persons_language_is_spoken_and_chinese_where_their_settings_are_broken(said: Any, tmp_path: Path) -> None:
    settings = tmp_path / "gouji" / "live.toml"
    settings.parent.mkdir()
    settings.write_text('language = "en"\n', "utf-8")
    assert said("check", Outcome(("相符。", "It holds.")))[0] == "It holds."
    settings.write_text("language = ", "utf-8")
    assert said("check", Outcome(("相符。", "It holds.")))[0] == "相符。"
