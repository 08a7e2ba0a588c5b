"""What a table was recognised by, how much of it was understood, and what was not."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from gouji.sheet import Address, CellRef

NamedBy: TypeAlias = Literal["标题", "页眉", "工作表名", "栏目"]
_SHOWN = 3


class Sign(NamedTuple):
    """What names a form: a printed title, the page header, the sheet's name, or only its columns (``text`` is "")."""

    by: NamedBy
    text: str = ""
    at: Address | None = None

    @property
    def chinese(self) -> str:
        """As messages say it."""
        if self.by == "标题":
            return f"标题“{self.text}”"
        if self.by == "栏目":
            return "没有标题，栏目只合这一种表"
        return f"没有标题，{self.by}“{self.text}”"

    @property
    def english(self) -> str:
        """As messages say it."""
        if self.by == "标题":
            return f"title {self.text}"
        if self.by == "栏目":
            return "no title, the columns of this form only"
        return f"no title, {'page header' if self.by == '页眉' else 'sheet name'} {self.text}"


class Grounds(NamedTuple):
    """Why a part of a sheet was taken for a form.

    ``columns`` and ``lines``: how many words of the heading and how many rows were understood, and how many there are;
    ``strange_columns`` and ``strange_lines`` are the others with their places; ``lacking`` the columns that the form
    should print and that were not found.
    """

    sign: Sign
    columns: tuple[int, int]
    lines: tuple[int, int]
    strange_columns: tuple[tuple[str, CellRef], ...] = ()
    strange_lines: tuple[tuple[str, CellRef], ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The part of the heading and of the rows that was understood, from 0 to 1."""
        understood = self.columns[0] + self.lines[0]
        expected = self.columns[1] + self.lines[1] + len(self.lacking)
        return understood / expected if expected else 1.0

    @property
    def sentence(self) -> tuple[str, str]:
        """All of it in Chinese and English."""
        columns, lines, strange = self.columns, self.lines, [*self.strange_columns, *self.strange_lines]
        chinese = [self.sign.chinese, f"表头 {columns[1]} 栏", f"{lines[1]} 行"]
        english = [self.sign.english, f"{columns[1]} columns in the heading", f"{lines[1]} rows"]
        if columns[0] < columns[1]:
            chinese[1] += f"中认出 {columns[0]} 栏"
            english[1] += f", {columns[0]} of them understood"
        if lines[0] < lines[1]:
            chinese[2] += f"中认出 {lines[0]} 行"
            english[2] += f", {lines[0]} of them understood"
        if strange:
            shown = [f"{at.address}“{word}”" for word, at in strange[:_SHOWN]]
            chinese.append(f"不认识 {'、'.join(shown)}{' 等' * (len(strange) > _SHOWN)}")
            english.append(f"not understood: {', '.join(shown)}{' and more' * (len(strange) > _SHOWN)}")
        if self.lacking:
            chinese.append(f"没有印 {'、'.join(self.lacking)} 栏")
            english.append(f"the columns {', '.join(self.lacking)} are not printed")
        return "，".join(chinese), ", ".join(english)
