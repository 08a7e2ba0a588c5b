"""``python -m scripts.rules_tutorial``: follows ``docs/tutorial.md`` step by step and writes down what gouji answers.

A block whose first line is ``# folder/file.yaml`` is that file, as a newcomer saves it; a block that begins with
``$ gouji …`` is a command with its answer.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import tempfile
from pathlib import Path

from gouji.cli import main as gouji

PAGE = Path(__file__).resolve().parents[1] / "docs" / "tutorial.md"
_BLOCK = re.compile(r"^```(?:yaml)?\n(?P<body>.*?)^```", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"# (?P<path>[^\s/]+/\S+\.yaml)\n")
_COMMAND = re.compile(r"\$ gouji (?P<arguments>[^\n]*)\n")


def followed(text: str) -> str:
    """The page with every answer as it is now, the steps taken in an empty folder."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        return _BLOCK.sub(_step, text)


def _step(match: re.Match[str]) -> str:
    body = match["body"]
    file, command = _FILE.match(body), _COMMAND.match(body)
    if file:
        place = Path(file["path"])
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(body[file.end() :], "utf-8")
    elif command:
        return f"```\n{command[0]}{_answer(command['arguments'])}```"
    return match[0]


def _answer(arguments: str) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        gouji(arguments.split())
    return said.getvalue().replace(os.sep, "/")


if __name__ == "__main__":
    PAGE.write_text(followed(PAGE.read_text("utf-8")), "utf-8", newline="\n")
