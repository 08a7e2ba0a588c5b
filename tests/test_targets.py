"""Targets and results of performance forms."""

from __future__ import annotations

import pytest

from gouji.targets import comparable, met, read_result, read_target


@pytest.mark.parametrize(
    ("target", "result", "can", "is_met"),
    [
        ("≥150件", "245", True, True),
        ("≥180天", "90", True, False),
        ("=100%", "100.00%", True, True),
        ("≥98%", "100.00%", True, True),
        ("≥25%", "0.00%", True, False),
        ("≤3.3", "2.64", True, True),
        ("≤2000元", "1630元", True, True),
        ("2部", "2部", True, True),
        (">=5", "5", True, True),
        ("优良中低差", "优", True, True),
        ("优良中低差", "良", True, None),
        ("优良中低差", "尚可", False, None),
        ("≥95%", "95", False, None),
        ("2022年1月-12月", "100", False, None),
        ("≥150件", "245人", False, None),
        ("≥90%", "90.00%", True, True),
    ],
)
def test_comparing(target: str, result: str, can: bool, is_met: bool | None) -> None:
    wanted, had = read_target(target), read_result(result)
    assert comparable(wanted, had) is can
    assert met(wanted, had) is is_met


def test_a_target_printed_in_three_cells() -> None:
    target = read_target("98", sign="大于等于", unit="%")
    assert (target.sign, target.unit) == ("≥", "%")
    assert met(target, read_result("97.5", unit="%")) is False


def test_whole_results_without_percent_are_counts() -> None:
    count, rate = read_result("245"), read_result("10.48%")
    assert count.figure is not None
    assert count.figure.last is None
    assert rate.figure is not None
    assert rate.figure.last == 4
