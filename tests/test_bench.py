"""What the benchmark of serving prints when a site serves nobody: everything else."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.bench.serving import __main__ as bench
from tests.bench.serving import crowd, peers, table, visit

SEEN = {"chart": 2.0, "live": 3.0, "bet": 1.0, "processor": 0.5}


@pytest.fixture
def saved(tmp_path, monkeypatch):
    """Where the benchmark writes its file."""
    monkeypatch.setattr(table, "ARTEFACTS", tmp_path)
    return tmp_path / "bench-serving.json"


def test_a_peer_that_serves_nobody_leaves_the_other_rows(monkeypatch, capsys):
    """Its numbers are empty, those of all others are there; it is asked once, and said so."""
    asked = []

    def visited(_browser, name, _site, _wanted):
        asked.append(name)
        if name == "stock":
            raise TimeoutError("http://127.0.0.1:1/\nand more")
        return SEEN

    monkeypatch.setattr(visit, "_visit", visited)
    sites = {name: peers.Site(name, None, 1) for name in ("ours", "stock", "preheated", "dash")}
    rows = {row.what.partition(",")[0]: row for row in visit.rows(None, sites, 2)}
    first = rows["a first chart (stock preheated)"]
    assert (first.stock, first.dash, first.ours) == (2.0, 2.0, 2.0)
    assert rows["a first chart"].stock is None
    assert asked.count("stock") == 1
    assert asked.count("ours") == 3  # once to warm up
    assert capsys.readouterr().out == "stock is left out: http://127.0.0.1:1/\n"


def test_a_crowd_nobody_served_leaves_ours(monkeypatch, tmp_path, capsys):
    """Of thirty at once, too: what is compared with stock is empty, what is not stands."""

    @contextmanager
    def running(name):
        yield peers.Site(name, SimpleNamespace(process=SimpleNamespace(pid=1)), 1)

    monkeypatch.setattr(peers, "course", lambda: running("ours"))
    monkeypatch.setattr(peers, "stock", lambda _folder: running("stock"))
    monkeypatch.setattr(crowd.process, "settled", lambda _pid: 0)
    monkeypatch.setattr(crowd.process, "kernels", lambda _pid: [1])
    monkeypatch.setattr(crowd.process, "memory", lambda _pid: {"private": 20.0, "pss": 30.0})
    monkeypatch.setattr(crowd.client, "leave", lambda *_: None)
    served = iter([2.0, 2.0, None, None])  # ours warms up and is visited, then stock

    def together(_url, _count):
        return [SimpleNamespace(states=next(served), html=1.0, waits=0)], None

    monkeypatch.setattr(crowd.client, "visit_together", together)
    rows = list(crowd.rows(tmp_path, 1, 1))
    assert [(row.stock, row.ours, row.reached) for row in rows] == [
        (None, 1.0, None), (None, 2.0, None), (None, 0, True), (None, 0, None),
        (None, 20.0, True), (None, 30.0, None),
    ]  # fmt: skip
    assert "stock is left out: none of 1 visitors was served" in capsys.readouterr().out


def test_rows_that_are_there_are_printed_whatever_happens(monkeypatch, capsys, saved):
    """A fault of the benchmark's own comes after the table, not in its place."""

    def broken(folder: Path, *_):
        yield table.Row("c thirty at once, s", 54.0, None, 6.5)
        raise RuntimeError("no more")

    monkeypatch.setattr(crowd, "rows", broken)
    monkeypatch.setattr(sys, "argv", ["bench", "--rows", "c"])
    with pytest.raises(RuntimeError, match="no more"):
        bench.main()
    assert "| c thirty at once, s | 54.00 " in capsys.readouterr().out
    assert "thirty at once" in saved.read_text("utf-8")
