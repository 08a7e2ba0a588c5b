"""``gouji.xlam`` read back: by olevba, by olefile, by an XML parser; nothing in it that its text does not say."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import olefile
import pytest
from oletools.olevba import VBA_Parser

import gouji
from gouji.addin.excel.building import FILE, addin_text, build, mac_script, source_folder
from gouji.addin.excel.menu import menu
from gouji.addin.excel.vba_project import PROJECT_ID, source
from gouji.live.commands import pack_choices
from gouji.live.outcome import Choice
from gouji.live.settings import Settings
from tests.programs import schema_errors, validator

ROOT = Path(__file__).resolve().parents[3]
ADDIN = build("1.2.3")
TEXT = addin_text("1.2.3")
RIBBON = "{http://schemas.microsoft.com/office/2009/07/customui}"
LABELS = ["审核", "审核本表", "清除批注", "上一处", "下一处", "显示结果表", "规则包", "导出报告", "说明"]


def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(ADDIN)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


PARTS = parts()
PROJECT = olefile.OleFileIO(io.BytesIO(PARTS["xl/vbaProject.bin"]), raise_defects=olefile.DEFECT_UNSURE)


def ribbon() -> ElementTree.Element:
    return ElementTree.fromstring(PARTS["customUI/customUI14.xml"])  # noqa: S314 - our own file


def controls() -> list[ElementTree.Element]:
    return [each for each in ribbon().iter() if each.tag in (f"{RIBBON}button", f"{RIBBON}dynamicMenu")]


def test_olevba_reads_every_module_as_it_was_written() -> None:
    parser = VBA_Parser(FILE, data=ADDIN)
    found = {name: code.replace("\r\n", "\n") for _, _, name, code in parser.extract_macros()}
    assert {name: found[f"{name}.bas"] for name, _, document in TEXT.modules if not document} == {
        path.stem: path.read_text("ascii") for path in source_folder().glob("vba/*.bas")
    }
    assert set(found) == {f"{each.name}.bas" for each in TEXT.modules} | {"ThisWorkbook.cls", "Sheet1.cls"}


def test_olevba_sees_no_compiled_code_beside_the_text() -> None:
    parser = VBA_Parser(FILE, data=ADDIN)
    assert parser.detect_vba_macros()
    assert PROJECT.openstream("VBA/_VBA_PROJECT").read() == bytes.fromhex("CC61FFFF000000")


def test_olefile_finds_exactly_the_streams_of_a_project() -> None:
    modules = {f"VBA/{each.name}" for each in TEXT.modules} | {"VBA/ThisWorkbook", "VBA/Sheet1"}
    assert {"/".join(path) for path in PROJECT.listdir()} == modules | {
        "VBA/dir", "VBA/_VBA_PROJECT", "PROJECT", "PROJECTwm",
    }  # fmt: skip
    assert PROJECT.parsing_issues == []


def test_the_project_lists_every_module_and_is_neither_locked_nor_hidden() -> None:
    text = PROJECT.openstream("PROJECT").read().decode("ascii")
    assert re.findall(r"^(?:Document|Module)=(\w+)", text, re.MULTILINE) == [
        "ThisWorkbook", "Sheet1", *(each.name for each in TEXT.modules),
    ]  # fmt: skip
    settings = {name: unguarded(value) for name, value in re.findall(r'^(CMG|DPB|GC)="(\w+)"', text, re.MULTILINE)}
    assert settings == {"CMG": bytes(4), "DPB": bytes(1), "GC": b"\xff"}
    names = PROJECT.openstream("PROJECTwm").read()
    assert all(each.name.encode() + b"\0" + each.name.encode("utf-16-le") + b"\0\0" in names for each in TEXT.modules)


def unguarded(value: str) -> bytes:
    """[MS-OVBA] 2.4.3.3: the content of a protection setting."""
    coded = bytes.fromhex(value)
    seed, version, key = coded[0], coded[1] ^ coded[0], coded[2] ^ coded[0]
    assert version == 2
    assert key == sum(PROJECT_ID.encode()) & 0xFF
    plain = bytearray([key])
    for place in range(3, len(coded)):
        plain.append(coded[place] ^ (coded[place - 2] + plain[-1] & 0xFF))
    body = plain[1 + (seed & 6) // 2 :]
    assert int.from_bytes(body[:4], "little") == len(body) - 4
    return bytes(body[4:])


def test_the_same_text_gives_the_same_bytes() -> None:
    program = f"import sys, {build.__module__} as b; sys.stdout.buffer.write(b.build('1.2.3'))"
    again = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
    assert again == ADDIN
    assert build("1.2.4") != ADDIN
    with zipfile.ZipFile(io.BytesIO(ADDIN)) as archive:
        assert {(entry.date_time, entry.compress_type) for entry in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}


def test_one_command_builds_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "addin.excel", str(tmp_path / "dist")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(tmp_path / "dist" / FILE)
    assert (tmp_path / "dist" / FILE).read_bytes() == build(gouji.__version__)


def test_every_part_has_a_type_and_every_relation_a_target() -> None:
    types = ElementTree.fromstring(PARTS["[Content_Types].xml"])  # noqa: S314
    named = {str(each.get("PartName")) for each in types if "PartName" in each.attrib}
    assert named <= {f"/{name}" for name in PARTS}
    assert {name for name in PARTS if not name.endswith((".xml", ".rels"))} <= {name[1:] for name in named}
    for name in filter(lambda name: name.endswith(".rels"), PARTS):
        folder = name.rpartition("_rels/")[0]
        relations = ElementTree.fromstring(PARTS[name])  # noqa: S314
        assert all(f"{folder}{each.get('Target')}" in PARTS for each in relations)
    root = PARTS["_rels/.rels"].decode()
    assert "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" in root
    assert "application/vnd.ms-excel.addin.macroEnabled.main+xml" in PARTS["[Content_Types].xml"].decode()


def test_the_ribbon_shows_the_commands_of_the_design() -> None:
    assert ribbon().tag == f"{RIBBON}customUI"
    assert [each.get("label") for each in ribbon().iter(f"{RIBBON}tab")] == ["决算勾稽"]
    assert [each.get("label") for each in controls()] == LABELS


def test_every_callback_of_the_ribbon_is_a_public_sub_of_the_right_shape() -> None:
    code = "\n".join(each.text for each in TEXT.modules)
    for element in [*ribbon().iter(), *kept_menu().iter()]:
        for attribute, name in element.attrib.items():
            if attribute == "onAction":
                assert re.search(rf"^Public Sub {name}\(control As Object\)$", code, re.MULTILINE), name
            elif attribute.startswith(("get", "onLoad")):
                assert re.search(rf"^Public Sub {name}\(control As Object, ByRef \w+ As Variant\)$", code, re.MULTILINE)
    called = {each.get("onAction") or each.get("getContent") for each in [*controls(), *kept_menu()]}
    assert set(re.findall(r"^Public Sub (Gouji\w+)", code, re.MULTILINE)) == called - {None}


def kept_menu() -> ElementTree.Element:
    return ElementTree.fromstring(menu([Choice("", "自动选择", True), Choice("x", "A & B", False)]))  # noqa: S314


def test_controls_have_their_own_ids_keys_and_pictures() -> None:
    ids = [each.get("id") for each in ribbon().iter() if each.get("id")]
    assert len(set(ids)) == len(ids)
    keys = [str(each.get("keytip")) for each in controls()]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch("[A-Z]{1,3}", key) for key in keys)
    assert all(each.get("imageMso") and each.get("screentip") for each in controls())
    assert all(len(text) <= 1024 for each in ribbon().iter() for text in each.attrib.values())


def test_every_message_the_modules_name_is_in_the_sheet() -> None:
    code = "\n".join(each.text for each in TEXT.modules)
    named = set(re.findall(r'(?:Say|Words)\(? ?"(\w+)"', code))
    assert named == {name for name, _ in TEXT.messages} - {"version"}
    sheet = PARTS["xl/worksheets/sheet1.xml"].decode("utf-8")
    assert all(message.split("\n")[0] in sheet for _, message in TEXT.messages)


@pytest.mark.parametrize("module", TEXT.modules, ids=lambda module: module.name)
def test_modules_are_ascii_and_declare_what_they_use(module: Any) -> None:
    head = source(module).decode("ascii").splitlines()[:2]
    assert head == [f'Attribute VB_Name = "{module.name}"', "Option Explicit"]
    assert max(map(len, module.text.splitlines())) < 140


def test_the_script_for_the_mac_keeps_any_path_in_its_quotes() -> None:
    script = mac_script('/Vol "x"/py\\thon', "/a log")
    assert 'property interpreter : "/Vol \\"x\\"/py\\\\thon"\n' in script
    assert 'property diary : "/a log"\n' in script
    assert "{" not in script.split("on goujiPerform")[0]


def findings_of_the_validator(parts: dict[str, bytes], path: Path) -> set[tuple[str, ...]]:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    cache = Path(tempfile.gettempdir()) / "gouji-ooxml-validator"
    return schema_errors(validator(cache), path)


@pytest.mark.validator
def test_microsofts_validator_finds_no_fault_in_the_package_and_its_ribbon(tmp_path: Path) -> None:
    assert findings_of_the_validator(PARTS, tmp_path / "addin.xlam") == set()
    name = "customUI/customUI14.xml"
    [(part, *_)] = findings_of_the_validator(
        {**PARTS, name: PARTS[name].replace(b"keytip=", b"kextip=", 1)}, tmp_path / "wrong.xlam"
    )
    assert part == f"/{name}"


@pytest.mark.validator
def test_microsofts_validator_finds_no_fault_in_the_menu_of_packs(tmp_path: Path) -> None:
    name = "customUI/customUI14.xml"
    shown = re.sub(
        r"<dynamicMenu .*?/>",
        '<menu id="shown" label="shown">' + re.sub(r"^<menu [^>]*>", "", menu(pack_choices(Settings()))),
        PARTS[name].decode("utf-8"), flags=re.DOTALL,
    )  # fmt: skip
    assert "goujiPack3" in shown
    assert findings_of_the_validator({**PARTS, name: shown.encode()}, tmp_path / "addin.xlam") == set()
