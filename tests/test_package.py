"""What is published: the wheel stands on its own in an empty folder, and the pins are clean."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

import pytest
import serving
from oldest import promised
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NAME = PROJECT["name"]
WRITTEN = 1_000  # letters in a line of script, markup or style: ours have at most 431
SOURCES = ("simlib", "cases", "course", "pyproject.toml", "README.md", "LICENSE")
RUNTIME, BUILD, TESTS = (
    ROOT / "binder" / "requirements.txt",
    ROOT / "binder" / "build.txt",
    ROOT / "tests" / "requirements.txt",
)
PINS = (RUNTIME, BUILD, TESTS)
PIN = re.compile(
    r'[a-z0-9.-]+==[0-9][\w.+!]*( ; sys_platform == "(win32|darwin)")?'
    r"( --hash=sha256:[0-9a-f]{64})+"
)
PIN_PARTS = re.compile(r"(?m)^([a-z0-9.-]+)==([^\s;]+)(?: ; (.+?))? --hash=")
ELSEWHERE = {"appnope", "colorama", "pywinpty"}  # pinned for other platforms, and need nothing


def copy_sources(target: Path) -> Path:
    """What a build needs, without what earlier runs left behind."""
    left = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=left)
        else:
            shutil.copy(source, target / name)
    return target


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    """The wheel and the source archive, as `make dist` builds them, from a copy of the sources."""
    sources = copy_sources(tmp_path_factory.mktemp("sources"))
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--directory", str(out)]
    subprocess.run(build, check=True, cwd=sources, capture_output=True)
    return {"wheel": next(out.glob("*.whl")), "sdist": next(out.glob("*.tar.gz"))}


def install(archive: Path, folder: Path) -> Path:
    """Have pip put an archive into a folder of its own, without any index."""
    bare = ["--no-deps", "--no-index", "--no-build-isolation", "--no-compile", "--target"]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", *bare, str(folder), str(archive)]
    subprocess.run(pip, check=True, cwd=folder.parent)
    return folder


def where(site: Path, cwd: Path) -> dict:
    """Where and how a program runs that sees an installed package and no checkout."""
    return {"cwd": cwd, "env": {**os.environ, "PYTHONPATH": str(site)}}


@pytest.fixture(scope="module")
def unpacked(archives, tmp_path_factory):
    """The wheel, installed."""
    return install(archives["wheel"], tmp_path_factory.mktemp("wheel") / "site")


@pytest.fixture
def alone(unpacked, tmp_path):
    """Where and how a Python runs that sees the wheel and no checkout."""
    return where(unpacked, tmp_path)


@pytest.mark.slow
def test_the_wheel_carries_cases_course_template_and_words(unpacked):
    """Everything the package reads at run time travels in it, and nothing of the tests does."""
    names = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*")}
    cases = {path.name for path in (ROOT / "cases").iterdir() if (path / "case.toml").is_file()}
    lessons = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "course").rglob("*.ipynb")
        if ".ipynb_checkpoints" not in path.parts
    }
    assert {f"simlib/_share/cases/{name}/case.toml" for name in cases} <= names
    assert {f"simlib/_share/{name}" for name in lessons} <= names
    assert {
        "simlib/server/template/index.html.j2",
        "simlib/server/pages/home.html",
        "simlib/widgets/static/lab.js",
        "simlib/texts/zh/server.toml",
        "simlib/server/pack.txt",
    } <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests")]


def test_every_value_a_style_names_is_set_somewhere():
    """A name that nothing sets takes the line that uses it away: a focused grip had no ring."""
    kinds = {".css", ".js", ".html", ".j2", ".py"}
    read = [path for path in (ROOT / "simlib").rglob("*") if path.suffix in kinds]
    texts = [path.read_text("utf-8") for path in read]
    named = {name for text in texts for name in re.findall(r"var\((--[\w-]+)\)", text)}
    given = {name for text in texts for name in re.findall(r"(--[\w-]+)['\"]?\s*[:,]", text)}
    assert (len(named) > 10, named - given) == (True, set())


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["wheel", pytest.param("sdist", marks=pytest.mark.night)])
def test_what_is_published_works_in_an_empty_folder(archives, unpacked, tmp_path, kind):
    """Its command lists the cases it carries and decides one; it is not the checkout's."""
    site = unpacked if kind == "wheel" else install(archives[kind], tmp_path / "site")
    (tmp_path / "empty").mkdir()
    there = {"capture_output": True, "text": True, **where(site, tmp_path / "empty")}
    found = f"import simlib, importlib.metadata as m; print(simlib.__file__, m.version({NAME!r}))"
    said = subprocess.run([sys.executable, "-c", found], **there).stdout
    assert said.split() == [str(site / "simlib" / "__init__.py"), PROJECT["version"]]
    listed = subprocess.run([site / "bin" / "simlib", "cases", "--json"], **there)
    assert "2024-lu-0302-5690" in listed.stdout, listed.stderr
    decided = subprocess.run([site / "bin" / "simlib", "decide", "2024-lu-0302-5690"], **there)
    assert (decided.returncode, "25000" in decided.stdout) == (0, True), decided.stderr


def foreign(names: Iterable[str], read: Callable[[str], str]) -> list[str]:
    """Files that somebody else wrote, by their names or by what no hand writes."""
    found = []
    for name in names:
        path = PurePosixPath(name)
        named = re.search(r"(?i)\.min\.|\.bundle\.|\.map$|^(licen[sc]e|copying|notice)", path.name)
        page = path.suffix in (".js", ".mjs", ".css", ".html")
        if named or page and longest(read(name)) > WRITTEN:
            found.append(name)
    return found


def longest(text: str) -> int:
    """Letters of the longest line."""
    return max(map(len, text.splitlines()), default=0)


def test_nobodys_code_is_copied_into_the_tree():
    """No minified file, no bundle, no licence but ours; what others wrote comes from packages."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    there = [name for name in names.split("\0") if (ROOT / name).is_file()]
    assert "simlib/widgets/static/lab.js" in there
    assert foreign(there, lambda name: (ROOT / name).read_text("utf-8")) == ["LICENSE"]


@pytest.mark.slow
def test_nobodys_code_is_copied_into_the_wheel(archives):
    """As the tree, so the wheel."""
    with zipfile.ZipFile(archives["wheel"]) as wheel:
        found = foreign(wheel.namelist(), lambda name: wheel.read(name).decode("utf-8"))
    folder = f"{NAME.replace('-', '_')}-{PROJECT['version']}.dist-info"
    assert found == [f"{folder}/licenses/LICENSE"]


@pytest.mark.slow
def test_the_wheel_serves_the_course_from_an_empty_folder(alone):
    """The browser's course needs no checkout: home page and first lesson come from the wheel."""
    command = [sys.executable, "-m", "simlib", "serve", "--port", str(serving.free_port())]
    server = serving.start(command, **alone)
    page = serving.fetch(server.url)[2].decode("utf-8")
    lessons = re.findall(r'href="(/voila/render/[^"]+)"', page)
    assert lessons
    status, _, body = serving.fetch(server.url.rstrip("/") + lessons[0])
    code, said = server.stop()
    assert (status, code) == (200, 0), said
    assert "course-failed" not in body.decode("utf-8"), said


@pytest.mark.parametrize("path", PINS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_pins_are_exact_hashed_and_name_no_address(path):
    """Each line is one `name==version` with digests of its files; no address, index or path."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines
    assert [line[:60] for line in lines if not PIN.fullmatch(line)] == []
    for line in lines:
        digests = line.split(" --hash=sha256:")[1:]
        assert digests == sorted(set(digests)), line[:60]


def test_build_pins_are_whole():
    """Without build isolation, the build tools and all they need are pinned in binder/build.txt."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    required = [*project["build-system"]["requires"], "editables"]
    names = {name for name, _, _ in PIN_PARTS.findall(BUILD.read_text("utf-8"))}
    required += (need for name in names for need in importlib.metadata.requires(name) or ())
    needs = map(Requirement, required)
    wanted = {need.name for need in needs if not need.marker or need.marker.evaluate({"extra": ""})}
    assert wanted <= names | {name for name, _, _ in PIN_PARTS.findall(RUNTIME.read_text("utf-8"))}


@pytest.mark.slow
@pytest.mark.parametrize("platform", [
    ("linux", "Linux", "posix"), ("win32", "Windows", "nt"), ("darwin", "Darwin", "posix"),
], ids=lambda platform: platform[0])  # fmt: skip
def test_lock_is_whole_on_every_platform(platform):
    """pip takes no package without a digest: what a pin needs on any platform is pinned as well."""
    names = ("sys_platform", "platform_system", "os_name")
    for version in ("3.11", "3.12", "3.13"):
        here = {**dict(zip(names, platform, strict=True)), "python_version": version, "extra": ""}
        for known in (PINS[:1], PINS[:2], PINS):
            text = "".join(path.read_text("utf-8") for path in known)
            pins = {
                name
                for name, _, marker in PIN_PARTS.findall(text)
                if not marker or Marker(marker).evaluate(here)
            }
            needs = (
                Requirement(need)
                for name in pins
                if name not in ELSEWHERE
                for need in importlib.metadata.requires(name) or ()
            )
            asked = {
                canonicalize_name(need.name)
                for need in needs
                if need.marker is None or need.marker.evaluate(here)
            }
            assert asked <= pins


@pytest.mark.parametrize("path", PINS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_pin_installs_on_the_oldest_python_promised(path):
    """What each pinned release says it needs admits 3.11.0, so Debian 12's own 3.11.2 as well."""
    oldest = "{}.{}.{}".format(*promised())
    for name, pin, marker in PIN_PARTS.findall(path.read_text("utf-8")):
        if marker:  # of another platform: not installed here
            assert name in ELSEWHERE
            continue
        found = importlib.metadata.distribution(name)
        assert found.version == pin, "run `make test`, which installs the pins"
        needs = SpecifierSet(found.metadata.get("Requires-Python") or "")
        assert needs.contains(oldest), f"{name}=={pin} needs Python {needs}"


def test_the_pins_meet_what_the_project_asks_for():
    """Every dependency of pyproject.toml is pinned, in one of the three files and in no other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    runtime, build, tests = (
        {name for name, _, _ in PIN_PARTS.findall(path.read_text("utf-8"))} for path in PINS
    )
    needed = {re.match(r"[\w-]+", need)[0].lower() for need in project["dependencies"]}
    extra = {re.match(r"[\w-]+", need)[0] for need in project["optional-dependencies"]["test"]}
    assert needed <= runtime
    assert extra <= runtime | tests
    assert not runtime & build | runtime & tests | build & tests


def test_the_citation_file_says_what_the_package_says():
    """CITATION.cff has the required keys and the package's version and licence."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    keys = dict(re.findall(r"(?m)^([a-z-]+): *(.+)$", text))
    assert {"cff-version", "message", "title", "version", "license"} <= set(keys)
    assert keys["version"] == project["version"]
    assert keys["license"] == project["license"]
    assert json.loads(keys["title"])
    assert "网络诈骗罪帮助犯民事立案问题研究" in text


def test_a_lesson_loads_its_own_lab_and_no_other():
    """The labs are loaded by name; each name leads to a lab."""
    code = (
        "import sys; from simlib.widgets import case_lab; import simlib.widgets as rooms\n"
        "print(sorted(m.split('.')[2] for m in sys.modules if m.count('.') == 2\n"
        "             and m.startswith('simlib.widgets.') and m.split('.')[2] + '_lab'\n"
        "             in rooms.__all__))\n"
        "print(all(callable(getattr(rooms, name)) for name in rooms.__all__))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["['case']", "True"]
