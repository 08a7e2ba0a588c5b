"""The right pack by itself: by titles, names, the year and the area that a workbook prints."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from gouji.errors import PackError
from gouji.flow import validate
from gouji.hosts.package.reading import read_package
from gouji.packs import signatures as module
from gouji.packs.choosing import Choice, choose, printed_year
from gouji.packs.signatures import Signature, signatures
from gouji.sheet import Book, Cell, CellKind, Sheet
from tests.packs.conftest import SMALL, WritePack

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
NAMES = frozenset({"科目编码", "本年支出合计", "基本支出", "项目支出"})


def pack(
    name: str, year: int | None, above: str = "", titles: str = "支出决算表", more: str = "", area: str = ""
) -> Signature:
    table = {title: "支出表" if title == "支出决算表" else title for title in titles.split()}
    names = {each: NAMES | set(more.split()) for each in table.values()}
    return Signature(name, f"{name} 的规则", year, (*above.split(), name), tuple(area.split()), table, names)


@cache
def shipped() -> list[Signature]:
    """The signatures of the shipped packs, made once for all templates."""
    return signatures()


def book(*texts: str, title: str = "支出决算表", name: str = "决算.xlsx") -> Book:
    printed = [title, *texts, *sorted(NAMES)]
    cells = {(row, 1): Cell(CellKind.TEXT, text) for row, text in enumerate(printed, 1)}
    return Book(name, (Sheet("Sheet1", cells),))


def chosen(found: Iterable[Signature], *texts: str, title: str = "支出决算表") -> Choice:
    return choose(book(*texts, title=title), list(found))


MOF = [pack("mof", None), pack("mof-2020", 2020, "mof"), pack("mof-2022", 2022, "mof", more="新行")]


@pytest.mark.parametrize(("printed", "expected"), [
    ("2020年度", "mof-2020"), ("2021 年度", "mof-2020"), ("２０２２年度", "mof-2022"), ("二〇二二年度", "mof-2022"),
    ("2025年度", "mof-2022"), ("2018年度", "mof-2020"),
])  # fmt: skip
def test_of_one_authority_the_year_decides(printed: str, expected: str) -> None:
    assert chosen(MOF, printed).pack == expected


def test_the_year_goes_before_a_name_more() -> None:
    assert chosen(MOF, "2020年度", "新行").pack == "mof-2020"


def test_without_a_year_names_decide_and_the_choice_is_doubtful() -> None:
    assert chosen(MOF, "新行").pack == "mof-2022"
    found = chosen(MOF)
    assert found.pack == "mof"
    assert found.doubt() == (
        "规则包 mof 是推测的：工作簿没有印年度，mof-2020、mof-2022 也可能合用。不对的话，用 --pack 指定。"
    )


def test_a_province_must_understand_more_than_the_ministry() -> None:
    province = pack("sichuan-2023", 2023, "mof mof-2022", more="新行 度量单位")
    assert chosen([*MOF, province], "2023年度").pack == "mof-2022"
    assert chosen([*MOF, province], "2023年度", "度量单位").pack == "sichuan-2023"


def test_a_pack_that_knows_more_titles_wins() -> None:
    province = pack("neimenggu-2022", 2022, "mof mof-2022", titles="支出决算表 项目收支决算表")
    assert chosen([*MOF, province], "2020年度", "项目收支决算表").pack == "neimenggu-2022"


def test_between_authorities_names_decide_not_years() -> None:
    anhui = pack("anhui-2022", 2022, "mof mof-2022", more="产出50分 效益30分")
    sichuan = pack("sichuan-2023", 2023, "mof mof-2022", more="度量单位 产出50分")
    assert chosen([*MOF, anhui, sichuan], "2023年度", "产出50分", "效益30分").pack == "anhui-2022"


def test_an_area_that_is_printed_keeps_an_office_in_the_choice() -> None:
    office = pack("honghui-2022", 2022, "mof mof-2022", area="红十字会")
    assert chosen([*MOF, office], "2022年度").pack == "mof-2022"
    assert chosen([*MOF, office], "2022年度", "部门：鄂尔多斯市红十字会").pack == "honghui-2022"


def test_ties_are_said_and_always_end_the_same_way() -> None:
    one, other = pack("甲-2022", 2022, more="新"), pack("乙-2022", 2022, more="新")
    for found in ([one, other], [other, one]):
        choice = chosen(found, "2022年度", "新")
        assert choice.pack == "乙-2022"
        assert choice.doubts == (("甲-2022 认得的一样多", "甲-2022 understand as much"),)


def test_another_year_is_said() -> None:
    assert chosen(MOF, "2025年度").doubts == (
        ("没有 2025 年度的规则包，用的是 2022 年度的", "there is no pack for 2025, this one is for 2022"),
    )
    assert chosen(MOF, "2022年度").doubts == ()


def test_a_workbook_of_something_else_is_said() -> None:
    found = chosen(MOF, title="资产负债表")
    assert found.doubts[0] == ("工作簿没有印出任何规则包认得的标题", "no title of any pack is printed")


def test_the_reason_in_one_sentence() -> None:
    found = chosen(MOF, "2020年度")
    assert found.reason() == (
        "规则包 mof-2020（mof-2020 的规则）：认得 1 张表、4 个表头和行名，工作簿印的是 2020 年度；"
        "其次是 mof-2022（1 张、4 个）、mof（1 张、4 个）。"
    )
    assert found.reason("en") == (
        "pack mof-2020: 1 forms, 4 names understood, for 2020; next mof-2022 (1 and 4), mof (1 and 4)."
    )


def test_a_sheet_may_name_its_form_by_itself() -> None:
    cells = {(1, 1): Cell(CellKind.TEXT, "2022年度")}
    found = choose(Book("x.xlsx", (Sheet("GK03 支出决算表", cells),)), MOF)
    assert (found.pack, found.fits[0].forms) == ("mof-2022", 1)


@pytest.mark.parametrize(("texts", "expected"), [
    (["2020年度部门决算", "2019年度", "2019 年度决算"], 2019),
    (["2020年度", "2019年度"], 2020),
    (["2021年7月1日", "2020年部门决算"], 2020),
    (["2021年7月1日"], None),
    (["12020年度"], None),
])  # fmt: skip
def test_the_year_that_is_printed(texts: list[str], expected: int | None) -> None:
    sheets = tuple(Sheet(f"表{n}", {(1, 1): Cell(CellKind.TEXT, text)}) for n, text in enumerate(texts))
    assert printed_year(Book("某.xlsx", sheets)) == expected


def test_the_name_of_the_file_is_the_last_resort() -> None:
    assert printed_year(Book("2022年决算.xlsx", (Sheet("表", {(1, 1): Cell(CellKind.TEXT, "甲")}),))) == 2022
    assert printed_year(Book("20221.xlsx", ())) is None


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_a_template_gets_the_pack_it_was_made_from(template: Path) -> None:
    found = choose(read_package(template), shipped())
    assert (found.pack, found.doubts) == (template.stem, ())


def test_a_run_without_a_pack_takes_the_one_chosen_and_says_why() -> None:
    report = validate(TEMPLATES / "examples" / "heilongjiang-2020.xlsx")
    assert report.pack_id == "heilongjiang-2020"
    assert report.pack_reason[0].startswith("规则包 heilongjiang-2020（黑龙江省省级部门决算公开（2020 年度））：认得 ")


def test_signatures_of_own_packs_beside_the_shipped(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_PACKS", str(small.parent))
    own = next(one for one in signatures() if one.pack == "small")
    assert own == Signature(
        "small", "小规则包", 2020, ("small",), (), {"支出决算表": "支出表"},
        {"支出表": frozenset({"科目编码", "科目名称", "合计", "小计", "本年支出合计", "基本支出", "项目支出", "科目"})},
    )  # fmt: skip
    assert own.authority == "small"
    assert {one.authority for one in signatures() if one.pack in ("mof-2020", "heilongjiang-2020")} == {
        "mof", "heilongjiang",
    }  # fmt: skip


def test_signatures_are_kept_until_a_file_changes(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_PACKS", str(small.parent))
    monkeypatch.setattr("gouji.packs.locations.shipped_packs", lambda: small.parent / "none")
    first = signatures()
    monkeypatch.setattr(module, "load_pack", None)
    assert signatures() == first
    (small / "pack.yaml").write_text(SMALL["pack.yaml"] + "# 改过\n", "utf-8")
    with pytest.raises(TypeError):
        signatures()


def test_a_faulty_pack_is_not_passed_over(write_pack: WritePack, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pack("bad", {"pack.yaml": "pack: bad\n"})
    monkeypatch.setenv("GOUJI_PACKS", str(small.parent))
    with pytest.raises(PackError):
        signatures()
