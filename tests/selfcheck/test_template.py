"""Self-checking templates: every rule is there, as formulas or with the reason why not; the file is well made."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gouji.cli import main
from gouji.errors import GoujiError
from gouji.hosts.forms.building import build_template
from gouji.hosts.forms.check_sheets import DETAILS, NOT_ASKED, SUMMARY
from gouji.packs import load_pack
from gouji.selfcheck import write_template

HEAVY = ["mof-2019", "heilongjiang-2020", "sichuan-2023", "anhui-2022"]
PACKS = ["mof-2022", "neimenggu-2022", *(pytest.param(name, marks=pytest.mark.heavy) for name in HEAVY)]
FUNCTIONS = {
    "ABS", "AND", "COUNT", "COUNTA", "COUNTIF", "EXACT", "IF", "IFERROR", "INDEX", "ISNUMBER", "ISTEXT", "LEFT", "LEN",
    "MATCH", "MAX", "NOT", "OR", "ROUND", "ROWS", "SIGN", "SUM", "SUMIF", "SUMPRODUCT",
}  # fmt: skip
"""What Excel, WPS and LibreOffice all have, in every version."""
READ_WORDS = {
    "P07", "P07-1", "P07-2", "P07-3", "P08", "P08-1", "P08-2", "P09", "P09-1", "P10", "P11", "P13-1", "P13-2", "P14",
    "P14-1", "P14-2", "H07",
}  # fmt: skip
"""Rules about targets, results and names, which no formula can read."""


@pytest.fixture(scope="module", params=PACKS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Any]:
    path = tmp_path_factory.mktemp("made") / f"{request.param}.xlsx"
    write_template(load_pack(request.param), path, self_check=True)
    return request.param, openpyxl.load_workbook(path)


def lines(book: Any) -> list[tuple[Any, ...]]:
    return [row for row in book[SUMMARY].iter_rows(min_row=6, max_col=7, values_only=True) if row[0]]


def test_every_rule_stands_on_every_form_of_it(made: tuple[str, Any]) -> None:
    name, book = made
    pack = load_pack(name)
    printed = {table.title for table in pack.tables.values() if table.print}
    wanted = {(rule.id, pack.tables[table].title) for rule in pack.rules for table in rule.tables
              if not pack.texts.keys() & pack.tables_of(rule)}  # sentences are not on a sheet
    found = {(line[0], line[2].strip("「」")) for line in lines(book) if line[0] != "自检"}
    assert found == {(rule, title) for rule, title in wanted if title in printed}
    assert {line[2].strip("「」") for line in lines(book) if line[0] == "自检"} == printed


def test_only_rules_about_words_and_about_what_is_not_printed_are_left_out(made: tuple[str, Any]) -> None:
    _, book = made
    left = {(line[0], line[2].strip("「」")): line[6] for line in lines(book) if line[4] == NOT_ASKED}
    assert {rule for (rule, _), why in left.items() if "文字" in why} <= READ_WORDS
    rest = {key for key, why in left.items() if "文字" not in why}
    assert rest <= {("A17", "国有资本经营预算财政拨款支出决算表"), ("B06", "财政拨款收入支出决算总表")}


def test_formulas_are_short_enough_and_use_what_every_program_has(made: tuple[str, Any]) -> None:
    _, book = made
    formulas = [
        cell.value for sheet in (book[SUMMARY], book[DETAILS]) for row in sheet.iter_rows() for cell in row
        if cell.data_type == "f"
    ]
    assert len(formulas) > 1000
    assert max(map(len, formulas)) <= 8192
    used = {name for text in formulas for name in re.findall(r"([A-Z]+)\(", re.sub(r"\"[^\"]*\"|'[^']*'", "", text))}
    assert used <= FUNCTIONS


def test_results_are_coloured_as_they_change(made: tuple[str, Any]) -> None:
    _, book = made
    areas = {str(area.sqref): [rule.formula for rule in rules]
             for area, rules in book[SUMMARY].conditional_formatting._cf_rules.items()}
    assert areas == {f"E6:E{5 + len(lines(book))}": [['"√"'], ['"×"'], ['"？"']]}
    assert len(book[DETAILS].conditional_formatting) == 1


def test_the_forms_are_those_of_the_plain_template(made: tuple[str, Any], tmp_path: Path) -> None:
    name, book = made
    build_template(load_pack(name), tmp_path / "plain.xlsx")
    plain = openpyxl.load_workbook(tmp_path / "plain.xlsx")
    assert book.sheetnames == [*plain.sheetnames, SUMMARY, DETAILS]
    for sheet in plain:
        values = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert [[cell.value for cell in row] for row in book[sheet.title].iter_rows()] == values


def test_written_twice_it_is_the_same_file(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_template(load_pack("mof-2022"), tmp_path / name, self_check=True)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_pack_of_no_year_has_no_forms(tmp_path: Path) -> None:
    with pytest.raises(GoujiError, match="请用某一年度的规则包，如 mof-2022"):
        write_template(load_pack("mof"), tmp_path / "mof.xlsx")


def test_the_command_writes_a_file_and_never_over_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "new", "mof-2022", "-o", str(tmp_path)]) == 0
    path = tmp_path / "mof-2022.xlsx"
    assert capsys.readouterr().out == f"已写出 {path}：{load_pack('mof-2022').title}\n"
    assert SUMMARY not in openpyxl.load_workbook(path).sheetnames
    before = path.read_bytes()
    assert main(["template", "new", "mof-2022", "-o", str(path)]) == 2
    assert capsys.readouterr().err == f"gouji: {path} 已经有了，没有改动它；请用 -o 换一个名字。\n"
    assert path.read_bytes() == before
    own = tmp_path / "自检.xlsx"
    assert main(["template", "new", "mof-2022", "-o", str(own), "--self-check", "--decimals", "1"]) == 0
    assert SUMMARY in openpyxl.load_workbook(own).sheetnames
    assert main(["template", "new", "no-such-pack", "-o", str(tmp_path)]) == 2
