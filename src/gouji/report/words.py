"""The few words every rendering shares, in Chinese and English, and the order of severities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gouji.packs.model import Severity
from gouji.report.model import Finding

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""Worst first."""
SEVERITY_WORDS: dict[Severity, tuple[str, str]] = {
    "error": ("错误", "error"),
    "warning": ("警告", "warning"),
    "info": ("提示", "info"),
}
LIST_SEPARATOR = ("、", ", ")


def choose(pair: tuple[str, str], language: str) -> str:
    """The Chinese or the English of a pair."""
    return pair[1] if language == "en" else pair[0]


def severity_word(severity: Severity, language: str) -> str:
    """``错误`` or ``error``."""
    return choose(SEVERITY_WORDS[severity], language)


def severity_rank(severity: Severity) -> int:
    """0 for the worst."""
    return SEVERITIES.index(severity)


def at_least(severity: Severity, least: str) -> bool:
    """Whether ``severity`` is ``least`` or worse; nothing reaches ``never``."""
    return least != "never" and severity_rank(severity) <= SEVERITIES.index(_severity(least))


def listed(parts: Iterable[str], language: str) -> str:
    """``甲、乙`` or ``a, b``."""
    return choose(LIST_SEPARATOR, language).join(parts)


def should_be_one_of(values: Sequence[str]) -> tuple[str, str]:
    """``应为 1,888.9 或 1,889.0``, in Chinese and English."""
    return f"应为 {' 或 '.join(values)}", f"should be {' or '.join(values)}"


def should_be_between(least: str, most: str) -> tuple[str, str]:
    """``应在 1,888.9 至 1,890.0 之间``, in Chinese and English."""
    return f"应在 {least} 至 {most} 之间", f"should be between {least} and {most}"


def message_in_table(finding: Finding, language: str) -> str:
    """The message without the table and cell it begins with, for a place that shows them already."""
    text = one_line(finding.message(language))
    for opening in (finding.table, finding.sheet, finding.cell.address):
        rest = text.removeprefix(opening)
        if rest[:1] in (" ", "!"):
            text = rest[1:].lstrip()
    return text


def one_line(text: str) -> str:
    """The text without line breaks."""
    return " ".join(text.splitlines())


def grouped_digits(figure: str) -> str:
    """``1888.9`` → ``1,888.9``; what is no plain decimal is returned as it is."""
    sign, digits = ("-", figure[1:]) if figure.startswith("-") else ("", figure)
    whole, point, fraction = digits.partition(".")
    if not whole.isascii() or not whole.isdigit():
        return figure
    return f"{sign}{int(whole):,}{point}{fraction}"


def _severity(word: str) -> Severity:
    for severity in SEVERITIES:
        if severity == word:
            return severity
    raise ValueError(word)
