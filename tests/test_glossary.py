"""The glossary: one term, one word, one identifier."""

from __future__ import annotations

from collections import Counter

import pytest

from simlib.case.model import Party
from simlib.law.modes import mode_keys
from simlib.resources import table
from simlib.text import topic_words

TERMS = table("texts", "glossary.toml")["terms"]
IDENTIFIERS = {term["identifier"] for term in TERMS}


@pytest.mark.parametrize("column", ["zh", "en", "identifier"])
def test_each_term_stands_once(column):
    """No Chinese term, English term or identifier is used twice."""
    counts = Counter(term[column] for term in TERMS)
    assert [word for word, count in counts.items() if count > 1] == []


def test_terms_are_complete():
    """Every term has exactly the three columns, none empty, and there are enough of them."""
    assert all(set(term) == {"zh", "en", "identifier"} for term in TERMS)
    assert all(value.strip() for term in TERMS for value in term.values())
    assert len(TERMS) >= 60


def test_modes_are_terms():
    """Every mode's key is an identifier of the glossary."""
    assert set(mode_keys()) - IDENTIFIERS == set()


@pytest.mark.parametrize("group", ["acts", "grades", "roles", "fields", "kinds", "elements"])
def test_keys_of_words_are_terms(group):
    """Every act, grade, role, field, kind of fact and element of proof is in the glossary."""
    assert set(topic_words("terms")[group]) - IDENTIFIERS == set()


def test_fields_of_a_party_are_terms():
    """Every field of a party is in the glossary; a field that is a list by its singular."""
    singular = {"kinds": "kind", "sources": "source"}
    fields = {singular.get(name, name) for name in Party.model_fields}
    assert fields - IDENTIFIERS == set()


@pytest.mark.parametrize("group", ["acts", "grades", "roles"])
def test_words_and_glossary_agree(group):
    """Acts, grades and roles have the same name in the words and in the glossary."""
    for lang in ("zh", "en"):
        by_identifier = {term["identifier"]: term[lang] for term in TERMS}
        names = topic_words("terms", lang)[group]
        assert names == {key: by_identifier[key] for key in names}
