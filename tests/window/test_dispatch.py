"""The commands of the extension without a window, as a menu entry dispatches them: every example, the same notes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gouji.addin.office.commands import address
from gouji.addin.office.window import BAR
from gouji.hosts.live.libreoffice.process import Office
from gouji.hosts.protocol import RESULT_SHEET
from tests.programs import office_bridge
from tests.window.calc import Window, opened
from tests.window.conftest import notes_of_the_headless_run
from tests.window.desktop import add_extensions

pytestmark = [pytest.mark.office, pytest.mark.heavy]

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "templates" / "examples").glob("*.xlsx"))
WRONG = EXAMPLES[0].with_name("heilongjiang-2020.xlsx")


class Dispatching:
    """LibreOffice without windows, with the extension."""

    def __init__(self, context: Any, environment: dict[str, str]) -> None:
        self.context = context
        self.environment = environment

    def open(self, path: Path) -> Window:
        return opened(self.context, path, self.environment)

    def do(self, window: Window, command: str) -> None:
        """Dispatch the command and see that the bar says how it ended."""
        name = "com.sun.star.frame.DispatchHelper"
        helper = self.context.ServiceManager.createInstanceWithContext(name, self.context)
        controller = window.document.CurrentController
        if controller.hasInfobar(BAR):
            controller.removeInfobar(BAR)
        helper.executeDispatch(controller.Frame, address(command), "", 0, ())
        assert controller.hasInfobar(BAR)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, extension: Path) -> Iterator[Dispatching]:
    office_bridge()
    home = tmp_path_factory.mktemp("office")
    own = {"XDG_CONFIG_HOME": str(home / "configuration"), "XDG_CACHE_HOME": str(home / "cache")}
    environment = {**os.environ, **own}
    add_extensions(home, [extension])
    with Office(home, environment=environment) as context:
        yield Dispatching(context, environment)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_check_writes_the_notes_of_the_headless_run_and_clear_takes_them_away(
    example: Path, program: Dispatching, tmp_path: Path
) -> None:
    book = Path(shutil.copy(example, tmp_path))
    before = book.read_bytes()
    window = program.open(book)
    try:
        own = window.notes
        program.do(window, "check")
        assert window.notes == notes_of_the_headless_run(book)
        program.do(window, "clear")
        assert window.notes == own
    finally:
        window.document.close(True)
    assert book.read_bytes() == before


def test_the_other_commands_go_somewhere_and_wait_for_nobody(program: Dispatching, tmp_path: Path) -> None:
    book = Path(shutil.copy(WRONG, tmp_path))
    window = program.open(book)
    try:
        program.do(window, "check_sheet")
        program.do(window, "check")
        program.do(window, "next")
        there = window.document.CurrentSelection.AbsoluteName
        program.do(window, "next")
        assert window.document.CurrentSelection.AbsoluteName != there
        program.do(window, "previous")
        assert window.document.CurrentSelection.AbsoluteName == there
        program.do(window, "results")
        assert RESULT_SHEET in window.document.Sheets.ElementNames
        program.do(window, "export")
        (report,) = tmp_path.glob("*.html")
        assert "勾稽" in report.read_text("utf-8")
        program.do(window, "packs")
        program.do(window, "about")
    finally:
        window.document.close(True)


def test_what_lies_beside_the_workbook_is_never_run(program: Dispatching, tmp_path: Path) -> None:
    book = Path(shutil.copy(WRONG, tmp_path))
    for module in ("gouji", "xlwings", "lark", "yaml", "job"):
        (tmp_path / f"{module}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", "utf-8")
    window = program.open(book)
    try:
        program.do(window, "check")
        assert window.notes
    finally:
        window.document.close(True)
    assert not (tmp_path / "ran").exists()
