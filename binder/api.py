"""Write the API pages: `make docs` → `build/api/index.html`, from the docstrings, by pdoc.

A page is a room's public face: what its `__all__` names. The pages load nothing from another host.
Whatever else pdoc warns of is an error; annotations are mypy's to check (`make types`).
"""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pdoc

import simlib

# Modules that README, CONTRIBUTING or the changelog name and no room's `__all__` carries.
MORE = (
    "simlib.case.privacy_warnings",
    "simlib.case.write",
    "simlib.liability.batch",
    "simlib.liability.forms",
    "simlib.liability.forms.base",
)


def main(folder: Path) -> None:
    """Write a page for the front door, for each room, and for the modules of `MORE`."""
    warnings.simplefilter("error")
    # pdoc reads no alias that is written as a string in another module; mypy does, and checks it
    warnings.filterwarnings("ignore", "Error parsing type annotation|Failed to run TYPE_CHECKING")
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
