"""pytest collects rule packs: a ``pack.yaml`` gives one test for its writing, one an example, one a whole case.

Registered as ``gouji`` in ``pytest11``. Nothing else is imported until a pack is collected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from gouji.cases.whole import WholeCase
    from gouji.errors import Problem
    from gouji.packs.model import Case, Pack, Rule

_IS_PACK = re.compile(rb"^pack[ \t]*:", re.MULTILINE)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> PackFile | None:
    """A collector for each ``pack.yaml`` that is one of ours."""
    if file_path.name == "pack.yaml" and _IS_PACK.search(file_path.read_bytes()):
        return PackFile.from_parent(parent, path=file_path)
    return None


class FaultyPack(Exception):  # noqa: N818 - what a failed test shows
    """Problems of a pack, each with file and line."""


class PackFile(pytest.File):
    """A pack: its writing, its examples, its whole cases."""

    def collect(self) -> Iterable[pytest.Item]:
        """The tests; of a pack that cannot be loaded its writing only."""
        from gouji.errors import PackError
        from gouji.packs import load_pack

        folder = self.path.parent
        yield PackTest.from_parent(self, name="lint", run=partial(_lint, folder))
        try:
            pack = load_pack(folder)
        except PackError:
            return
        yield from self._examples(pack)
        yield from self._whole_cases(pack, folder)

    def _examples(self, pack: Pack) -> Iterator[pytest.Item]:
        from gouji.packs.model import OUTCOMES

        for rule in pack.rules:
            counts: dict[str, int] = {}
            for case in rule.cases:
                counts[case.outcome] = counts.get(case.outcome, 0) + 1
                name = f"{rule.id}-{OUTCOMES[case.outcome][0]}{counts[case.outcome]}"
                yield PackTest.from_parent(self, name=name, run=partial(_example, pack, rule, case))

    def _whole_cases(self, pack: Pack, folder: Path) -> Iterator[pytest.Item]:
        from gouji.cases.whole import whole_cases

        cases, problems = whole_cases(folder)
        if problems:
            yield PackTest.from_parent(self, name="cases", run=lambda: problems)
        for case in cases:
            yield PackTest.from_parent(self, name=case.name, run=partial(_whole, pack, case))


class PackTest(pytest.Item):
    """One test of a pack: what it runs gives the problems found."""

    def __init__(self, *, run: Callable[[], Iterable[Problem]], **settings: Any) -> None:
        super().__init__(**settings)
        self._run = run

    def runtest(self) -> None:
        """Fail with every problem."""
        problems = list(self._run())
        if problems:
            raise FaultyPack("\n".join(problem.message() for problem in problems))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The problems alone, without Python's traceback."""
        if isinstance(excinfo.value, FaultyPack):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """The file of the pack and the test's name."""
        return self.path, None, f"{self.path.parent.name}::{self.name}"


def _lint(folder: Path) -> Iterable[Problem]:
    from gouji.cases.soundness import soundness
    from gouji.packs.lint import lint_files

    pack, problems = lint_files(folder)
    return problems or soundness(pack).problems


def _example(pack: Pack, rule: Rule, case: Case) -> Iterable[Problem]:
    from gouji.cases.running import run_case

    problem = run_case(pack, rule, case).problem
    return [] if problem is None else [problem]


def _whole(pack: Pack, case: WholeCase) -> Iterable[Problem]:
    from gouji.cases.whole import run_whole

    return run_whole(pack, case).differences
