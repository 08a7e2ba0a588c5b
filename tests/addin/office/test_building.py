"""gouji.oxt as built: the same bytes each time, all it needs inside, nothing under a licence that forbids it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

import gouji
from gouji.addin.office import bundle
from gouji.addin.office.building import FILE, build
from gouji.errors import GoujiError

ROOT = Path(__file__).resolve().parents[3]
MANIFEST = "{http://openoffice.org/2001/manifest}"
DESCRIPTION = "{http://openoffice.org/extensions/description/2006}"


def parsed(text: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - our own output


@pytest.fixture(scope="module")
def extension() -> bytes:
    return build()


@pytest.fixture(scope="module")
def content(extension: bytes) -> ZipFile:
    return ZipFile(io.BytesIO(extension))


def test_another_process_builds_the_same_bytes(extension: bytes, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"}
    command = [sys.executable, "-m", "addin.libreoffice", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == f"{tmp_path / FILE}\n"
    assert (tmp_path / FILE).read_bytes() == extension


def test_every_file_that_the_manifest_names_is_there(content: ZipFile) -> None:
    manifest = parsed(content.read("META-INF/manifest.xml"))
    named = [entry.get(f"{MANIFEST}full-path") for entry in manifest]
    assert named == ["job.py", "Addons.xcu", "CalcWindowState.xcu"]
    assert set(named) <= set(content.namelist())


def test_the_pictures_that_the_configuration_names_are_there(content: ZipFile) -> None:
    values = [each.text or "" for each in parsed(content.read("Addons.xcu")).iter("value")]
    pictures = {text.removeprefix("%origin%/") for text in values if text.startswith("%origin%/")}
    assert len(pictures) == 18
    assert pictures <= set(content.namelist())


def test_the_description_says_this_version_and_links_to_files_that_are_there(content: ZipFile) -> None:
    description = parsed(content.read("description.xml"))
    assert [each.get("value") for each in description.iter(f"{DESCRIPTION}version")] == [gouji.__version__]
    links = {link for each in description.iter() if (link := each.get("{http://www.w3.org/1999/xlink}href"))}
    assert links == {"description/zh.txt", "description/en.txt", "icons/gouji.png"}
    assert links <= set(content.namelist())


def test_no_file_carries_the_time_of_its_making(content: ZipFile) -> None:
    assert {entry.date_time for entry in content.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_only_free_parts_of_libraries_are_inside_with_their_licences(content: ZipFile) -> None:
    names = content.namelist()
    assert {name.split("/")[1] for name in names if name.startswith("licenses/")} == {
        "gouji",
        "lark",
        "xlwings",
        "yaml",
    }
    assert [name for name in names if "/pro/" in name or "PRO" in name] == []
    assert {name.split("/")[1] for name in names if name.startswith("python/")} == {
        "gouji", f"gouji-{gouji.__version__}.dist-info", "lark", "xlwings", "yaml",
    }  # fmt: skip


def test_the_packs_are_inside(content: ZipFile) -> None:
    shipped = {path.relative_to(ROOT / "rules").as_posix() for path in (ROOT / "rules").rglob("*") if path.is_file()}
    prefix = "python/gouji/_data/rules/"
    assert {name.removeprefix(prefix) for name in content.namelist() if name.startswith(prefix)} == shipped


def test_what_is_inside_checks_a_workbook_by_itself(extension: bytes, tmp_path: Path) -> None:
    ZipFile(io.BytesIO(extension)).extractall(tmp_path)
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import gouji, xlwings, gouji.live.commands, gouji.hosts.live.libreoffice.engine\n"
        "report = gouji.validate(sys.argv[2])\n"
        "print(gouji.__file__, gouji.__version__, report.pack_id, len(report.findings), xlwings.__pro__)\n"
    )
    example = ROOT / "templates" / "examples" / "heilongjiang-2020.xlsx"
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-I", "-S", "-c", script, str(tmp_path / "python"), str(example)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    expected = gouji.validate(example)
    inside = tmp_path / "python" / "gouji" / "__init__.py"
    assert done.stdout == f"{inside} {gouji.__version__} {expected.pack_id} {len(expected.findings)} False\n", (
        done.stderr
    )


def test_a_library_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "LIBRARIES", (bundle.Library("no-such-library", "nothing"),))
    with pytest.raises(GoujiError, match=r"缺少 no-such-library，.*pip install 'gouji\[live\]'"):
        list(bundle.bundled())


def test_the_libraries_inside_are_those_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = " ".join([*project["dependencies"], *project["optional-dependencies"]["live"]]).lower()
    assert all(f"{library.distribution.lower()}>=" in declared for library in bundle.LIBRARIES)
