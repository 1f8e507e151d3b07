"""What is ascribed to the paper names its section, and nothing it does not say is ascribed to it.

The paper is 刘少华《网络诈骗罪帮助犯民事立案问题研究》(5 December 2025). Whoever writes a sentence
about it reads that section first.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
LENGTHS = {"2": [0, 0, 0], "3": [2, 2, 2], "5": [2, 3, 2]}  # parts, and the parts of each
SECTIONS = {str(n) for n in range(1, 7)}
for part, lengths in LENGTHS.items():
    for n, length in enumerate(lengths, 1):
        SECTIONS |= {f"{part}.{n}", *(f"{part}.{n}.{m}" for m in range(1, length + 1))}
NAMED = re.compile(r"论文|\b[Tt]he paper\b|\([Pp]aper\)|\b[Pp]aper['’]s\b")
SECTION = re.compile(r"§ ?(\d(?:\.\d)*)")
BIBLIOGRAPHY = re.compile(r"刘少华|Liu Shaohua|本课程所据论文|^the paper$|其论文")
SETTING = re.compile(r"「论文所载」与|^论文所载$|[Aa]s the paper tells it(?:\" and|$)")  # its name

# Texts that name the paper as a source, a heading or somebody's plea, and ascribe nothing to it
UNTIED = {
    "exercise/riskbenefit:option.source.paper.label",
    "exercise/riskbenefit:paper.title",
    "exercise/riskbenefit:paper.facts",
    "exercise/riskbenefit:paper.model.elements",
    "exercise/riskbenefit:paper.model.facts",
    "laws:sources.reported-by-paper",
    "laws:sources.paper",
    "server:home.lead",
    "start_lab:map.column.problem",
    "start_lab:map.column.proposal",
    "start_lesson:bet.says_is.unsaid",
    "start_lesson:reveal.label.paper",
    "synthetic:sources.criminal-files",
    "terms:bases.claim",
    *(
        f"course/{lang}/{cell}"
        for lang in ("zh", "en")
        for cell in (
            "00-start.ipynb:7",
            "00-start.ipynb:12",
            "teacher/00-start.ipynb:1",
            "teacher/05-riskbenefit.ipynb:7",
        )
    ),
}

# What was once ascribed to the paper and stands nowhere in it
NEVER = {
    "a moment of adoption": r"提起公诉起[^。；]{0,6}采信|论文[^。；]*(?:按|从)起诉书|"
    r"the paper[^.;]*from the indictment on|from the indictment on[^.;]*the paper",
    "judgment on a part": r"论文[^。；]*先行判决|先行判决。这是改革方案|"
    r"the paper[^.;]*judged first|judged first\. A reform proposal",
    "a list of cases": r"论文(?:所列|列有|列出)[^。；]*案件|the paper(?:'s list of| lists) cases",
    "unread": r"论文[^。]*我们没有(?:看到|读到)|the paper[^.]*we have not read|"
    r"the paper's [^.]*was not seen and is not used",
    "a number for the main liability": r"论文[^。；]*主要责任」：应当超过一半|论文[^。，；]*60%|"
    r"the paper[^.;]*main liability”: more than half",
    "four kinds of help": r"论文[^。；]*分成四类|[Tt]he paper has four kinds",
    "technology before payment": r"论文[^。；]*技术支持[^。；，、]*高于支付|"
    r"the paper[^.;]*technical support (?:above|more than) payment",
    "a count of suits": r"42件(?:同类)?起诉|of 42 (?:such )?suits",
    "no more 先刑后民": r"代替僵硬的「先刑后民」|in place of a rigid “criminal case first”",
    "a presumption of fault alone": r"能否及于明知[^。]*论文没有说|"
    r"whether th(?:at|is) reaches knowledge[^.]*the paper does not say",
    "supervision of appraisers themselves": r"鉴定机构和鉴定人的监管",
    "restitution not ordered": r"论文说刑事判决没有责令退赔|"
    r"the paper says that the criminal judgment",
}


def strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Each string of a TOML or JSON value, under its dotted key."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from strings(part, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from strings(part, f"{key}.{n}")


def words() -> Iterator[tuple[str, str]]:
    """Every text of the product in both languages, under `file:key`; a notebook's by cell."""
    for lang in ("zh", "en"):
        room = ROOT / "simlib" / "texts" / lang
        for file in sorted(room.rglob("*.toml")):
            name = file.relative_to(room).with_suffix("").as_posix()
            for key, text in strings(tomllib.loads(file.read_text("utf-8"))):
                yield f"{name}:{key}", text
    for room in ("simlib/law", "simlib/lessons", "cases"):
        for file in sorted((ROOT / room).rglob("*.toml")):
            for key, text in strings(tomllib.loads(file.read_text("utf-8"))):
                yield f"{file.relative_to(ROOT)}:{key}", text
    for file in sorted((ROOT / "course").rglob("*.ipynb")):
        for n, cell in enumerate(json.loads(file.read_text("utf-8"))["cells"]):
            if cell["cell_type"] == "markdown":
                yield f"{file.relative_to(ROOT)}:{n}", "".join(cell["source"])
    pages = [*(ROOT / "cases").rglob("*.md"), *ROOT.glob("*.md"), ROOT / "course/README.md"]
    for file in sorted(pages):
        if file.name != "CHANGELOG.md":  # what was wrong before is told there
            for n, line in enumerate(file.read_text("utf-8").split("\n"), 1):
                yield f"{file.relative_to(ROOT)}:{n}", line


NAMING = [(place, text) for place, text in words() if NAMED.search(text)]


def test_every_text_about_the_paper_names_a_section():
    """A text that names the paper names a section of it, unless it ascribes nothing."""
    untied = [
        place
        for place, text in NAMING
        if not SECTION.search(text)
        and not BIBLIOGRAPHY.search(text)
        and not SETTING.search(text)
        and place not in UNTIED
        and not re.match(r"\W*(?:README|CONTRIBUTING|DESIGN|course/README)\.md", place)
    ]
    assert untied == []


def test_sections_exist():
    """Each section named is one of the paper's, in its texts of law too."""
    wrong = {
        (place, number)
        for place, text in NAMING
        for number in SECTION.findall(text)
        if number not in SECTIONS
    }
    assert wrong == set()
    head = tomllib.loads((ROOT / "simlib/law/statutes/paper.toml").read_text("utf-8"))
    for row in head["articles"]:
        for text in (row["zh"], row["en"]):
            assert text.startswith("§"), row["number"]
            assert set(SECTION.findall(text)) <= SECTIONS, row["number"]


@pytest.mark.parametrize("what", NEVER)
def test_what_the_paper_does_not_say_is_not_ascribed_to_it(what):
    """No text of the product ascribes it to the paper."""
    said = [place for place, text in words() if re.search(NEVER[what], text)]
    assert said == []


def test_exceptions_are_texts():
    """The list of exceptions names texts that stand and name the paper in a language."""
    assert {place for place, _ in NAMING} >= UNTIED
