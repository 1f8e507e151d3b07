"""CONTRIBUTING's recipe for a form of liability, carried out: twice the helper's gain.

The form is invented. It is added to a copy of the package by what the recipe names, and nothing
else; then the questions that every form is asked are asked of it, and the command line shows it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simlib.resources import CHECKOUT

FORM = '''"""Twice what he gained."""

from simlib.interval import hull
from simlib.liability.forms.gain import Gain
from simlib.trace import Trace


class TwiceGain(Gain):
    """He owes up to twice his gains on the claimant's money, never above the damages."""

    measure = "twice_gain"

    def measured(self, facts, debtor):
        once = super().measured(facts, debtor)
        return facts.numbers.minimum(facts.claim.damages_fen, once + once)

    def measured_step(self, low, high, debtor, value):
        once = hull([Gain.measured(self, low, debtor), Gain.measured(self, high, debtor)])
        rests = (Gain.measured_step(self, low, high, debtor, once), low.claim.damages.step)
        return Trace("twice_gains", value, "fen", "twice_gains", rests, party=debtor.id)
'''
LAW = """[twice_gain]
basis = "reform proposal"
regime = "law-in-force"
cites = ["proposal:twice-gain"]
objection_cites = ["objection:twice-gain", "civil-code:178(3)"]
dated_by = "acted_on"
helpers = { measure = "twice_gain", joint = true, rank = 1, capped = true }
principals = { measure = "claim", joint = true }
whole = "principals"
article = "none_though_joint"
inside = "supposed"
remarks = { always = "twice_gain" }
compared = 9
"""
VIEW = """id = "proposal"
short = { zh = "演练的提案", en = "the rehearsal" }
title = { zh = "演练的提案", en = "The rehearsal's proposal" }
basis = "reform proposal"
source = "own-argument"
checked = 2026-12-01

[[articles]]
number = "twice-gain"
quoted = false
zh = "帮助人在其获利的二倍以内，与诈骗行为人连带。"
en = "A helper is jointly liable with the fraudster up to twice what he gained."
"""
OBJECTION = """[[articles]]
number = "twice-gain"
quoted = false
zh = "赔偿以损失为度，不以获利为度。"
en = "Damages follow the loss, not the gain."
"""
NAMES = {"zh": "获利的二倍", "en": "twice the gain"}
FOUR, ENTERS = ("name", "definition", "why", "objection"), ("fault", "gain", "cause")


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Path:
    """A copy of what the package needs, with the form."""
    root = tmp_path_factory.mktemp("house")
    for folder in ("simlib", "cases"):
        shutil.copytree(CHECKOUT / folder, root / folder,
                        ignore=shutil.ignore_patterns("__pycache__"))  # fmt: skip
    (root / "tests").mkdir()
    for name in ("__init__", "replay", "staged", "test_modes"):
        shutil.copy(CHECKOUT / f"tests/{name}.py", root / f"tests/{name}.py")
    shutil.copy(CHECKOUT / "pyproject.toml", root)
    add_form(root)
    return root


def add_form(root: Path) -> None:
    """Do what the table in CONTRIBUTING says, row by row."""
    (root / "simlib/liability/forms/twice_gain.py").write_text(FORM, "utf-8")
    end(root / "simlib/law/modes.toml", LAW)
    (root / "simlib/law/statutes/proposal.toml").write_text(VIEW, "utf-8")
    end(root / "simlib/law/statutes/objection.toml", OBJECTION)
    for lang, name in NAMES.items():
        texts, said = root / "simlib/texts" / lang, f'twice_gain = "{name}"'
        end(texts / "laws.toml", f'[views.proposal]\ntwice-gain = "{name}"')
        under(texts / "laws.toml", "[views.objection]", f'twice-gain = "{name}?"')
        own = "\n".join(f'{key} = "{name}."' for key in FOUR)
        under(texts / "modes.toml", "[enters.auto]", f"[twice_gain]\n{own}\n", before=True)
        end(texts / "modes.toml", "[enters.twice_gain]\n" + facts("—", name, "—"))
        under(texts / "terms.toml", "[forms]", said)
        under(texts / "trace.toml", "[key]", said.replace("gain", "gains", 1))
        of_measure = "\n".join(
            f'{key}-twice_gain = "{name}."' for key in ("exposure", "outer_limit")
        )
        under(texts / "trace.toml", "[rule]", f'{of_measure}\ntwice_gains = "{name}."')
        end(texts / "assumptions.toml", f'misfit-twice_gain = "{name}."')
    term = f'[[terms]]\nzh = "{NAMES["zh"]}"\nen = "{NAMES["en"]}"\nidentifier = "twice_gain"'
    end(root / "simlib/texts/glossary.toml", term)
    replay = root / "tests/replay.py"
    text = replay.read_text("utf-8").replace('"gain": lambda: v["gains"],',
        '"gain": lambda: v["gains"],\n        "twice_gain": lambda: v["twice_gains"],')  # fmt: skip
    text = text.replace('BY_MEASURE = ("share",', 'BY_MEASURE = ("twice_gain", "share",')
    step = '    "twice_gains": lambda n: min(2 * n.children[0].value, n.children[1].value),\n'
    replay.write_text(text.replace('    "weight.gain": ', step + '    "weight.gain": '), "utf-8")


def facts(*values: str) -> str:
    """The three factors of a form, as the table of factors has them."""
    return "\n".join(f'{key} = "{value}"' for key, value in zip(ENTERS, values, strict=True))


def end(file: Path, lines: str) -> None:
    """Write lines at the end of a file."""
    file.write_text(file.read_text("utf-8").rstrip() + f"\n\n{lines}\n", "utf-8")


def under(file: Path, head: str, lines: str, *, before: bool = False) -> None:
    """Write lines under the head of a table, or before it."""
    text = file.read_text("utf-8")
    assert text.count(f"{head}\n") == 1, (file, head)
    new = f"{lines}\n{head}\n" if before else f"{head}\n{lines}\n"
    file.write_text(text.replace(f"{head}\n", new), "utf-8")


def run(house: Path, *command: str) -> str:
    """What a command in the copy prints."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=house, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_a_form_added_by_the_recipe_answers_what_every_form_is_asked(house):
    """No question is missed: authority, remarks, citations, reasons that add up, boards, words."""
    asked = "twice_gain and (fix-1 or hypo-account or not (trace or step)) or authority"
    said = run(house, "pytest", "-q", "-p", "no:cacheprovider", "tests/test_modes.py", "-k", asked)
    passed = re.search(r"(\d+) passed", said)
    assert passed
    assert int(passed[1]) > 20


def test_a_form_added_by_the_recipe_is_shown_as_what_it_is(house):
    """Feng gained 1 200 and Chen 3 000: 2 400 and 6 000, 8 400 in all; no words of another form."""
    said = run(house, "simlib", "decide", "hypo-account", "--mode", "twice_gain")
    assert "责任形态：获利的二倍（依据：改革方案）" in said
    assert [amount for amount in ("2400元", "6000元", "8400元") if amount not in said] == []
    assert not re.search("瑞士|以获利为限|第1169条|第1172条", said.partition("假设与不合之处")[0])
    rows = run(house, "simlib", "compare", "hypo-account").splitlines()
    assert rows[-1].split() == ["获利的二倍", "改革方案", "8400元", "41600元", "2400元", "6000元"]
