"""Standard forms as workbooks: blank templates and filled examples, from a pack's table definitions."""

from __future__ import annotations

from gouji.hosts.forms.building import build_example, build_template

__all__ = ["build_example", "build_template"]
