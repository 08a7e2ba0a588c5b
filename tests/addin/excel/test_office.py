"""``gouji.xlam`` in LibreOffice: a reader of its own of the modules, and the Basic run, button by button.

What only Excel has stands in one module, ``GoujiMac``; here another takes its place that writes down what is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gouji.addin.excel.building import TITLE, addin_text
from gouji.addin.excel.menu import keep_menu, menu
from gouji.addin.excel.package import addin_package
from gouji.addin.excel.places import places
from gouji.addin.excel.vba_project import Module
from gouji.hosts.live.libreoffice.bridge import desktop, properties
from gouji.hosts.live.libreoffice.process import Office
from gouji.live.outcome import Choice
from tests.programs import office_bridge, soffice

pytestmark = pytest.mark.office

TEXT = addin_text("1.2.3")
PACKS = [Choice("", "自动", True), Choice("heilongjiang-2020", "黑龙江省", False)]
RECORDER = Module(
    "GoujiMac",
    """Attribute VB_Name = "GoujiMac"
Option Explicit

Public Function OnMac() As Boolean
    OnMac = True
End Function

Public Function Asked(ByVal request As String) As String
    ThisWorkbook.Worksheets(1).Cells(100, 1).Value = request
    Asked = "started"
End Function
""",
)


class Addin:
    """The add-in open in LibreOffice."""

    def __init__(self, context: Any, path: Path) -> None:
        self.context = context
        self.document = desktop(context).loadComponentFromURL(
            path.as_uri(), "_blank", 0,
            properties(FilterName="Calc MS Excel 2007 VBA XML", MacroExecutionMode=4),
        )  # fmt: skip

    def code(self, module: str) -> str:
        return str(self.document.BasicLibraries.getByName("Gouji").getByName(module))

    def run(self, name: str, *arguments: object) -> tuple[Any, tuple[Any, ...]]:
        """What a function gives, and the arguments it changed."""
        url = f"vnd.sun.star.script:Gouji.{name}?language=Basic&location=document"
        result, _, changed = self.document.getScriptProvider().getScript(url).invoke(arguments, (), ())
        return result, changed

    def control(self, tag: str) -> Any:
        """A thing with a tag, as Excel hands to a button's procedure."""
        model = self.context.ServiceManager.createInstanceWithContext(
            "com.sun.star.form.component.CommandButton", self.context
        )
        model.Tag = tag
        return model

    def asked(self) -> list[str]:
        """The lines of the last request."""
        return str(self.document.Sheets.getByIndex(0).getCellRangeByName("A100").String).split("\n")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def addin(home: Path) -> Iterator[Addin]:
    path = home / "gouji.xlam"
    modules = [RECORDER if each.name == RECORDER.name else each for each in TEXT.modules]
    path.write_bytes(addin_package(TEXT._replace(modules=tuple(modules))))
    soffice()
    office_bridge()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        with Office(home) as context:
            yield Addin(context, path)


def test_libreoffice_reads_the_same_modules(addin: Addin) -> None:
    for module in TEXT.modules:
        if module.name != RECORDER.name:
            wanted = [line for line in module.text.splitlines() if not line.startswith("Attribute")]
            read = addin.code(module.name).rstrip("\n").split("\n")
            assert read == ["Rem Attribute VBA_ModuleType=VBAModule", "Option VBASupport 1", *wanted], module.name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("; head\r\ninterpreter = C:\\张 三\\pythonw.exe\r\nversion = 1\r\n", "C:\\张 三\\pythonw.exe"),
        ("interpreter=D:\\p=q\\python.exe", "D:\\p=q\\python.exe"),
        ("other = 1\ninterpreter = \n", ""),
        ("", ""),
        ("my interpreter = x\n= y", ""),
    ],
)
def test_a_setting_is_found(addin: Addin, text: str, found: str) -> None:
    assert addin.run("GoujiText.SettingOf", text, "interpreter")[0] == found


def test_the_command_line_closes_python_off_and_keeps_words_together(addin: Addin) -> None:
    line = addin.run("GoujiText.CommandLine", "C:\\张 三\\pythonw.exe", "check", "1234", "ignored")[0]
    assert line == '"C:\\张 三\\pythonw.exe" -I -X utf8 -m gouji.addin.excel check --window 1234'
    line = addin.run("GoujiText.CommandLine", "C:\\p.exe", "choose_pack", "7", 'mof-2022" & calc "')[0]
    assert line.endswith('choose_pack --window 7 --pack "mof-2022 & calc "')


def test_the_persons_home_is_found_from_inside_the_sandbox(addin: Addin) -> None:
    inside = "/Folder/name/Library/Containers/com.microsoft.Excel/Data"
    assert addin.run("GoujiText.UserHome", inside)[0] == "/Folder/name"
    assert addin.run("GoujiText.UserHome", "/Folder/name")[0] == "/Folder/name"


def test_messages_are_in_the_addin_itself(addin: Addin) -> None:
    for name, message in TEXT.messages:
        assert addin.run("GoujiText.Words", name)[0] == message
    assert addin.run("GoujiText.Words", "title")[0] in TITLE + "勾稽 gouji"
    assert addin.run("GoujiText.Words", "nothing")[0] == "nothing"


@pytest.mark.parametrize(
    ("button", "command"),
    [
        ("GoujiCheck", "check"), ("GoujiCheckSheet", "check_sheet"), ("GoujiClear", "clear"),
        ("GoujiPrevious", "previous"), ("GoujiNext", "next"), ("GoujiResults", "results"), ("GoujiExport", "export"),
        ("GoujiAbout", "about"), ("GoujiPacks", "packs"),
    ],
)  # fmt: skip
def test_a_button_asks_for_its_command_on_the_workbook_in_front(addin: Addin, button: str, command: str) -> None:
    addin.run(f"GoujiRibbon.{button}", addin.control("ignored"))
    assert addin.asked() == [command, "", "gouji.xlam"]


def test_a_pack_of_the_menu_is_asked_for_by_its_tag(addin: Addin) -> None:
    addin.run("GoujiRibbon.GoujiChoosePack", addin.control("heilongjiang-2020"))
    assert addin.asked() == ["choose_pack", "heilongjiang-2020", "gouji.xlam"]


def test_the_menu_is_the_one_that_installing_kept(addin: Addin, home: Path) -> None:
    where = places("darwin", {"HOME": str(home)})
    assert where is not None
    assert '"GoujiPacks"' in addin.run("GoujiRibbon.GoujiPackMenu", addin.control(""), "")[1][-1]
    where.menu.parent.mkdir(parents=True)
    keep_menu(where.menu, where.encoding, PACKS)
    shown = addin.run("GoujiRibbon.GoujiPackMenu", addin.control(""), "")[1][-1]
    assert shown == menu(PACKS).encode("ascii", "xmlcharrefreplace").decode("ascii")
