"""A Jupyter server in a clean environment, as a Binder link gets one: pins, postBuild, Voilà."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
import serving
from browser.pages import NUMBER
from oldest import oldest_python
from playwright.sync_api import TimeoutError

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "token-of-this-test"
BASE = "/user/reader/"
CHART = f".js-plotly-plot .main-svg, {NUMBER}"  # or a board
OPEN = "form [data-id=open]"
CHECKED_OUT = ("simlib", "cases", "course", "binder", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def clean(tmp_path_factory, checkout):
    """Environment variables of a fresh environment built from the pins, after postBuild.

    It has the oldest Python that is here and promised: what installs there installs everywhere.
    """
    folder = tmp_path_factory.mktemp("clean")
    subprocess.run([oldest_python(), "-m", "venv", str(folder / "venv")], check=True)
    programs = folder / "venv" / "bin"
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "JUPYTER", "VIRTUAL_ENV", "XDG_"))
    }
    kept.setdefault("PIP_CACHE_DIR", str(Path.home() / ".cache" / "pip"))
    env = {**kept, "PATH": f"{programs}:{kept['PATH']}", "HOME": str(folder)}
    pins = checkout / "binder" / "requirements.txt"
    pip = [programs / "python", "-m", "pip", "install", "--quiet", "-r", pins]
    subprocess.run(pip, check=True, env=env)
    subprocess.run([checkout / "binder" / "postBuild"], check=True, env=env)
    return env


@pytest.fixture(scope="session")
def hub(clean, checkout):
    """A Jupyter server at a base URL, showing the repository's folder, as Binder's does."""
    server = serving.start(
        [
            "jupyter",
            "lab",
            "--no-browser",
            "--allow-root",
            f"--ServerApp.base_url={BASE}",
            f"--IdentityProvider.token={TOKEN}",
            f"--port={serving.free_port()}",
            f"--ServerApp.root_dir={checkout}",
            "--LabApp.news_url=",
            "--log-level=INFO",
        ],
        env=clean,
        cwd=checkout,
    )
    assert serving.eventually(lambda: any("is running at" in line for line in server.lines), 60)
    yield server
    server.stop()


def address(server, path):
    """A page of the server, with the token a reader's link carries."""
    port = server.url.split(":")[2].split("/")[0]
    return f"http://127.0.0.1:{port}{BASE}{path}?token={TOKEN}"


def charted(page):
    """Open the lab as a teacher does, unless its address opens it; wait for its chart.

    A lab whose address opens it shows the way in until that state arrives: a press may come late.
    """
    chart = page.locator(f"{CHART}:visible").first
    way = page.locator(f"{OPEN}:visible").first
    for _ in range(10):
        way.or_(chart).first.wait_for(timeout=60_000)
        if chart.is_visible():
            break
        with suppress(TimeoutError):
            way.click(timeout=5_000)
            break
    chart.wait_for(timeout=60_000)
