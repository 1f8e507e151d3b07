"""Paths of the files shipped with the package, and the reading of its TOML tables.

The package's own data (texts, statutes, the page template) sit beside the code. Cases and the
course sit at the top of a checkout, and inside the package once it is a wheel.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

Table: TypeAlias = dict[str, Any]  # what TOML gives: tests check what each file must hold

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent
LANGS = ("zh", "en")  # folders of `texts` and `course`; the first is the default


def shelf(name: str) -> Path:
    """Return the folder `cases` or `course`: the checkout's if there is one, else the wheel's."""
    in_checkout = CHECKOUT / name
    if (CHECKOUT / "pyproject.toml").is_file() and in_checkout.is_dir():
        return in_checkout
    return PACKAGE / "_share" / name


@cache
def table(*parts: str) -> Table:
    """Return one TOML file of the package, read once: `table("texts", "zh", "errors.toml")`."""
    with PACKAGE.joinpath(*parts).open("rb") as file:
        return tomllib.load(file)
