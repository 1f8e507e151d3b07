"""The command line: `simlib cases`, `check`, `decide`, `compare`, `trace`, `victims` and others.

Results go to standard output, messages to standard error. Exit codes: 0 done, 1 the input is
wrong (the message says where, what, why and what to do), 2 usage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from simlib.cli.arguments import language, parser
from simlib.errors import SimlibError
from simlib.text import message

DONE, WRONG, STOPPED = 0, 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv
        the words after `simlib`; the process's own if not given

    Returns
    -------
    int
        the exit code: 0, 1 or 2
    """
    argv = list(sys.argv[1:] if argv is None else argv)
    lang = language(argv)
    _speak_utf8()
    try:
        arguments = parser(lang).parse_args(argv)
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except SystemExit as usage:  # argparse has said what it had to say
        return int(usage.code or DONE)
    except SimlibError as error:
        print(message(error, lang), file=sys.stderr)
        return WRONG
    except BrokenPipeError:  # the reader, e.g. `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:  # a name too long for a file, a full disk, a ring of links
        detail = error.strerror or type(error).__name__
        print(message(SimlibError("file-unusable", detail=detail), lang), file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        return STOPPED
    return code


def _speak_utf8() -> None:
    """Write UTF-8 everywhere: a pipe on Windows or a bare locale cannot carry Chinese."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
