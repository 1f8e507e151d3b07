"""`python -m simlib.server`: make Voilà in this environment show the course in our template.

For Binder, JupyterHub and JupyterLab, where Voilà runs inside a Jupyter server that we do not
start ourselves. `simlib serve` does the same at each start and needs no preparation.
"""

from __future__ import annotations

from simlib.resources import table
from simlib.server.template import configure, install


def main() -> None:
    """Install the template and the settings of the server extension; say where."""
    folder = install()
    configure()
    print(table("texts", "zh", "server.toml")["start"]["installed"].format(path=folder))


if __name__ == "__main__":
    main()
