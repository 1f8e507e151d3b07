"""The page around a lesson: put where Voilà looks for templates.

Voilà finds templates only in Jupyter's data folders, an editable install does not fill those, and
a symbolic link is refused by the server (403): so the files are copied, whenever they differ.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from simlib.errors import ServeError
from simlib.resources import LANGS, PACKAGE, table

NAME = "course"
EXTENSION_HOME = "course/"  # below a Jupyter server's base URL, where `/` is not ours
TEMPLATE = PACKAGE / "server" / "template"
GUARD = (TEMPLATE / "guard.js").read_text("utf-8").removesuffix("\n")  # stands in each page
WIDGET_STATIC = PACKAGE / "widgets" / "static"
MARK = "Written by python -m simlib.server."
HOOK = f"""# {MARK}
try:
    from simlib.server.extension import open_lesson
    from simlib.server.files import lead_there
except ImportError:  # simlib has been removed since; Voilà works on without it
    pass
else:
    get_config().VoilaConfiguration.prelaunch_hook = open_lesson
    get_config().VoilaConfiguration.page_config_hook = lead_there
"""
EXTENSIONS = (
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
)


def settings() -> dict[str, object]:
    """Return Voilà's settings, the same for `simlib serve` and for a Jupyter server."""
    return {
        "template": NAME,
        "theme": "light",
        "allow_template_override": "NO",
        "allow_theme_override": "NO",
        "extension_allowlist": list(EXTENSIONS),
        "strip_sources": True,
        "show_tracebacks": False,
        "file_allowlist": [r"(.*/)?images/[\w./-]+\.(png|jpg|svg)"],
    }


def install() -> Path:
    """Copy the template, the labs' static files and plotly.js to where Voilà serves them.

    Only files that differ are written, each in one step, so that two processes may do it at once.

    Returns
    -------
    Path
        `<prefix>/share/jupyter/voila/templates/course`; the user's own Jupyter data folder when
        this environment cannot be written.

    Raises
    ------
    ServeError
        ``missing-package`` without plotly.
    """
    try:
        return _fill(Path(sys.prefix, "share", "jupyter"))
    except OSError:  # not ours to write, or a read-only file system
        return _fill(_user_data())


def _fill(root: Path) -> Path:
    """Write the template below one of Jupyter's data folders."""
    folder = root / "voila" / "templates" / NAME
    for target, source in _files().items():
        _write(folder / target, source)
    return folder


def configure() -> Path:
    """Tell a Jupyter server of this environment to show the course our way.

    Returns
    -------
    Path
        The folder of settings: `voila.json` in it (other keys are kept) has `settings`, `voila.py`
        (unless somebody else's is there) is asked before a lesson opens, and
        `jupyter_server_config.d/simlib.json` turns the home page at `course/` on.
    """
    folder = Path(sys.prefix, "etc", "jupyter")
    voila = folder / "voila.json"
    known = json.loads(voila.read_text("utf-8")) if voila.is_file() else {}
    ours = {**settings(), "resources": {"course": {"home": EXTENSION_HOME}}}
    known["VoilaConfiguration"] = {**known.get("VoilaConfiguration", {}), **ours}
    _write(voila, json.dumps(known, indent=2, sort_keys=True).encode())
    hook = folder / "voila.py"
    if not hook.is_file() or MARK in hook.read_text("utf-8"):
        _write(hook, HOOK.encode())
    extension = {"ServerApp": {"jpserver_extensions": {"simlib.server.extension": True}}}
    switch = folder / "jupyter_server_config.d" / "simlib.json"
    _write(switch, json.dumps(extension, indent=2).encode())
    return folder


def _files() -> dict[str, Path | bytes]:
    """Map paths in the installed template to source files, or to bytes made here."""
    files: dict[str, Path | bytes] = {"words.html.j2": _words()}
    for path in sorted(TEMPLATE.rglob("*")):
        if path.is_file():
            files[path.relative_to(TEMPLATE).as_posix()] = path
    for path in sorted(WIDGET_STATIC.iterdir()):
        files[f"static/{path.name}"] = path
    files["static/early.js"] = b"".join(
        (TEMPLATE / "static" / name).read_bytes() for name in ("late.js", "expire.js")
    )  # one request for both
    files |= {f"static/terms-{lang}.js": _terms(lang) for lang in LANGS}
    files["static/plotly.min.js"] = plotly_script()
    return files


def _words() -> bytes:
    """Return the server's words in both languages as an importable template."""
    words = {
        lang: table("texts", lang, "server.toml") | {"page": table("texts", lang, "page.toml")}
        for lang in LANGS
    }
    return f"{{%- set words = {json.dumps(words, ensure_ascii=False)} -%}}\n".encode()


def _terms(lang: str) -> bytes:
    """Return the cards of terms as a script: a browser keeps it, where a page is sent anew."""
    cards = json.dumps(table("texts", lang, "term_cards.toml"), ensure_ascii=False)
    return f"window.simlibTerms = {cards};\n".encode()


def plotly_script() -> Path:
    """Find plotly.js in the Python package without importing the package."""
    spec = find_spec("plotly")
    if spec is None or not spec.submodule_search_locations:
        raise ServeError("missing-package", package="plotly")
    return Path(next(iter(spec.submodule_search_locations)), "package_data", "plotly.min.js")


def _user_data() -> Path:
    from jupyter_core.paths import jupyter_data_dir  # only who installs a template needs Jupyter

    return Path(jupyter_data_dir())


def _write(target: Path, source: Path | bytes) -> None:
    """Write `source` to `target` by one rename, only if it differs."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    if target.is_file() and not target.is_symlink() and target.read_bytes() == data:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(part, 0o644)  # mkstemp's 0600 would hide the page from a hub's other users
        os.replace(part, target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
