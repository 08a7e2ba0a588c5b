"""Reports as JUnit XML, for build servers: a suite a workbook.

A case for every recognised table without findings and for every rule that failed on a table; the rules that
were not applied are skipped cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

from gouji.report.arrange import reasons, table_groups
from gouji.report.model import Finding, Report
from gouji.report.sarif import Unread
from gouji.report.words import at_least, choose

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(
    reports: Iterable[Report], language: str = "zh", *, unread: Sequence[Unread] = (), fail_on: str = "error"
) -> str:
    """The document as text. Findings below ``fail_on`` are output of a passing case."""
    root = ElementTree.Element("testsuites", name="gouji")
    suites = [_suite(report, language, fail_on) for report in reports]
    suites += [_unread_suite(each, language) for each in unread]
    for suite in suites:
        _count(suite)
        root.append(suite)
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(report: Report, language: str, fail_on: str) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=_clean(report.workbook))
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in (
        ("pack", report.pack_id),
        ("pack.version", report.pack_version),
        ("checked", str(report.summary.checked)),
        ("complete", str(report.complete).lower()),
    ):
        ElementTree.SubElement(properties, "property", name=name, value=_clean(value))
    failing = {(group.title, group.sheet): group.findings for group in table_groups(report, report.findings)}
    for key in dict.fromkeys([*((table.table, table.sheet) for table in report.tables), *failing]):
        _cases(suite, key, failing.get(key, ()), language, fail_on)
    for reason in reasons(report.not_applied, language):
        case = _case(suite, choose(("未应用", "not applied"), language), " ".join(reason.rules))
        ElementTree.SubElement(case, "skipped", message=_clean(reason.text))
    return suite


def _cases(
    suite: ElementTree.Element, key: tuple[str, str], findings: Sequence[Finding], language: str, fail_on: str
) -> None:
    where = f"{key[0]} ({key[1]})"
    rules: dict[str, list[Finding]] = {}
    for finding in findings:
        rules.setdefault(finding.rule, []).append(finding)
    if not rules:
        _case(suite, where, choose(("各项关系", "all relations"), language))
    for rule, members in rules.items():
        case = _case(suite, where, f"{rule} {members[0].name}")
        failed = [each for each in members if at_least(each.severity, fail_on)]
        for finding in failed[:1]:
            failure = ElementTree.SubElement(
                case, "failure", type=finding.severity, message=_clean(finding.message(language))
            )
            failure.text = _messages(failed, language)
        rest = [each for each in members if not at_least(each.severity, fail_on)]
        if rest:
            ElementTree.SubElement(case, "system-out").text = _messages(rest, language)


def _messages(findings: Iterable[Finding], language: str) -> str:
    return _clean("\n".join(f"{finding.cell}: {finding.message(language)}" for finding in findings))


def _unread_suite(unread: Unread, language: str) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=_clean(unread.workbook))
    case = _case(suite, unread.workbook, choose(("读取", "read"), language))
    ElementTree.SubElement(case, "error", type="workbook", message=_clean(choose(unread.message, language)))
    return suite


def _case(suite: ElementTree.Element, where: str, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(suite, "testcase", classname=_clean(where), name=_clean(name))


def _count(suite: ElementTree.Element) -> None:
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(tag) is not None for case in cases)))


def _clean(text: str) -> str:
    return _NOT_XML.sub("�", text)
