"""English words that mean one thing: names of statutes, joint and several, persuasion, Mr He."""

from __future__ import annotations

import re

import pytest
from test_paper import words

# Names that were once used beside the one a statute bears in its file (`short`)
RETIRED = {
    "civil-procedure-interpretation": r"\bCPL Interpretation\b",
    "civil-procedure-law": r"\bCPL\b",
    "evidence-rules": r"(?<!Civil )\bEvidence Rules\b|\bCivil Evidence Provisions\b",
    "anti-fraud-law": r"\bAnti-(?:fraud|Telecom[- ]\S+(?: and Online)?) Law\b|\bOnline Fraud Law\b",
    "litigation-fees": r"(?<!Litigation )\bFee Measures\b",
    "electronic-data-rules": r"\bElectronic Data Rules\b",
    "anti-money-laundering-law": r"\bAnti-Money-Laundering Law\b",
    "limitation-rules": r"\bLimitation Provisions\b",
    "internet-information-measures": r"\bInternet Information Services Measures\b",
    "economic-crime-rules": r"\bEconomic Crime Rules\b|\b[Rr]ules on economic crime\b",
    "property-enforcement-rules": r"(?<!Property )\bEnforcement Rules\b|\benforcement provisions\b",
    "environment-tort-interpretation": r"\benvironmental rules\b",
    "frozen-funds-rules": r"(?<!2016 )\b[Pp]rovisions on (?:[Rr]eturning )?[Ff]rozen [Ff]unds\b",
}
TITLE = re.compile(r"simlib/law/statutes/[^:]+:title\.en")  # its full name, given once
# art. 178: never one of two words; a joint tort, joint commission and joint offenders are others
ALONE = re.compile(r"\b[Jj]oint (?:liabilit|debts?\b|debtor|obligor)|\b[Jj]ointly liable\b")
FOREIGN = re.compile(r"statutes/(?:swiss-or|restatement-apportionment|uatra|petl|foreign-cases)")
ENGLISH = [(place, text) for place, text in words() if not re.search("[\u4e00-\u9fff]{8}", text)]


@pytest.mark.parametrize("law", RETIRED)
def test_a_statute_has_one_english_name(law):
    """No text uses another of its names; its short name is none of them."""
    said = [p for p, text in ENGLISH if re.search(RETIRED[law], text) and not TITLE.match(p)]
    assert said == []


def test_joint_and_several_is_one_term():
    """连带 is joint and several throughout; foreign texts are quoted as they are."""
    said = [p for p, text in ENGLISH if ALONE.search(text) and not FOREIGN.search(p)]
    assert said == []


def test_a_court_is_persuaded_and_convicts_nobody_of_it():
    """心证 is the court's persuasion: a conviction is a criminal judgment here."""
    said = [p for p, text in ENGLISH if re.search(r"\bcourt's conviction\b", text)]
    assert said == []


def test_the_surname_he_is_no_pronoun():
    """何某 is Mr He: a name, not a word that stands for one."""
    names = [(p, text) for p, text in words() if re.search(r"\.name\.en$", p)]
    assert names
    assert [p for p, text in names if re.match(r"He\b", text)] == []
    said = [p for p, text in ENGLISH if re.search(r"(?<!Mr )\bHe's\b|\b(?:of|by|which) He\b", text)]
    assert said == []


# of what is liable: neither a form that is supposed, nor a debtor beside another, nor a share
LOOSE = re.compile(
    r"\bmere what-if\b|\bonly supposed\b|\ball joint\b|\bjoint with (?:the|those)\b"
    r"|\bfor who cannot pay\b"
)


def test_what_is_supposed_and_who_bears_are_said_in_terms_of_art():
    """Hypothetical only; jointly and severally liable with; bears of the share of those who."""
    own = [(p, text) for p, text in ENGLISH if not re.match(r"simlib/law/|course/|[A-Z]+\.md", p)]
    assert [place for place, text in own if LOOSE.search(text)] == []
