"""The file that LibreOffice runs: it finds gouji, hands the command over, and says what goes wrong in a bar."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from gouji.addin.office.building import source_folder
from gouji.addin.office.commands import SERVICE
from gouji.addin.office.window import BAR

JOB = source_folder() / "job.py"


class Controller:
    """The bars above the cells."""

    def __init__(self) -> None:
        self.bars: dict[str, tuple[str, str, int]] = {}

    def hasInfobar(self, name: str) -> bool:  # noqa: N802 - UNO's names
        return name in self.bars

    def removeInfobar(self, name: str) -> None:  # noqa: N802
        del self.bars[name]

    def appendInfobar(self, name: str, first: str, rest: str, kind: int, _buttons: object, _close: bool) -> None:  # noqa: N802
        assert name not in self.bars
        self.bars[name] = first, rest, kind


class Indicator:
    """What stands at the foot of the window."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def start(self, text: str, _most: int) -> None:
        self.said.append(text)

    def setValue(self, _value: int) -> None:  # noqa: N802
        pass

    def end(self) -> None:
        self.said.append("end")


def context_of(controller: object, indicator: Indicator | None = None) -> Any:
    shown = indicator or Indicator()
    frame = SimpleNamespace(getController=lambda: controller, createStatusIndicator=lambda: shown)
    desktop = SimpleNamespace(getCurrentFrame=lambda: frame)
    services = SimpleNamespace(createInstanceWithContext=lambda _name, _context: desktop)
    return SimpleNamespace(ServiceManager=services)


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The names of job.py, run as LibreOffice runs it, with its modules replaced."""
    implemented: list[tuple[Any, ...]] = []
    helper = SimpleNamespace(addImplementation=lambda *given: implemented.append(given))
    for name in ("unohelper", "com", "com.sun", "com.sun.star", "com.sun.star.task"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    unohelper: Any = sys.modules["unohelper"]
    unohelper.Base, unohelper.ImplementationHelper = type("Base", (), {}), lambda: helper
    task: Any = sys.modules["com.sun.star.task"]
    task.XJobExecutor = type("XJobExecutor", (), {})
    names: dict[str, Any] = {"__file__": str(JOB), "__name__": "uno_component"}
    exec(compile(JOB.read_text("utf-8"), str(JOB), "exec"), names)  # noqa: S102 - as LibreOffice does
    assert implemented == [(names["Job"], SERVICE, (SERVICE, "com.sun.star.task.Job"))]
    return names


def test_a_command_is_handed_over_with_the_libraries_first_on_the_path(
    job: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[object, ...]] = []
    monkeypatch.setattr("gouji.addin.office.window.act", lambda *given: seen.append((*given, sys.path[0])))
    before, context = list(sys.path), context_of(None)
    job["Job"](context).trigger("check")
    assert seen == [("check", context, str(JOB.parent / "python"))]
    assert sys.path == before


def test_a_fault_is_said_in_the_bar_and_the_path_is_as_it_was(
    job: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_command: str, _context: object) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr("gouji.addin.office.window.act", fail)
    before, controller = list(sys.path), Controller()
    for _ in range(2):
        job["Job"](context_of(controller)).trigger("check")
    ((first, rest, kind),) = controller.bars.values()
    assert (list(controller.bars), first, kind) == ([BAR], "决算勾稽", 3)
    assert rest.startswith("勾稽自己出了错")
    assert rest.endswith("：RuntimeError: disk on fire")
    assert sys.path == before


@pytest.mark.parametrize("fault", [None, RuntimeError("disk on fire")])
def test_the_foot_of_the_window_says_at_once_that_something_goes_on(
    fault: Exception | None, job: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    indicator, seen = Indicator(), []

    def act(_command: str, _context: object) -> None:
        seen.append(list(indicator.said))
        if fault:
            raise fault

    monkeypatch.setattr("gouji.addin.office.window.act", act)
    job["Job"](context_of(Controller(), indicator)).trigger("check")
    ((said,),) = seen
    assert said.startswith("勾稽正在处理")
    assert indicator.said == [said, "end"]


def test_without_a_window_there_is_nothing_to_say_it_in(job: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr("gouji.addin.office.window.act", lambda command, _context: seen.append(command))
    services = SimpleNamespace(
        createInstanceWithContext=lambda _name, _context: SimpleNamespace(getCurrentFrame=lambda: None)
    )
    job["Job"](SimpleNamespace(ServiceManager=services)).trigger("check")
    assert seen == ["check"]


def test_an_old_python_is_told_apart_before_anything_is_imported(
    job: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    controller = Controller()
    job["Job"](context_of(controller)).trigger("check")
    ((_, rest, _),) = controller.bars.values()
    assert rest.startswith("勾稽需要 Python 3.11 或更新的版本，这个 LibreOffice 用的是 3.9。")


def test_where_there_is_no_bar_the_message_goes_to_the_error_stream(
    job: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    job["Job"](context_of(None)).trigger("check")
    assert "this LibreOffice has 3.9" in capsys.readouterr().err


def test_the_file_can_be_read_by_an_old_python() -> None:
    import ast

    ast.parse(Path(JOB).read_text("utf-8"), feature_version=(3, 7))
