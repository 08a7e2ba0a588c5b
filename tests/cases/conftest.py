"""Small packs written on the spot, as for the tests of packs, and the shipped ones, loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from gouji.packs import load_pack
from gouji.packs.model import Pack
from tests.packs.conftest import SMALL, WritePack, _own_cache, small, write_pack

__all__ = ["_own_cache", "shipped", "small", "with_rules", "write_pack"]

HEAD = "table: 支出表\nrules:\n"
EXAMPLES = "    examples: {pass: [{}], edge: [{}], fail: [{}]}\n"


@cache
def shipped(pack_id: str) -> Pack:
    return load_pack(pack_id)


def with_rules(write: WritePack, rules: str, files: Mapping[str, str] | None = None) -> Pack:
    """The small pack with other rules (each ``id: check``, or YAML that begins with ``table:``)."""
    text = rules if rules.startswith("table:") else HEAD + "".join(_rule(line) for line in rules.strip().splitlines())
    return load_pack(write("small", {**SMALL, **(files or {}), "rules/支出表.yaml": text}))


def _rule(line: str) -> str:
    rule_id, check, *more = (part.strip() for part in line.split(" ; "))
    keys = "".join(f"    {key}\n" for key in more)
    return f"  - id: {rule_id}\n    name: {rule_id} 名\n    basis: 乙\n    check: '{check}'\n{keys}{EXAMPLES}"


@pytest.fixture(scope="session", autouse=True)
def _shipped_before_caches_move() -> None:
    """Load what tests share while the user's own cache is in use."""
    shipped("mof-2020")
