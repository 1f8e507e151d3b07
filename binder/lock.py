"""Pin what the course runs on, what builds its package, and what its tests add.

Each pin stands in one of three files: `binder/requirements.txt`, `binder/build.txt` and
`tests/requirements.txt`.

`make lock` runs this. pip itself resolves for the oldest Python that pyproject.toml promises, so
that every pin installs there; nothing is installed, and no address is written down. Each pin
carries the digest of every file of its release, as the package index that pip is set up with
tells them: pip then refuses any other file, on every platform. So whatever a pin needs on Windows
or macOS alone is pinned too, behind a marker.

`python binder/lock.py --keep` keeps the versions that are pinned, adds what pyproject.toml has come
to ask for, and writes the digests again.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = ROOT / "binder" / "requirements.txt"
BUILD = ROOT / "binder" / "build.txt"
TESTS = ROOT / "tests" / "requirements.txt"
HEAD = "# {what}. Written by `make lock` from pyproject.toml: do not edit.\n"
PIN = re.compile(r"(?m)^([a-z0-9.-]+)==([^\s;]+)(?: ; (.+?))?(?= --hash=|$)")
ELSEWHERE = {  # sys_platform → the other markers it comes with, and a tag of wheels made for it
    "win32": ({"platform_system": "Windows", "os_name": "nt"}, "win_amd64"),
    "darwin": ({"platform_system": "Darwin", "os_name": "posix"}, "macosx_11_0_arm64"),
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
Pins = dict[str, str]  # name → what follows `==`: a version, perhaps with a marker


def main(keep: bool) -> None:
    """Resolve the three files one on top of the other, and write them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    oldest = oldest_python(project["project"]["requires-python"])
    files = {
        RUNTIME: ("What the course runs on", project["project"]["dependencies"]),
        BUILD: ("What builds the package", [*project["build-system"]["requires"], "editables"]),
        TESTS: ("What the tests add", project["project"]["optional-dependencies"]["test"]),
    }
    known: Pins = {}
    for path, (what, needs) in files.items():
        wanted = [*pinned(path), *needs] if keep else needs
        pins = resolve([*(f"{name}=={pin}" for name, pin in known.items()), *wanted], oldest)
        write(path, what, {name: pin for name, pin in pins.items() if name not in known})
        known |= pins


def oldest_python(requires: str) -> str:
    """`>=3.11` → `3.11.0`: the oldest interpreter promised.

    Raises
    ------
    SystemExit
        This Python is of another minor version: pip reads markers such as `python_version` from
        the interpreter it runs on, not from the one it is asked to resolve for.
    """
    major, minor, patch = re.fullmatch(r">=(\d+)\.(\d+)(?:\.(\d+))?", requires).groups()
    if sys.version_info[:2] != (int(major), int(minor)):
        raise SystemExit(
            f"make lock needs Python {major}.{minor}: make clean, then "
            f"make lock PYTHON=python{major}.{minor}"
        )
    return f"{major}.{minor}.{patch or 0}"


def pinned(path: Path) -> list[str]:
    """Return the pins of a file as requirements, without digests."""
    return [
        f"{name}=={pin}" + (f" ; {marker}" if marker else "")
        for name, pin, marker in PIN.findall(path.read_text("utf-8"))
    ]


def resolve(needs: list[str], python: str) -> Pins:
    """Resolve `needs` for that Python on every platform, from wheels alone; sorted by name."""
    here = [need for need in needs if " ; " not in need]
    report = reported(here, "--python-version", python)
    pins = {item["name"]: item["version"] for item in report}
    for platform, (_, tag) in ELSEWHERE.items():
        marker = f' ; sys_platform == "{platform}"'
        known = {need.partition("==")[0]: need.removesuffix(marker)
                 for need in needs if need.endswith(marker)}  # fmt: skip
        if wanted := list((lacking(report, platform) | known).values()):
            other = reported(wanted, "--python-version", python, "--platform", tag)
            pins |= {item["name"]: item["version"] + marker for item in other
                     if item["name"] not in pins}  # fmt: skip
    return dict(sorted(pins.items()))


def reported(needs: list[str], *options: str) -> list[dict]:
    """Return the metadata of what pip would install, each name as the index writes it."""
    with tempfile.TemporaryDirectory() as nowhere:  # pip wants a place even for a dry run
        command = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--dry-run",
            "--ignore-installed",
            "--report",
            "-",
            "--only-binary=:all:",
            *options,
            "--target",
            nowhere,
            *needs,
        ]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    packages = [item["metadata"] for item in json.loads(done.stdout)["install"]]
    return [item | {"name": canonical(item["name"])} for item in packages]


def canonical(name: str) -> str:
    """Normalise a name: `Jinja2` → `jinja2`, `argon2_cffi` → `argon2-cffi`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def lacking(report: list[dict], platform: str) -> dict[str, str]:
    """Return what the packages need on another platform and not here: name → requirement."""
    from pip._vendor.packaging.markers import default_environment
    from pip._vendor.packaging.requirements import Requirement

    names, wanted = {item["name"] for item in report}, defaultdict(list)
    more = ELSEWHERE[platform][0] | {"sys_platform": platform, "extra": ""}
    places = [{**default_environment(), **more, "python_version": each} for each in PYTHONS]
    for need in (need for item in report for need in item.get("requires_dist", ())):
        required = Requirement(need)
        name = canonical(required.name)
        here = required.marker is None or name in names
        if not here and any(map(required.marker.evaluate, places)):
            wanted[name] += filter(None, [str(required.specifier)])
    return {name: name + ",".join(specifiers) for name, specifiers in wanted.items()}


def digests(pins: Pins) -> Iterator[tuple[str, list[str]]]:
    """Yield the SHA-256 of every file of each pinned release, from the index pip is set up with.

    Raises
    ------
    SystemExit
        The index gives no digest of a release.
    """
    from pip._internal.commands import create_command
    from pip._internal.index.collector import LinkCollector, parse_links

    command = create_command("download")
    options, _ = command.parse_args([])
    with command.main_context():
        collector = LinkCollector.create(command._build_session(options), options=options)

        def links(page: object) -> list:
            answer = collector.fetch_response(page)
            return list(parse_links(answer)) if answer else []

        for name, pin in pins.items():
            pages = (p for p in collector.collect_sources(name, links).index_urls if p)
            of_release = {
                link.hash
                for page in pages
                for link in page.page_candidates()
                if link.hash_name == "sha256" and belongs(link.filename, name, pin)
            }
            if not of_release:
                raise SystemExit(f"The package index gives no SHA-256 of {name}=={pin}.")
            yield name, sorted(of_release)


def belongs(file: str, name: str, pin: str) -> bool:
    """Tell whether a file is a wheel or a source archive of this release."""
    from pip._vendor.packaging.utils import parse_sdist_filename, parse_wheel_filename
    from pip._vendor.packaging.version import Version

    parse = parse_wheel_filename if file.endswith(".whl") else parse_sdist_filename
    try:
        release = parse(file)
    except ValueError:  # an egg or an installer: pip takes neither
        return False
    return release[0] == name and release[1] == Version(pin.partition(" ")[0])


def write(path: Path, what: str, pins: Pins) -> None:
    """Write a pin a line: `name==version --hash=… --hash=…`."""
    lines = (" ".join([f"{name}=={pins[name]}", *(f"--hash=sha256:{digest}" for digest in hashes)])
             for name, hashes in digests(pins))  # fmt: skip
    path.write_text(HEAD.format(what=what) + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(keep="--keep" in sys.argv[1:])
