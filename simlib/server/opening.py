"""What a lesson's page shows before it has a kernel: the picture of its opening, and its bet."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simlib.server import pages

if TYPE_CHECKING:
    from jupyter_server.base.handlers import JupyterHandler


def put_in(handler: JupyterHandler, notebook: Any, **_: object) -> None:
    """Give the template picture and bet of a lesson of the new frame, as `nb.metadata.front`.

    Voilà's hook on `simlib serve`; on a Jupyter server `open_lesson` calls it.

    `restoring` among them: whether the address brings a state that only the kernel can read; and
    `scene`: which of the lesson's scenes it is, if it is a teacher's link; 0: it is none.
    """
    metadata = notebook.metadata
    if metadata.get("stage") is True:
        made = _made(metadata["topic"], pages.language(metadata.get("lang")))
        link = handler.get_query_argument("s", "")
        scene = _scene(metadata["topic"], link) if link else 0
        metadata["front"] = {**made, "restoring": bool(link), "scene": scene}


def speaks_of_own(link: str) -> bool:
    """Whether a link of before carries a reader's own case, which now stands in the fragment."""
    from simlib.widgets import state  # as below

    return state.speaks_of_own(link)


def warm(root: Path) -> None:
    """Make every front of the course beside the server's work: the first visitor need not wait."""
    threading.Thread(target=_make_all, args=(root,), daemon=True).start()


def _make_all(root: Path) -> None:
    for path in sorted(root.glob("*/*.ipynb")):
        if not pages.LESSON_PATH.fullmatch(f"{path.parent.name}/{path.name}"):
            continue
        metadata = json.loads(path.read_text("utf-8"))["metadata"]
        if metadata.get("stage") is True:
            _made(metadata["topic"], path.parent.name)


def _scene(topic: str, link: str) -> int:
    from simlib.widgets.front import scene_links

    links = list(scene_links(topic).values())
    return links.index(link) + 1 if link in links else 0


def _made(topic: str, lang: str) -> dict[str, str]:
    from simlib.widgets.front import front  # a server whose lessons need none loads no widgets

    return front(topic, lang)
