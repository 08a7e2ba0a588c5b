"""A flow that answers from a table of prepared reports, so that the command line is tested alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

import gouji
from gouji.report.model import Report

Answer = Report | BaseException
Prepare = Callable[[Mapping[str, Answer]], "list[Call]"]


class Call(NamedTuple):
    """What ``flow.validate`` was called with."""

    file: str
    pack: str | None
    params: dict[str, str]


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> Prepare:
    """Give ``flow.validate`` the answers, by file name; the calls are recorded."""

    def prepare(answers: Mapping[str, Answer]) -> list[Call]:
        calls: list[Call] = []

        def validate(
            source: Path, *, pack: str | None = None, params: Mapping[str, str] | None = None, details: bool = True,
            text: None = None,
        ) -> Report:
            calls.append(Call(source.name, pack, dict(params or {})))
            answer = answers[source.name]
            if isinstance(answer, BaseException):
                raise answer
            return answer

        flow = ModuleType("gouji.flow")
        vars(flow)["validate"] = validate
        monkeypatch.setitem(sys.modules, "gouji.flow", flow)
        monkeypatch.setattr(gouji, "flow", flow, raising=False)
        return calls

    return prepare
