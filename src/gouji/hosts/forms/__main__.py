"""``python -m gouji.hosts.forms [FOLDER]``: writes everything under ``templates/`` anew."""

from __future__ import annotations

import sys
from pathlib import Path

from gouji.errors import GoujiError
from gouji.hosts.forms.building import build_example, build_template
from gouji.hosts.forms.content import read_content
from gouji.hosts.forms.texts import build_text
from gouji.packs import load_pack

TEMPLATES = (
    "mof-2019", "mof-2020", "mof-2022", "heilongjiang-2020", "neimenggu-2022", "sichuan-2023", "anhui-2022",
)
EXAMPLES = ("heilongjiang-2020", "ordos-2022")


def build_all(folder: Path, data: Path) -> list[Path]:
    """Writes the templates and the examples into ``folder``, from the figures in ``data``; what was written."""
    written = []
    for name in TEMPLATES:
        written.append(folder / f"{name}.xlsx")
        build_template(load_pack(name), written[-1])
    for name in EXAMPLES:
        figures, repairs = data / f"{name}.yaml", data / f"{name}-corrected.yaml"
        examples, pack = folder / "examples", load_pack(read_content(figures).pack)
        written += [examples / f"{name}.xlsx", examples / f"{name}-corrected.xlsx"]
        build_example(pack, figures, written[-2])
        build_example(pack, figures, written[-1], corrections=repairs)
        written += [examples / f"{name}.docx", examples / f"{name}-corrected.docx"]
        build_text(data / f"{name}.md", written[-2])
        build_text(data / f"{name}.md", written[-1], corrections=data / f"{name}-corrected-text.yaml")
    return written


def main() -> int:
    """The folder is ``templates`` in the current directory unless one is named."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "templates")
    try:
        for path in build_all(folder, folder / "examples" / "data"):
            print(path)
    except GoujiError as error:
        print(error.message(), file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
