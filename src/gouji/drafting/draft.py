"""The sentences of a draft: a template's, with figures, shares and changes put in, gaps where no table says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from gouji.document import Document, Paragraph
from gouji.drafting.figures import Figures, Named, Rate, difference, money, rate
from gouji.figures import Figure
from gouji.packs.drafts import MARK, DraftTemplate, Each, Either, Heading, Item, Say

GAP = re.compile("【此处[^】]*】")
"""What a person must fill in."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text and what to say about it. ``gaps``: how many places are to be filled in; remarks in both languages."""

    document: Document
    gaps: int
    remarks: tuple[tuple[str, str], ...]


def draft_text(template: DraftTemplate, this: Figures, last: Figures | None = None) -> Draft:
    """The text that a template writes of this year's tables, with the changes against ``last`` year's."""
    writer = _Writer(template, this, last)
    title = writer.filled(template.title)
    paragraphs = tuple(writer.items(template.outline))
    gaps = sum(len(GAP.findall(text)) for text in (title, *(paragraph.text for paragraph in paragraphs)))
    return Draft(Document(title, paragraphs), gaps, tuple(writer.remarks()))


class _Writer:
    def __init__(self, template: DraftTemplate, this: Figures, last: Figures | None) -> None:
        self.template, self.this, self.last = template, this, last
        year = this.year or str(this.pack.year or "")
        self.words = {
            "单位": this.field("单位") or self.clause("缺", 名="单位名称"),
            "年度": year or self.clause("缺", 名="年度"),
            "上年": str(int(year) - 1) if year else self.clause("缺", 名="上年"),
        }
        self.doubtful = 0
        self.missing: list[str] = []
        self.years = self.words["上年"], last.year if last else ""

    def items(self, items: Iterable[Item]) -> Iterator[Paragraph]:
        """The paragraphs of an outline."""
        for item in items:
            match item:
                case Heading(text, level):
                    yield Paragraph(self.filled(text), level)
                case Say(text):
                    yield Paragraph(self.filled(text))
                case Either(names, then, otherwise):
                    yield from self.items(then if any(map(self._is_there, names)) else otherwise)
                case Each(name, says):
                    for number, member in enumerate(self.this.many(name) or (), 1):
                        yield from (Paragraph(self.filled(say, (number, member))) for say in says)

    def filled(self, text: str, member: tuple[int, Named] | None = None) -> str:
        """A sentence with its marks replaced."""
        return MARK.sub(partial(self._mark, member), text)

    def clause(self, name: str, **words: str) -> str:
        """A clause of the template with these words in it."""
        known = words if name == "缺" else {**self.words, **words}
        return MARK.sub(lambda mark: known.get(mark["name"], mark[0]), self.template.clauses[name])

    def remarks(self) -> Iterator[tuple[str, str]]:
        """What the user should know."""
        expected, printed = self.years
        if printed and printed != expected:
            yield (
                f"给出的上年工作簿印的是 {printed} 年度，不是 {expected} 年度，请核对。",
                f"The workbook given for last year prints the year {printed}, not {expected}: check it.",
            )
        if self.missing:
            listed = "、".join(dict.fromkeys(self.missing))
            yield (f"表上没有找到：{listed}，已留空。", f"Not found in the tables and left open: {listed}.")
        if self.doubtful:
            yield (
                f"{self.doubtful} 处百分比按表上列示的数计算；按未取舍的原数计算，末位可能不同。",
                f"{self.doubtful} percentages were computed from the printed figures; "
                "unrounded figures may give another last digit.",
            )

    def _is_there(self, name: str) -> bool:
        """Printed and not zero; what cannot be found is taken to be there, so that its gap is seen."""
        one, equal, other = name.partition("=")
        figure = self.this.one(one)
        if equal:
            second = self.this.one(other)
            return figure is not None and second is not None and figure.value == second.value
        return figure is None or figure.value != 0

    def _mark(self, member: tuple[int, Named] | None, mark: re.Match[str]) -> str:
        name, how, other = mark["name"], mark["how"], mark["other"]
        if how is None and name in self.words:
            return self.words[name]
        if how is None and member is not None and (said := self._of_member(name, *member)) is not None:
            return said
        if how == "各名":
            return self._list(mark["lead"], name, None)
        if how == "占" and self._is_set(name):
            return self._list(mark["lead"], name, other)
        figure = member[1].figure if name == "数" and member else self.this.one(name)
        if figure is None:
            return self._gap(name)
        if how is None:
            return money(figure)
        if how == "比上年":
            return self._change(figure, self._last(name, member))
        return self._share(figure, other, how)

    def _of_member(self, name: str, number: int, member: Named) -> str | None:
        if name in ("类", "款", "项"):
            found = self.this.subject(member.term, name)
            return self.clause("缺", 名=f"{name}的名称") if found is None else found
        return {"序": str(number), "名": member.name, "数": money(member.figure)}.get(name)

    def _is_set(self, name: str) -> bool:
        return any(step for axis in self.template.figures[name].place.axes for step in axis.start.steps
                   if hasattr(step, "kind"))  # fmt: skip

    def _list(self, lead: str, name: str, whole: str | None) -> str:
        members = self.this.many(name)
        if members is None:
            return lead + self._gap(name)
        if not members:
            return "" if lead else self.clause("无")
        if whole is None:
            return lead + "、".join(self.clause("各名", 名=each.name) for each in members)
        total = self.this.one(whole)
        return lead + "；".join(
            self.clause("各项", 名=each.name, 数=money(each.figure), 率=self._rate(each.figure, total, whole))
            for each in members
        )

    def _share(self, figure: Figure, other: str, how: str) -> str:
        whole = self.this.one(other)
        if how == "占":
            return self._rate(figure, whole, other)
        if whole is not None and not whole.value:
            return self.clause("无预算")
        return self.clause("完成", 率=self._rate(figure, whole, other))

    def _rate(self, figure: Figure, whole: Figure | None, name: str) -> str:
        if whole is None or not whole.value:
            return self._gap(f"占{name}的比重")
        return self._counted(rate(figure, whole, self.template.places))

    def _change(self, figure: Figure, before: Figure | None) -> str:
        if before is None:
            return self.clause("未知")
        if figure.value == before.value:
            return self.clause("持平")
        more = figure.value > before.value
        apart = difference(figure, before)
        if not before.value:
            return self.clause("新增", 差=apart) if more else self.clause("未知")
        change = self._counted(rate(figure, before, self.template.places, change=True))
        return self.clause("增加" if more else "减少", 差=apart, 率=change)

    def _last(self, name: str, member: tuple[int, Named] | None) -> Figure | None:
        return self.last.one(name) if self.last and not (name == "数" and member) else None

    def _counted(self, found: Rate) -> str:
        self.doubtful += not found.certain
        return found.text

    def _gap(self, name: str) -> str:
        self.missing.append(name)
        return self.clause("缺", 名=name)
