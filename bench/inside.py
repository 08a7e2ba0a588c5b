"""What ``bench.live`` has LibreOffice run in its own process, where the extension runs; LibreOffice loads this file.

The program's time counts with ours there: nothing is asked over a pipe.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import unohelper
from com.sun.star.task import XJobExecutor

SERVICE = "org.gouji.bench.Job"


class Job(unohelper.Base, XJobExecutor):  # type: ignore[misc]
    """``trigger`` with a request of ``bench.live`` as JSON; the answer goes into the file that it names."""

    def __init__(self, context: Any) -> None:
        self.context = context

    def trigger(self, request: str) -> None:
        """Measure. What goes wrong is the answer: LibreOffice would swallow it."""
        given = json.loads(request)
        sys.path.extend(given["path"])
        try:
            from bench.live import measured

            answer: object = measured(self.context, Path(given["workbook"]), given["rounds"])
        except Exception as error:
            answer = f"{type(error).__name__}: {error}"
        Path(given["answer"]).write_text(json.dumps(answer), "utf-8")


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - LibreOffice looks for this name
g_ImplementationHelper.addImplementation(Job, SERVICE, (SERVICE,))
