"""What a click on the menu or the toolbar 决算勾稽 starts inside LibreOffice.

It only finds gouji, which lies in the folder ``python`` beside this file, and hands the command over. Nothing is ever
imported from anywhere near the workbook. Written for any Python 3, so that an old one can be told apart.
"""

import os
import sys
from contextlib import contextmanager

import unohelper
from com.sun.star.task import XJobExecutor

NEEDED = (3, 11)
TITLE = "决算勾稽"
TOO_OLD = (
    "勾稽需要 Python {}.{} 或更新的版本，这个 LibreOffice 用的是 {}.{}。请升级 LibreOffice，或使用命令行 gouji annotate。\n"
    "gouji needs Python {}.{} or newer; this LibreOffice has {}.{}. Please update LibreOffice, or use the command line: "
    "gouji annotate."
)
_LIBRARIES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "python")


class Job(unohelper.Base, XJobExecutor):
    """The service org.gouji.Job: ``trigger`` with the name of a command."""

    def __init__(self, context):
        self.context = context

    def trigger(self, command):
        """Run the command on the workbook in front. Nothing is raised: LibreOffice would swallow it."""
        if sys.version_info < NEEDED:
            numbers = NEEDED + tuple(sys.version_info[:2])
            _tell(self.context, TOO_OLD.format(*(numbers * 2)))
            return
        try:
            with _libraries_first():
                from gouji.addin.office.window import act

                act(command, self.context)
        except Exception as error:  # the last boundary
            _tell(self.context, "勾稽自己出了错（gouji failed）：{}: {}".format(type(error).__name__, error))


@contextmanager
def _libraries_first():
    """Our libraries are found before others of the same name, and leave the others as they were."""
    sys.path.insert(0, _LIBRARIES)
    try:
        yield
    finally:
        sys.path.remove(_LIBRARIES)


def _tell(context, message):
    """A message box, where there is a window to show it in."""
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    frame = desktop.getCurrentFrame()
    window = frame and frame.getContainerWindow()
    if window and window.isVisible() and "--headless" not in sys.argv:
        kind = __import__("uno").Enum("com.sun.star.awt.MessageBoxType", "ERRORBOX")
        window.getToolkit().createMessageBox(window, kind, 1, TITLE, message).execute()
    else:
        sys.stderr.write(message + "\n")


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Job, "org.gouji.Job", ("org.gouji.Job", "com.sun.star.task.Job"))
