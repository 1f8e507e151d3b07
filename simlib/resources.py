"""Where the files that travel with the package lie, and how a TOML table of ours is read.

The package's own data (texts, statutes, the page template) sit beside the code. Cases and the
course sit at the top of a checkout, and inside the package once it is a wheel.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent


def shelf(name: str) -> Path:
    """Folder `name` (`cases` or `course`): the checkout's if there is one, else the wheel's."""
    in_checkout = CHECKOUT / name
    if (CHECKOUT / "pyproject.toml").is_file() and in_checkout.is_dir():
        return in_checkout
    return PACKAGE / "_share" / name


@cache
def table(*parts: str) -> dict:
    """One TOML file of the package, read once: `table("texts", "zh", "errors.toml")`."""
    with PACKAGE.joinpath(*parts).open("rb") as file:
        return tomllib.load(file)
