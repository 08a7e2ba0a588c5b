"""LibreOffice's own manager of extensions, asked through UNO: for root, whom ``unopkg`` refuses, and for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gouji.addin.office.building import FILE, IDENTIFIER
from gouji.errors import GoujiError
from gouji.hosts.live.libreoffice.bridge import uno_module

_HERE = "user"
_INTERFACES = ("com.sun.star.ucb.XCommandEnvironment", "com.sun.star.task.XInteractionHandler")
_APPROVE = "com.sun.star.task.XInteractionApprove"


def add(context: Any, extension: Path) -> None:
    """Add or replace the extension in the profile of this LibreOffice. ``GoujiError`` where it is refused."""
    if _manager(context).addExtension(extension.as_uri(), (), _HERE, None, _Approving()) is None:
        raise GoujiError(
            "LibreOffice 拒绝了扩展：它需要 LibreOffice 7.0 或更新的版本。",
            "LibreOffice refused the extension: it needs LibreOffice 7.0 or newer.",
        )


def version(context: Any) -> str | None:
    """The version of gouji's extension in this profile, ``None`` where there is none."""
    found = [each for each in _manager(context).getDeployedExtensions(_HERE, None, _Approving()) if _is_ours(each)]
    return str(found[0].getVersion()) if found else None


def remove(context: Any) -> None:
    """Remove the extension from the profile, where it is there."""
    if version(context) is not None:
        _manager(context).removeExtension(IDENTIFIER, FILE, _HERE, None, _Approving())


def _is_ours(extension: Any) -> bool:
    return bool(extension.getIdentifier().Value == IDENTIFIER)


def _manager(context: Any) -> Any:
    return context.getValueByName("/singletons/com.sun.star.deployment.ExtensionManager")


class _Approving:
    """Says yes wherever the manager asks; names are UNO's."""

    def getTypes(self) -> tuple[Any, ...]:  # noqa: N802
        return tuple(uno_module().getTypeByName(name) for name in _INTERFACES)

    def getImplementationId(self) -> tuple[()]:  # noqa: N802
        return ()

    def getInteractionHandler(self) -> _Approving:  # noqa: N802
        return self

    def getProgressHandler(self) -> None:  # noqa: N802
        return None

    def handle(self, request: Any) -> None:
        approving = uno_module().getTypeByName(_APPROVE)
        for answer in request.getContinuations():
            if answer.queryInterface(approving) is not None:
                answer.select()
