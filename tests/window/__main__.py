"""``python -m tests.window FOLDER``: draws the pictures of the documentation, a real window after clicks.

``window.png`` after 审核 and 下一处, ``results.png`` after 显示结果表.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from gouji.addin.office.building import FILE, build
from tests.window.calc import opened
from tests.window.desktop import office, screen, wait_for
from tests.window.test_click import EXAMPLE, WRONG


def main(pictures: str) -> None:
    """Click, then keep what the screen shows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        extension = folder / FILE
        extension.write_bytes(build())
        book = Path(shutil.copy(EXAMPLE, folder))
        with screen(folder) as environment, office(folder / "office", environment, extension) as context:
            window = opened(context, book, environment)
            for caption in ("审核", "下一处", "下一处"):
                window.click(caption)
            window.cell(WRONG).Annotation.IsVisible = True
            wait_for("the note", lambda: window.cell(WRONG).Annotation.IsVisible)
            window.settle()
            window.picture(Path(pictures) / "window.png")
            window.click("显示结果表")
            window.settle()
            window.picture(Path(pictures) / "results.png")
            window.document.close(True)


if __name__ == "__main__":
    main(*sys.argv[1:2])
