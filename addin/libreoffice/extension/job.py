"""What a click on the menu or the toolbar 决算勾稽 starts inside LibreOffice.

It only finds gouji, which lies in the folder ``python`` beside this file, and hands the command over. Nothing is ever
imported from anywhere near the workbook. Written for any Python 3, so that an old one can be told apart.
"""

import os
import sys
from typing import Any

import unohelper
from com.sun.star.task import XJobExecutor

NEEDED = (3, 11)
TITLE = "决算勾稽"
TOO_OLD = (
    "勾稽需要 Python {}.{} 或更新的版本，这个 LibreOffice 用的是 {}.{}。"
    "请升级 LibreOffice，或使用命令行 gouji annotate。\n"
    "gouji needs Python {}.{} or newer; this LibreOffice has {}.{}. Please update LibreOffice, or use the command "
    "line: gouji annotate."
)
FAILED = "勾稽自己出了错，工作簿可能只写了一部分批注（gouji failed; some notes may be missing）：{}: {}"
BUSY = "勾稽正在处理，请稍候……（安装后第一次要读规则包，需几秒）"
BAR, DANGER = "org.gouji.outcome", 3
_LIBRARIES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "python")


class Job(unohelper.Base, XJobExecutor):  # type: ignore[misc]
    """The service org.gouji.Job: ``trigger`` with the name of a command."""

    def __init__(self, context: Any) -> None:
        self.context = context

    def trigger(self, command: str) -> None:
        """Run the command on the workbook in front. Nothing is raised: LibreOffice would swallow it."""
        if sys.version_info < NEEDED:
            numbers = NEEDED + tuple(sys.version_info[:2])
            _tell(self.context, TOO_OLD.format(*numbers, *numbers))
            return
        indicator = None
        sys.path.insert(0, _LIBRARIES)  # before others of the same names, and only while we work
        try:
            indicator = _busy(self.context)
            from gouji.addin.office.window import act

            act(command, self.context)
        except Exception as error:  # the last boundary
            _tell(self.context, FAILED.format(type(error).__name__, error))
        finally:
            sys.path.remove(_LIBRARIES)
            if indicator is not None:
                indicator.end()


def _busy(context: Any) -> Any:
    """Say at the foot of the window that something is going on, before gouji is loaded; ``None`` without a window."""
    frame = _frame(context)
    if frame is None:
        return None
    indicator = frame.createStatusIndicator()
    indicator.start(BUSY, 2)
    indicator.setValue(1)
    return indicator


def _frame(context: Any) -> Any:
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    return desktop.getCurrentFrame()


def _tell(context: Any, message: str) -> None:
    """Show the message in a bar above the cells; where there is no such bar, on the standard error stream."""
    frame = _frame(context)
    controller = frame and frame.getController()
    if hasattr(controller, "appendInfobar"):
        if controller.hasInfobar(BAR):
            controller.removeInfobar(BAR)
        controller.appendInfobar(BAR, TITLE, message, DANGER, (), True)
    else:
        sys.stderr.write(message + "\n")


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - LibreOffice looks for this name
g_ImplementationHelper.addImplementation(Job, "org.gouji.Job", ("org.gouji.Job", "com.sun.star.task.Job"))
