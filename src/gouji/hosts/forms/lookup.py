"""Finding the data's rows for the lines a form prints, and knowing which were never printed."""

from __future__ import annotations

from gouji.errors import GoujiError
from gouji.hosts.forms.content import FormContent, SectionContent
from gouji.tables.definition import SectionDefinition

_NOTHING = SectionContent((), ())


class Lookup:
    """The rows of one form by section and name. Every row found counts as printed."""

    def __init__(self, content: FormContent | None) -> None:
        self.content = content or FormContent()
        self.filled = content is not None
        self._printed: set[tuple[str, int]] = set()

    def section(self, name: str) -> SectionContent:
        """A section's content, empty when the data has none of that name."""
        return self.content.sections.get(name, _NOTHING)

    def row(self, section: SectionDefinition, name: str, within: str = "") -> dict[str, str]:
        """The texts of a row by column, {} when the data has no such row; ``within``: the total above it."""
        content = self.section(section.name)
        names = [row_name(section, content, index) for index in range(len(content.rows))]
        for wanted in ((f"{within}/{name}",) if within else ()) + (name,):
            if wanted in names:
                return self.texts(section, names.index(wanted))
        return {}

    def texts(self, section: SectionDefinition, index: int) -> dict[str, str]:
        """The texts of the row at ``index`` (0-based) by column."""
        self._printed.add((section.name, index))
        content = self.section(section.name)
        return dict(zip(content.columns, content.rows[index], strict=True))

    def finish(self, table: str) -> None:
        """``GoujiError`` when the form has no line for a row of the data."""
        left = [
            "·".join(filter(None, content.rows[index][:3]))
            for name, content in self.content.sections.items()
            for index in range(len(content.rows)) if (name, index) not in self._printed
        ]
        if left:
            listed = "、".join(left)
            raise GoujiError(f"表“{table}”没有印这些行的地方：{listed}", f"{table} prints no such rows: {listed}")


def row_name(section: SectionDefinition, content: SectionContent, index: int) -> str:
    """A row's code, else its name, else the first text of the row."""
    for kind in ("编码", "行名"):
        for column in section.columns:
            if column.type == kind and content.cell(index, column.name):
                return content.cell(index, column.name)
    return next(filter(None, content.rows[index]), "")
