"""LibreOffice's own window for choosing where a file goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gouji.hosts.live.libreoffice.bridge import constant, uno_module
from gouji.hosts.live.program import FileKind

_PICKER = "com.sun.star.ui.dialogs.FilePicker"
_CHOSEN = 1


def pick_place(context: Any, title: str, proposed: Path, kinds: Sequence[FileKind]) -> Path | None:
    """Where the person wants a file, its name and folder proposed; ``None`` where the window was closed.

    It asks by itself before a file is replaced.
    """
    style = constant("ui.dialogs.TemplateDescription.FILESAVE_SIMPLE")
    picker = context.ServiceManager.createInstanceWithArgumentsAndContext(_PICKER, (style,), context)
    picker.setTitle(title)
    for kind in kinds:
        picker.appendFilter(_shown(kind), f"*{kind.suffix}")
    picker.setCurrentFilter(_shown(kinds[0]))
    picker.setDisplayDirectory(proposed.parent.as_uri())
    picker.setDefaultName(proposed.name)
    if picker.execute() != _CHOSEN:
        return None
    chosen = Path(uno_module().fileUrlToSystemPath(picker.getFiles()[0]))
    if any(chosen.name.endswith(kind.suffix) for kind in kinds):
        return chosen
    ending = next((kind.suffix for kind in kinds if _shown(kind) == picker.getCurrentFilter()), kinds[0].suffix)
    return chosen.with_name(chosen.name + ending)


def _shown(kind: FileKind) -> str:
    return f"{kind.caption} (*{kind.suffix})"
