"""The offline bundle: what it asks pip for, what it holds, and that a Chinese console can read its batch files."""

from __future__ import annotations

import re
import runpy
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import gouji

ROOT = Path(__file__).resolve().parents[2]
BUNDLE: dict[str, Any] = runpy.run_path(str(ROOT / "addin" / "bundle" / "__main__.py"))
TEXTS = ["install.bat", "uninstall.bat", "安装说明.txt"]


def wheel(folder: Path, name: str, *needs: str) -> None:
    lines = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1.0", *(f"Requires-Dist: {each}" for each in needs)]
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}-1.0.dist-info/METADATA", "\n".join(lines) + "\n")


def test_what_windows_needs_is_asked_for_and_nothing_else(tmp_path: Path) -> None:
    wheel(
        tmp_path, "gouji", "rich<16,>=13", 'xlwings>=0.33; extra == "live"', 'pytest; extra == "test"', "PyYAML>=6",
    )  # fmt: skip
    wheel(tmp_path, "pyyaml", 'colorama; platform_system == "Windows"', 'typing-extensions; python_version < "3.11"',
          'appscript; sys_platform == "darwin"')  # fmt: skip
    assert BUNDLE["missing"](tmp_path, BUNDLE["target"]("3.12")) == {"rich<16,>=13", "xlwings>=0.33", "colorama"}
    for name in ("rich", "xlwings", "colorama"):
        wheel(tmp_path, name)
    assert BUNDLE["missing"](tmp_path, BUNDLE["target"]("3.12")) == set()


def test_the_project_itself_needs_the_connection_to_excel() -> None:
    assert BUNDLE["EXTRA"] == "live"
    assert re.search(r'^live = \["xlwings', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)


def test_pip_is_asked_for_windows_wheels_only(tmp_path: Path) -> None:
    arguments = BUNDLE["download"](["rich"], tmp_path, "3.13")
    asked = dict(zip(arguments[1:-1:2], arguments[2::2], strict=True))
    assert (arguments[0], arguments[-1]) == ("download", "rich")
    assert (asked["--platform"], asked["--python-version"], asked["--only-binary"]) == ("win_amd64", "3.13", ":all:")


def test_the_zip_holds_one_folder_with_everything_and_its_checksums(tmp_path: Path) -> None:
    wheel(tmp_path, "gouji")
    path = BUNDLE["written"](tmp_path / "out", BUNDLE["members"](tmp_path, "3.12"))
    folder = f"gouji-{gouji.__version__}-windows"
    assert path == tmp_path / "out" / f"{folder}.zip"
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert names == [f"{folder}/{name}" for name in [*TEXTS, "wheels/gouji-1.0-py3-none-any.whl", "SHA256SUMS"]]
        assert archive.read(names[-1]).decode().splitlines() == [
            f"{sha256(archive.read(name)).hexdigest()}  {name.removeprefix(f'{folder}/')}" for name in names[:-1]
        ]
    first = path.read_bytes()
    assert BUNDLE["written"](tmp_path / "out", BUNDLE["members"](tmp_path, "3.12")).read_bytes() == first


@pytest.mark.parametrize("name", ["install.bat", "uninstall.bat"])
def test_batch_files_read_the_same_in_any_code_page_but_for_their_messages(name: str, tmp_path: Path) -> None:
    content = BUNDLE["members"](tmp_path, "3.12")[name]
    text = content.decode("gbk")
    assert "\ufffd" not in text
    assert content.count(b"\n") == content.count(b"\r\n")
    for sign in '|&<>^%"()\\':  # half of a Chinese character must not look like one of them
        assert content.count(sign.encode()) == text.count(sign), sign
    assert not re.search(r"\{(version|nodot|gouji)\}", text)
    labels = set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    assert set(re.findall(r"(?:goto|call) :(\w+)", text)) == labels


def test_batch_files_install_from_the_bundle_only(tmp_path: Path) -> None:
    text = BUNDLE["members"](tmp_path, "3.12")["install.bat"].decode("gbk")
    assert "--no-index --find-links wheels" in text
    assert f'"gouji[live]=={gouji.__version__}"' in text
    assert "-I -m gouji addin install" in text
    assert all(" -I " in line for line in text.splitlines() if "-m " in line)


def test_the_instructions_name_what_is_there(tmp_path: Path) -> None:
    text = BUNDLE["members"](tmp_path, "3.12")["安装说明.txt"].decode("utf-8-sig")
    assert "Python 3.12（64 位）" in text
    assert all(name in text for name in ("install.bat", "uninstall.bat", "SHA256SUMS"))
