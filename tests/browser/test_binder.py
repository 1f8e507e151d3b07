"""What a Binder link does, in a clean environment: pins, postBuild, Voilà in a Jupyter server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import serving

from simlib.resources import table

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "token-of-this-test"
BASE = "/user/reader/"
CHART = ".js-plotly-plot .main-svg"
OPEN = {lang: table("texts", lang, "lab.toml")["commit"]["open"] for lang in ("zh", "en")}
CHECKED_OUT = ("simlib", "cases", "course", "binder", "pyproject.toml", "README.md", "LICENSE")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the repository, as Binder has one."""
    folder = tmp_path_factory.mktemp("binder") / "repository"
    for name in CHECKED_OUT:
        source = ROOT / name
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            left = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
            shutil.copytree(source, target, ignore=left)
        else:
            shutil.copy(source, target)
    return folder


@pytest.fixture(scope="module")
def clean(tmp_path_factory, checkout):
    """Environment variables of a fresh environment built from the pins, after postBuild."""
    folder = tmp_path_factory.mktemp("clean")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    programs = folder / "venv" / "bin"
    kept = {key: value for key, value in os.environ.items()
            if not key.startswith(("PYTHON", "JUPYTER", "VIRTUAL_ENV", "XDG_"))}
    kept.setdefault("PIP_CACHE_DIR", str(Path.home() / ".cache" / "pip"))
    env = {**kept, "PATH": f"{programs}:{kept['PATH']}", "HOME": str(folder)}
    pins = checkout / "binder" / "requirements.txt"
    pip = [programs / "python", "-m", "pip", "install", "--quiet", "-r", pins]
    subprocess.run(pip, check=True, env=env)
    subprocess.run([checkout / "binder" / "postBuild"], check=True, env=env)
    return env


@pytest.fixture(scope="module")
def hub(clean, checkout):
    """A Jupyter server at a base URL, showing the repository's folder, as Binder's does."""
    server = serving.start(
        ["jupyter", "lab", "--no-browser", "--allow-root", f"--ServerApp.base_url={BASE}",
         f"--IdentityProvider.token={TOKEN}", f"--port={serving.free_port()}",
         f"--ServerApp.root_dir={checkout}", "--LabApp.news_url=", "--log-level=INFO"],
        env=clean, cwd=checkout,
    )
    assert serving.eventually(lambda: any("is running at" in line for line in server.lines), 60)
    yield server
    server.stop()


def charted(page, lang="zh"):
    """Open the lab as a teacher does, without an answer, and wait for its chart."""
    page.click(f"text={OPEN[lang]}", timeout=60_000)
    page.wait_for_selector(CHART, timeout=60_000)


def address(server, path):
    """A page of the server, with the token a reader's link carries."""
    port = server.url.split(":")[2].split("/")[0]
    return f"http://127.0.0.1:{port}{BASE}{path}?token={TOKEN}"


def test_the_binder_link_opens_the_lesson_with_its_charts(hub, desktop):
    """Under a base URL the lesson draws, and knows its home page, its twin and no other host."""
    desktop.goto(address(hub, "voila/render/course/zh/01-case.ipynb"))
    charted(desktop)
    assert desktop.get_attribute("html", "lang") == "zh-CN"
    desktop.click("text=首页")
    desktop.wait_for_selector(".course-lessons")
    assert desktop.url.split("?")[0].endswith(f"{BASE}course/")
    desktop.click(".course-lessons a >> nth=0")
    desktop.click("#course-other")
    charted(desktop, "en")
    assert desktop.get_attribute("html", "lang") == "en"


def test_a_reload_in_a_jupyter_server_leaves_one_kernel(hub, desktop):
    """Leaving a page ends its kernel here too."""
    desktop.goto(address(hub, "voila/render/course/zh/01-case.ipynb"))
    charted(desktop)
    before = len(serving.kernels_below(hub.process.pid))
    desktop.reload()
    charted(desktop)
    assert serving.eventually(lambda: len(serving.kernels_below(hub.process.pid)) <= before)


def test_jupyterlab_draws_the_same_notebook(hub, open_page, watch):
    """`make lab`: the notebook run in JupyterLab shows the same chart."""
    watch.allow(".")  # JupyterLab's own console is not ours
    page = open_page()
    page.goto(address(hub, "lab/tree/course/zh/01-case.ipynb"))
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=60_000)
    page.click(".lm-MenuBar-item:has-text('Run')")
    page.click(".lm-Menu-item:has-text('Run All Cells') >> nth=0")
    charted(page)
