"""The order of the house: which part may import which, one version, a licence, documentation that names everything."""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import pytest
from scripts import rules_index

import gouji
from gouji.cli import arguments
from gouji.cli.parser import Parser
from gouji.packs import available_packs, load_pack
from gouji.report.builtin import builtin_rules

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "gouji"

VALUES = {"errors", "figures", "labels", "numerals", "number_format", "sheet", "document"}
DEFINITIONS = VALUES | {"language", "tables", "packs"}
CHECKING = DEFINITIONS | {"targets", "binding", "checking"}
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "collection": set(),
    "figures": set(),
    "labels": set(),
    "number_format": set(),
    "numerals": {"labels"},
    "sheet": set(),
    "document": {"sheet"},
    "periods": {"labels"},
    "targets": {"figures", "labels", "numerals", "periods"},
    "language": {"errors"},
    "tables": VALUES,
    "packs": VALUES | {"language", "tables"},
    "binding": DEFINITIONS | {"targets"},
    "checking": DEFINITIONS | {"binding"},
    "diagnosis": CHECKING,
    "judgement": CHECKING | {"diagnosis"},
    "cases": CHECKING | {"diagnosis", "hosts", "report", "flow"},
    "hosts": DEFINITIONS,
    "selfcheck": CHECKING | {"hosts"},
    "manual": CHECKING | {"hosts", "report", "cases"},
    "texts": DEFINITIONS,
    "report": CHECKING | {"diagnosis", "hosts.protocol", "texts"},
    "flow": CHECKING | {"collection", "diagnosis", "hosts", "report", "texts"},
    "drafting": CHECKING | {"hosts", "flow"},
    "api": CHECKING | {"collection", "hosts", "judgement", "report", "flow"},
    "": {"api", "judgement"},
    "live": CHECKING | {"hosts", "report", "flow"},
    "addin": {"errors", "hosts", "live", "packs"},
    "cli": CHECKING
    | {"collection", "hosts", "report", "flow", "cases", "drafting", "selfcheck", "manual", "addin"},
    "__main__": {"cli"},
}
"""What each part of ``src/gouji`` may import, besides itself: one direction only."""

FILE_FORMATS = {"openpyxl", "python_calamine", "xlwings", "formulas", "xlrd", "uno", "docx"}
HEAVY = {
    "docx": {"hosts"}, "formulas": {"hosts"}, "lark": {"language"}, "openpyxl": {"hosts"}, "python_calamine": {"hosts"},
    "rich": {"report"}, "xlwings": {"hosts"}, "yaml": {"packs", "hosts"},
}  # fmt: skip
"""Libraries that take time to load, and the parts that may import each."""


class Import(NamedTuple):
    """One imported module: in which module of ours, at which line, and whether inside a function."""

    module: str
    line: int
    imported: str
    inside: bool

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.imported}"


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports_of(path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text("utf-8"))
    yield from _imports(tree, module_name(path), path.name == "__init__.py", inside=False)


def _imports(node: ast.AST, module: str, package: bool, *, inside: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(module, child.lineno, alias.name, inside)
        elif isinstance(child, ast.ImportFrom):
            base = _base(child, module, package)
            for alias in child.names:
                whole = f"{base}.{alias.name}"
                yield Import(module, child.lineno, whole if is_module(whole) else base, inside)
        else:
            function = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            yield from _imports(child, module, package, inside=inside or function)


def _base(node: ast.ImportFrom, module: str, package: bool) -> str:
    if not node.level:
        return node.module or ""
    parts = module.split(".")
    parts = parts[: len(parts) - node.level + package]
    return ".".join([*parts, *filter(None, [node.module])])


def is_module(name: str) -> bool:
    place = PACKAGE.parent.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()


def part_of(module: str) -> str:
    """``gouji.tables.cells`` → ``tables``; ``gouji`` → the empty text."""
    return f"{module}.".split(".")[1]


ALL_IMPORTS = [each for path in sorted(PACKAGE.rglob("*.py")) for each in imports_of(path)]


def test_every_part_of_the_package_has_its_place_in_the_order() -> None:
    parts = {part_of(module_name(path)) for path in PACKAGE.rglob("*.py")}
    assert parts == set(ALLOWED)


def test_the_order_has_no_circle() -> None:
    done: list[str] = []
    waiting = {part: {name.split(".")[0] for name in allowed} for part, allowed in ALLOWED.items()}
    while waiting:
        ready = sorted(part for part, allowed in waiting.items() if allowed <= set(done))
        assert ready, f"a circle among {sorted(waiting)}"
        done += ready
        for part in ready:
            del waiting[part]


def test_imports_run_one_way() -> None:
    wrong = []
    for each in ALL_IMPORTS:
        if each.imported.split(".")[0] != "gouji" or each.imported == "gouji":
            continue
        own, other = part_of(each.module), part_of(each.imported)
        allowed = ALLOWED.get(own, set())
        if other != own and not {other, each.imported.removeprefix("gouji.")} & allowed:
            wrong.append(str(each))
    assert wrong == []


def test_the_host_contract_needs_no_host() -> None:
    wrong = [str(each) for each in ALL_IMPORTS if each.module == "gouji.hosts.protocol" and "hosts" in each.imported]
    assert wrong == []


def test_nothing_imports_the_command_line() -> None:
    wrong = [
        str(each)
        for each in ALL_IMPORTS
        if each.imported.startswith("gouji.cli") and part_of(each.module) not in {"cli", "__main__"}
    ]
    assert wrong == []


def test_only_hosts_know_file_formats_and_spreadsheet_programs() -> None:
    wrong = [
        str(each)
        for each in ALL_IMPORTS
        if each.imported.split(".")[0] in FILE_FORMATS and part_of(each.module) != "hosts"
    ]
    assert wrong == []


def test_every_heavy_library_has_its_home() -> None:
    wrong = [
        str(each)
        for each in ALL_IMPORTS
        if (homes := HEAVY.get(each.imported.split(".")[0])) and part_of(each.module) not in homes
    ]
    assert wrong == []


def test_product_code_imports_nothing_outside_the_package_but_its_dependencies() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["live"]]
    named = {re.split(r"[\[<>=~! ;]", each)[0].lower() for each in needed}
    declared = {"yaml" if name == "pyyaml" else name.replace("-", "_") for name in named}
    roots = {each.imported.split(".")[0] for each in ALL_IMPORTS}
    assert roots - set(sys.stdlib_module_names) - {"gouji"} <= declared | {"schedula", "pytest", "uno"}
    assert {each.module for each in ALL_IMPORTS if each.imported.split(".")[0] == "pytest"} == {"gouji.cases.plugin"}


@pytest.mark.parametrize(
    "program", ["import gouji", "import gouji.flow", "from gouji.cli import main; main(['--help'])"]
)
def test_what_starts_a_run_loads_no_heavy_library(program: str) -> None:
    script = f"import sys; {program}; print(*sorted({{name.split('.')[0] for name in sys.modules}}), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    assert set(done.stderr.split()) & (set(HEAVY) | {"numpy", "scipy"}) == set()


def test_importing_gouji_loads_none_of_its_modules() -> None:
    script = "import sys, gouji; print([name for name in sys.modules if name.startswith('gouji.')])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout.strip() == b"[]"


def test_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert gouji.__version__ == project["version"] == metadata.version("gouji")
    assert f"## [{project['version']}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_licence_is_the_one_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert project["license"] == "Apache-2.0"
    assert "Apache License" in text.split("\n", 3)[1]
    assert "END OF TERMS AND CONDITIONS" in text


def documented_verbs() -> dict[str, str]:
    """The sections ``## gouji VERB`` of the page on the command line."""
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    verbs_only = re.sub(r"^## (?!gouji ).*\Z", "", page, flags=re.MULTILINE | re.DOTALL)
    pieces = re.split(r"^## gouji (\w+)$", verbs_only, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def options_of(verb: str) -> Iterator[argparse.Action]:
    description, fill, _ = arguments.VERBS[verb]
    parser = Parser(f"gouji {verb}", "zh", description)
    fill(parser)
    yield from parser._actions


def test_every_verb_is_documented() -> None:
    assert set(documented_verbs()) == set(arguments.VERBS)


@pytest.mark.parametrize("verb", sorted(arguments.VERBS))
def test_every_option_and_argument_is_documented(verb: str) -> None:
    section = documented_verbs()[verb]
    words = {name for action in options_of(verb) for name in action.option_strings or [str(action.metavar)]}
    missing = sorted(word for word in words - {"-h", "--help"} if not re.search(rf"`[^`\n]*{word}\b[^`\n]*`", section))
    assert missing == []


@pytest.mark.parametrize("verb", sorted(arguments.VERBS))
def test_no_option_is_documented_that_does_not_exist(verb: str) -> None:
    known = {name for action in options_of(verb) for name in action.option_strings} | {"--lang"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", documented_verbs()[verb])) <= known


def test_every_exit_code_is_documented() -> None:
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert re.findall(r"^\| (\d+) \|", page, flags=re.MULTILINE) == ["0", "1", "2", "3", "4", "70"]


def test_every_rule_is_documented() -> None:
    page = (ROOT / "docs" / "rules-index.md").read_text("utf-8")
    ids = {rule.id for pack in available_packs() for rule in load_pack(pack).rules} | set(builtin_rules())
    assert {rule_id for rule_id in ids if f"### {rule_id} " not in page} == set()


def test_the_list_of_rules_is_up_to_date() -> None:
    assert (ROOT / "docs" / "rules-index.md").read_text("utf-8") == rules_index.page(), (
        "run: python -m scripts.rules_index"
    )


def repository_files() -> list[Path]:
    """The files a person wrote: what git keeps where there is git, else all but what tools leave behind."""
    git = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if git.returncode == 0 and (ROOT / ".git").exists():
        names = git.stdout.decode("utf-8").split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    left_behind = {".venv", "__pycache__", "node_modules", "out", "dist", "build", ".hypothesis"}
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and not any(
            part in left_behind or part.endswith(("_cache", ".egg-info")) for part in path.relative_to(ROOT).parts
        )
    ]


def test_no_file_names_a_registry_or_a_place_of_one_machine() -> None:
    # assembled here, so that this file passes too
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "npm" + "js.", "deb." + "debian.org", "registry" + ".npm"]
    places = [f"/{place}/" for place in ("work", "root", "home", "tmp/venv", "Users")]
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in repository_files()
        if b"\0" not in (content := path.read_bytes())[:1000]
        for word in (*hosts, *places)
        if word.encode() in content
    ]
    assert found == []
