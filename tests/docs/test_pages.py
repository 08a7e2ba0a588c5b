"""What the pages say is so: links lead somewhere, shown output is real, worked examples come out as written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gouji import flow
from gouji.binding.bound import Arithmetic, Bound
from gouji.checking.check import Verdict, judge
from gouji.cli import main
from gouji.cli.arguments import VERBS, parse
from gouji.figures import PERCENT, WAN_YUAN, Figure
from gouji.judgement import Conflict, Judgement
from gouji.packs import load_pack
from gouji.packs.keys import RULE
from gouji.report import json_report
from tests.checking.builders import figure, instance, single, term, total
from tests.docs.pages import EXAMPLE, PAGES, ROOT, blocks, rows, text

CONCLUSIONS = {Verdict.HOLDS: "相符", Verdict.ADJUSTED: "尾差", Verdict.FAILS: "错误"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_and_headings(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        path, _, anchor = target.partition("#")
        found = page.parent / path if path else page
        assert found.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", found.read_text("utf-8"), flags=re.MULTILINE)
            assert anchor in {heading.strip().lower().replace(" ", "-") for heading in headings}, target


@pytest.mark.parametrize(("page", "language"), [("README.zh-CN.md", "zh"), ("README.md", "en")])
def test_the_finding_shown_is_what_gouji_prints(
    page: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["validate", str(EXAMPLE), "--lang", language])
    printed = capsys.readouterr().out
    shown = next(block for block in blocks(page) if "A06" in block and "✗" in block)
    heading, _, finding = shown.partition("\n")
    assert heading in printed
    assert finding in printed


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_shown_is_one_that_gouji_understands(page: Path) -> None:
    shown = [line for block in re.findall(r"```.*?\n(.*?)```", page.read_text("utf-8"), flags=re.DOTALL)
             for line in block.split("\n")]  # fmt: skip
    for line in shown:
        command = re.match(r"[\s\-$]*gouji (\w+)(.*)", line)
        if command is None or "…" in line or " | " in line:
            continue
        verb, rest = command[1], command[2].split("#")[0].split(">")[0].split()
        assert verb in VERBS, line
        parse(verb, rest, "zh")


@pytest.mark.parametrize("row", rows("docs/figures.md", "印出"), ids=lambda row: row[0])
def test_a_printed_figure_stands_for_the_truths_written_beside_it(row: list[str]) -> None:
    printed, interval = row[:2]
    assert str(figure(printed.replace(",", "")).interval()) == interval


@pytest.mark.parametrize("row", rows("docs/figures.md", "印出的关系"), ids=lambda row: row[0])
def test_a_printed_relation_ends_as_written_beside_it(row: list[str]) -> None:
    figures = [figure(word.replace(",", "")) for word in re.findall(r"[\d,.]+", row[0].rpartition("=")[0])]
    right = figure(row[0].rpartition("=")[2].strip().replace(",", ""))
    assert CONCLUSIONS[judge(instance(single(1, right), "=", _sum(figures)), WAN_YUAN.exponent).verdict] == row[1]


@pytest.mark.parametrize("row", rows("docs/figures.md", "印出的比率"), ids=lambda row: row[0])
def test_a_printed_rate_ends_as_written_beside_it(row: list[str]) -> None:
    dividend, divisor, rate = (figure(word) for word in re.findall(r"[\d.]+", row[0]))
    printed = rate._replace(places=rate.places + 2, last=rate.places + 2, unit=PERCENT)
    quotient = Arithmetic("/", single(2, dividend), single(3, divisor))
    assert CONCLUSIONS[judge(instance(single(1, printed), "=", quotient), WAN_YUAN.exponent).verdict] == row[1]


def _sum(figures: list[Figure]) -> Bound:
    return total(*(term(number, each) for number, each in enumerate(figures, 2)))


def test_every_field_of_the_json_report_is_documented() -> None:
    report = json_report.as_object(flow.validate(EXAMPLE))
    named = set(re.findall(r"`([a-z_]+)(?:\[\])?`", text("docs/json.md")))
    fields = {*report, *report["pack"], *report["summary"], *report["tables"][0], *report["findings"][0]}
    fields |= {*report["findings"][0]["operands"][0]}
    assert fields - named == set()
    assert json.loads(json.dumps(report)) == report


def test_every_key_of_a_rule_is_documented() -> None:
    named = set(re.findall(r"`(\w+)(?:: [^`]*)?`", text("docs/rules.md")))
    assert set(RULE.names) - named == set()


def test_the_rules_shown_are_rules_of_a_pack() -> None:
    rules = {rule.id: rule for rule in load_pack("mof-2020").rules}
    for page in ("README.md", "README.zh-CN.md", "docs/rules.md"):
        (shown,) = (block for block in blocks(page, "yaml") if "check:" in block)
        rule = rules[re.findall(r"id: (\S+)", shown)[0]]
        assert f"name: {rule.name}\n" in shown
        assert [f"'{check.text}'" for check in rule.checks[:1]] == re.findall(r"check: (.*)", shown)
        assert f"basis: {rule.basis}\n" in shown


def test_every_module_the_architecture_names_exists() -> None:
    for name in set(re.findall(r"`([\w/]+\.(?:py|lark))`", text("docs/architecture.md"))):
        found = [*ROOT.rglob(f"src/gouji/**/{name.rpartition('/')[2]}"), ROOT / name]
        assert any(str(path).endswith(f"/{name}") and path.is_file() for path in found), name


def test_pictures_are_small() -> None:
    for path in (ROOT / "docs" / "images").iterdir():
        assert path.stat().st_size < 200_000, path.name


def test_the_example_of_judging_comes_out_as_written() -> None:
    (code,) = blocks("docs/judge.md", "python")
    seen: dict[str, object] = {}
    exec(code, seen)  # noqa: S102 - what the page shows
    found = seen["found"]
    assert isinstance(found, Judgement)
    assert (found.holds, found.consistent, found.explanations) == ((True, True, True), False, (("s",), ("z",)))
    assert found.conflicts == (Conflict((0, 2), ("s", "u", "y", "z"), (-1, 1)),)
    assert (str(found.range("s")["s"]), found.values("s")) == ("[1, 2)", {"s": ("1", "2")})
