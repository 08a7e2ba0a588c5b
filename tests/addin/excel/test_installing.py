"""``gouji addin`` for Excel on Windows and macOS, in folders of the test's own."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import gouji
from gouji.addin import programs
from gouji.addin.excel import installing
from gouji.addin.excel.acting import act
from gouji.addin.excel.building import build
from gouji.addin.excel.configuration import read_configuration
from gouji.addin.excel.places import Places, places
from gouji.addin.programs import Action
from gouji.cli import main
from gouji.errors import GoujiError
from gouji.packs.cache import cache_folder

WINDOWS = {
    "addin": "AppData/Microsoft/Excel/XLSTART/gouji.xlam",
    "configuration": "AppData/gouji/addin.ini",
    "menu": "AppData/gouji/packs.xml",
}
GROUP = "home/Library/Group Containers/UBF8T346G9.Office"
MAC = {
    "addin": f"{GROUP}/User Content.localized/Startup.localized/Excel/gouji.xlam",
    "configuration": f"{GROUP}/gouji/addin.ini",
    "menu": f"{GROUP}/gouji/packs.xml",
    "script": "home/Library/Application Scripts/com.microsoft.Excel/gouji.applescript",
}
EXPECTED = {"win32": WINDOWS, "darwin": MAC}


class Person:
    """Somebody's machine: its platform, its folders, the Python that gouji runs in."""

    def __init__(self, root: Path, platform: str) -> None:
        found = places(platform, {"APPDATA": str(root / "AppData"), "HOME": str(root / "home")})
        assert found is not None
        self.root, self.platform, self.places = root, platform, found

    def files(self) -> set[str]:
        return {path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file()}

    def told(self, action: Action, *, dry_run: bool = False) -> list[str]:
        return [chinese for chinese, _ in act(action, dry_run) or ()]


@pytest.fixture(params=["win32", "darwin"])
def person(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_python: str
) -> Person:
    monkeypatch.setenv("APPDATA", str(tmp_path / "AppData"))
    kept_packs = cache_folder()
    if kept_packs is not None:  # loaded packs stay where other tests keep them
        monkeypatch.setenv("XDG_CACHE_HOME", str(kept_packs.parent))
        monkeypatch.setenv("LOCALAPPDATA", str(kept_packs.parent))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "executable", own_python)
    monkeypatch.setattr(installing, "trial", lambda interpreter: None)  # tried for real in tests of its own
    monkeypatch.setattr(sys, "platform", request.param)
    return Person(tmp_path, request.param)


def test_installing_writes_the_addin_the_configuration_and_the_menu(person: Person, own_python: str) -> None:
    told = person.told("install")
    assert person.files() == set(EXPECTED[person.platform].values())
    assert person.places.addin.read_bytes() == build(gouji.__version__)
    kept = read_configuration(person.places.configuration)
    assert kept is not None
    assert (kept.interpreter, kept.version) == (own_python, gouji.__version__)
    assert told[0] == f"已装好 {gouji.__version__}：{person.places.addin}"
    assert own_python in told[1]


def test_the_menu_offers_automatic_choice_and_every_pack(person: Person) -> None:
    person.told("install")
    menu = ElementTree.fromstring(person.places.menu.read_text(person.places.encoding))  # noqa: S314
    packs = [each for each in menu if each.get("onAction") == "GoujiChoosePack"]
    assert "tag" not in packs[0].attrib  # Excel refuses an empty one
    assert packs[0].attrib["label"] == "自动（按表式和年度选择）"
    assert "imageMso" in packs[0].attrib
    assert {"mof-2022", "heilongjiang-2020"} <= {each.attrib["tag"] for each in packs[1:]}
    assert sum("imageMso" in each.attrib for each in packs) == 1


def test_a_dry_run_names_what_installing_writes_and_writes_nothing(person: Person) -> None:
    told = person.told("install", dry_run=True)
    assert person.files() == set()
    assert {line.removeprefix("会写入：") for line in told} == {
        str(person.root / path) for path in EXPECTED[person.platform].values()
    }


def test_uninstalling_removes_what_was_written_and_nothing_else(person: Person) -> None:
    person.told("install")
    own = person.places.configuration.with_name("live.toml")
    own.write_text('pack = "mof-2022"\n')
    assert len(person.told("uninstall", dry_run=True)) == len(EXPECTED[person.platform])
    person.told("uninstall")
    assert person.files() == {own.relative_to(person.root).as_posix()}
    assert person.told("uninstall") == ["没有安装，没有可删除的。"]


def test_uninstalling_leaves_no_folder_of_ours(person: Person) -> None:
    person.told("install")
    person.told("uninstall")
    assert not person.places.configuration.parent.exists()


def test_a_file_that_somebody_changed_is_left_and_named(person: Person) -> None:
    person.told("install")
    person.places.addin.write_bytes(b"their own")
    assert person.told("status")[0].startswith("文件与安装时的不同")
    told = person.told("uninstall")
    assert person.places.addin.read_bytes() == b"their own"
    assert f"与安装时的不同，没有动：{person.places.addin}，请自己删除" in told


def test_installing_again_changes_nothing(person: Person) -> None:
    person.told("install")
    before = {path: (person.root / path).read_bytes() for path in person.files()}
    person.told("install")
    assert {path: (person.root / path).read_bytes() for path in person.files()} == before


def test_status_tells_what_is_installed(person: Person, own_python: str) -> None:
    assert person.told("status") == ["没有安装。"]
    person.told("install")
    assert person.told("status") == [
        "已安装，可以使用。",
        f"加载项：{person.places.addin}，版本 {gouji.__version__}",
        f"使用的 Python：{own_python}",
    ]


def test_status_tells_of_an_older_version(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gouji, "__version__", "0.0.1", raising=False)
    person.told("install")
    monkeypatch.undo()
    found = installing.status(person.places, "9.9")
    assert (found.state, found.version) == ("stale", "0.0.1")


def test_status_tells_of_a_python_that_is_gone(person: Person) -> None:
    files = installing.planned(person.places, "/no/such/python", gouji.__version__)
    installing.install(files, person.places.configuration.parent)
    assert person.told("status")[:2] == ["已安装，但不能用：", "Python 已不在：/no/such/python"]


def test_status_tells_of_a_python_that_lacks_something(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(interpreter: str) -> None:
        raise GoujiError(f"{interpreter} 缺少 xlwings", "no xlwings")

    person.told("install")
    monkeypatch.setattr(installing, "trial", lacking)
    assert person.told("status")[:2] == ["已安装，但不能用：", f"{sys.executable} 缺少 xlwings"]


def test_status_tells_of_a_missing_configuration(person: Person) -> None:
    person.told("install")
    person.places.configuration.unlink()
    assert person.told("status")[:2] == ["已安装，但不能用：", f"没有配置 {person.places.configuration}"]


def test_a_python_with_all_that_a_click_needs_passes_the_trial(own_python: str) -> None:
    installing.trial(own_python)


def test_a_python_that_lacks_a_package_when_closed_off_is_refused(tmp_path: Path) -> None:
    import venv

    venv.create(tmp_path / "bare", symlinks=True)
    bare = str(tmp_path / "bare" / "bin" / "python3")
    with pytest.raises(GoujiError, match=r"ModuleNotFoundError: No module named 'xlwings'.*gouji\[live\]"):
        installing.trial(bare)
    with pytest.raises(GoujiError, match="不能运行"):
        installing.trial(str(tmp_path / "none"))


def test_a_file_in_use_is_told_and_nothing_half_written_is_left(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.told("install")
    before = person.files()

    def busy(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", busy)
    with pytest.raises(GoujiError, match=r"gouji\.xlam：Permission denied。请先关闭 Excel"):
        person.told("install")
    assert person.files() == before


def test_what_went_wrong_at_the_last_click_on_a_mac_is_told(person: Person) -> None:
    person.told("install")
    if person.places.log:
        person.places.log.write_text("Traceback\nImportError: no module\n")
        assert person.told("status")[-1] == "上一次点按钮时出的错：ImportError: no module"


def test_places_need_the_persons_folder_and_a_platform_with_excel() -> None:
    assert places("linux", {"HOME": "/x"}) is None
    with pytest.raises(GoujiError, match="APPDATA"):
        places("win32", {"HOME": "/x"})
    with pytest.raises(GoujiError, match="HOME"):
        places("darwin", {})


def test_nothing_is_in_the_making_where_excel_opens_what_it_finds() -> None:
    for platform in EXPECTED:
        found = places(platform, {"APPDATA": "a", "HOME": "h"})
        assert isinstance(found, Places)
        assert found.configuration.parent != found.addin.parent


def test_a_virtual_environment_is_not_left_through_its_link(tmp_path: Path) -> None:
    (tmp_path / "python.exe").symlink_to(sys.executable)
    assert installing.interpreter_for(str(tmp_path / "python.exe"), "win32") == str(tmp_path / "python.exe")
    (tmp_path / "pythonw.exe").touch()
    assert installing.interpreter_for(str(tmp_path / "python.exe"), "win32") == str(tmp_path / "pythonw.exe")
    assert installing.interpreter_for(str(tmp_path / "python.exe"), "darwin") == str(tmp_path / "python.exe")


def test_the_command_line_prints_it(
    person: Person, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "PROGRAMS", (programs.Program("Excel", act),))
    assert main(["addin", "status"]) == 0
    assert capsys.readouterr().out == "Excel：没有安装。\n"
    assert main(["addin", "install", "--dry-run", "--lang", "en"]) == 0
    assert f"Excel: Would write: {person.places.addin}\n" in capsys.readouterr().out


def test_where_no_program_takes_an_addin_the_command_line_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(programs, "PROGRAMS", (programs.Program("Excel", act),))
    assert main(["addin", "install"]) == 2
    assert "没有能装加载项的表格程序：Excel（Windows、macOS）或 LibreOffice" in capsys.readouterr().err


def test_one_program_that_fails_does_not_keep_the_next_from_being_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(action: Action, dry_run: bool) -> None:
        raise GoujiError("装不上。", "No way.")

    fine = programs.Program("乙", lambda action, dry_run: [("装好了。", "Done.")])
    absent = programs.Program("丙", lambda action, dry_run: None)
    monkeypatch.setattr(programs, "PROGRAMS", (programs.Program("甲", broken), fine, absent))
    assert main(["addin", "install"]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("乙：装好了。\n", "gouji: 甲：装不上。\n")
