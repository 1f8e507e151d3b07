"""Write the API pages: `make docs` → `build/api/index.html`, from the docstrings, by pdoc.

A page is a room's public face: what its `__all__` names. The pages load nothing from another host.
Whatever pdoc warns of (a name that does not resolve, an annotation it cannot read) is an error.
"""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pdoc

import simlib

# Modules that the changelog offers by name and no room's `__all__` carries.
MORE = ("simlib.case.private", "simlib.case.write", "simlib.liability.batch")


def main(folder: Path) -> None:
    """Write a page for the front door, for each room, and for the modules of `MORE`."""
    warnings.simplefilter("error")
    names = [*rooms(), *MORE]
    for name in ("simlib", *names):
        load(name)
    simlib.__doc__ += "\n\nRooms\n-----\n" + "\n".join(map(entry, names))
    pdoc.render.configure(docformat="numpy", show_source=False)
    pdoc.pdoc("simlib", *names, output_directory=folder)


def rooms() -> list[str]:
    """Name every room and every module of the floor."""
    found = iter_modules(simlib.__path__, "simlib.")
    return [room.name for room in found if not room.name.endswith("__")]


def load(name: str) -> None:
    """Import a module and what it loads on request: pdoc does not call a module's `__getattr__`."""
    module = import_module(name)
    for public in getattr(module, "__all__", ()):
        vars(module)[public] = getattr(module, public)


def entry(name: str) -> str:
    """Link a room, followed by the first line of its docstring."""
    first, _, _ = (import_module(name).__doc__ or "").partition("\n")
    return f"- `{name}`" + (f": {first}" if first else "")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
