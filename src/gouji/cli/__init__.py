"""The command line: ``main`` reads it, one module a verb does the work. Nothing imports this package."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

from gouji.cli import exits
from gouji.cli.screen import Screen, silence_broken_pipe, standard_screen
from gouji.errors import GoujiError

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``argv`` (default: the process's own) and give the exit code; no error leaves as an exception."""
    screen = standard_screen("zh")
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv), screen)
        screen.out.flush()
    except BrokenPipeError:
        silence_broken_pipe(screen)
        return exits.BROKEN_PIPE
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    except Exception as error:  # the last boundary: no traceback reaches a user
        from gouji.cli.checking import internal_message

        screen.error(screen.say(*internal_message(error)))
        return exits.INTERNAL
    return code


def _run(argv: list[str], screen: Screen) -> int:
    from gouji.cli import arguments  # inside the boundary of main

    try:
        rest, language = arguments.split_language(argv)
        screen = Screen(screen.out, screen.err, language)
        return _obey(rest, screen)
    except GoujiError as error:
        screen.fault(error)
        return error.exit_code
    except SystemExit as end:  # argparse ends so after --help
        return end.code if isinstance(end.code, int) else exits.CLEAN


def _obey(argv: list[str], screen: Screen) -> int:
    from gouji.cli import arguments

    if not argv:
        screen.err.write(arguments.overview(screen.language))
        return exits.USAGE
    if argv[0] in ("-h", "--help", "help"):
        screen.out.write(arguments.overview(screen.language))
        return exits.CLEAN
    if argv[0] in ("-V", "--version"):
        from gouji.cli.version import version  # reads the package's metadata

        screen.print(f"gouji {version()}")
        return exits.CLEAN
    command = arguments.parse(argv[0], argv[1:], screen.language)
    verb = importlib.import_module(f"gouji.cli.{argv[0]}")
    code: int = verb.run(command, screen)
    return code
