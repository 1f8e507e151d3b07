"""What a page may say to its kernel, how often, and what the server tells of it."""

from __future__ import annotations

import asyncio
import json

import frames
import pytest
import serving
import tornado.web
from jupyter_server.services.kernels.connection.base import serialize_binary_message

from simlib.server import files, handlers, log, pending_messages, rate_limit, teacher_pages
from simlib.server.message import V1, read


def of(header=None, parent=None, metadata=None, content=None, channel="shell"):
    """A frame of the parts given; what is left out is as a page sends it."""
    said = {"msg_id": "1", "msg_type": "comm_msg", "session": "s"}
    parts = (
        said if header is None else header,
        {} if parent is None else parent,
        {} if metadata is None else metadata,
        {"comm_id": "c", "data": {"method": "update"}} if content is None else content,
    )
    packed = [part if isinstance(part, bytes) else json.dumps(part).encode() for part in parts]
    return frames.serialize_msg_to_ws_v1(packed, channel)


def test_a_page_s_message_is_read_in_both_protocols():
    """Type, id and content come out of either."""
    assert read(of(), V1)["header"]["msg_type"] == "comm_msg"
    said = {"comm_id": "c", "data": {"method": "custom"}}
    older = {"header": {"msg_type": "comm_msg", "msg_id": "1"}, "content": said}
    for frame in (json.dumps(older), serialize_binary_message({**older, "buffers": [b"x"]})):
        assert read(frame, None)["content"] == said


@pytest.mark.parametrize(
    "frame",
    [
        of(header=[]),
        of(header={}),
        of(header={"msg_type": ["comm_msg"], "msg_id": "1"}),
        of(header={"msg_type": "comm_msg", "msg_id": "1" * 200}),
        of(header=b"{"),
        of(header=b"\xff"),
        of(header=b"[" * 200_000),
        of(parent=[]),
        of(metadata="x"),
        of(content=[]),
        of(content={"comm_id": 7}),
        of(content={"comm_id": "c", "data": []}),
        of(content={"comm_id": "c", "data": {}}),
        of(content={"comm_id": "c", "data": {"method": 1}}),
        of(channel="iopub"),
        of(channel="stdin"),
        of(header={"msg_type": "kernel_info_request", "msg_id": 1}),
        of(header={"msg_type": "comm_msg", "msg_id": "1", "date": "\ud800"}),
        of(header={"msg_type": "comm_msg", "msg_id": "1", "date": float("nan")}),
    ],
    ids=lambda frame: str(frame[56:90]),
)
def test_malformed_message_is_not_read(frame):
    """Wrong types, nesting without end, and channels that lead nowhere are refused unread."""
    assert read(frame, V1) is None


def test_visitors_text_is_escaped_in_log_lines():
    """Control characters, marks of direction and length do not reach the terminal."""
    assert log.harmless("a\x1b[2J\r\nb\u202e") == "a�[2J��b�"
    assert len(log.harmless("x" * 1000)) == log.MOST_LETTERS + 1


def test_repeated_log_lines_are_counted(capsys, monkeypatch):
    """Five lines of a kind, and later one that says how many there were besides."""
    monkeypatch.setattr(log, "STRETCH_S", 0.1)

    async def flood():
        told = log.ServerLog("en")
        for n in range(100):
            told.tell("forbidden", type=f"a{n}", address="10.0.0.1")
        told.tell("malformed", why="x", address="10.0.0.1")
        await asyncio.sleep(0.3)

    serving.played(flood())
    lines = capsys.readouterr().err.splitlines()
    assert [line.count("type a") for line in lines] == [1] * 5 + [0, 0]
    assert "95 more times" in lines[-1]


def test_one_address_does_not_hide_what_another_does(capsys, monkeypatch):
    """Five lines of a kind for each address, and an end for all of them together."""
    monkeypatch.setattr(log, "STRETCH_S", 0.1)
    monkeypatch.setattr(log, "MOST_OF_KIND", 12)
    floods = ("10.0.0.1", "10.0.0.2", "2001:db8::1", "2001:db8::2", "10.0.0.3")

    async def flood():
        told = log.ServerLog("en")
        for address in floods:
            for _ in range(20):
                told.tell("deaf", address=address)
        await asyncio.sleep(0.3)

    serving.played(flood())
    lines = capsys.readouterr().err.splitlines()
    counts = [sum(f" {address} " in line for line in lines) for address in floods]
    assert counts == [5, 5, 2, 0, 0]  # 2001:db8::/64 is one visitor
    assert "88 more times" in lines[-1]  # of 100 requests twelve have a line


def test_rate_limit_allows_a_burst_then_a_steady_rate(monkeypatch):
    """A bucket gives what it holds, then as fast as it fills; another address has its own."""
    now = [100.0]
    monkeypatch.setattr(rate_limit, "_now", lambda: now[0])
    rates = rate_limit.Rates(3, 0.5)
    assert [rates.allows("10.0.0.1") for _ in range(4)] == [True] * 3 + [False]
    assert rates.allows("10.0.0.2")
    now[0] += 2
    assert [rates.allows("10.0.0.1") for _ in range(2)] == [True, False]


def test_addresses_are_forgotten_and_a_network_of_ipv6_is_one(monkeypatch):
    """A /64 is one visitor, a mapped address is the one it maps, and memory has an end."""
    assert (
        rate_limit.site("2001:db8::1")
        == rate_limit.site("2001:db8::ffff:1")
        != rate_limit.site("2001:db8:0:1::1")
    )
    assert rate_limit.site("::ffff:10.0.0.1") == "10.0.0.1"
    monkeypatch.setattr(rate_limit, "MOST_ADDRESSES", 2)
    monkeypatch.setattr(rate_limit, "_now", lambda: 0.0)
    rates = rate_limit.Rates(1, 1)
    assert all(rates.allows(f"10.0.0.{n}") for n in range(4))
    assert len(rates._buckets) == 2


def test_a_page_waits_while_its_kernel_has_too_much_to_answer(monkeypatch):
    """Neither many messages nor large ones pile up; an answer, or a socket that goes, ends it."""
    monkeypatch.setattr(pending_messages, "MOST_UNANSWERED", 2)
    monkeypatch.setattr(pending_messages, "MOST_UNANSWERED_BYTES", 100)
    monkeypatch.setattr(pending_messages, "LOOK_EVERY_S", 0.01)

    async def play():
        asked, gone = pending_messages.Unanswered(), []
        asked.ask("1", 10)
        asked.ask("2", 10)
        await asyncio.wait_for(asked.wait(lambda: False), 5)
        asked.ask("3", 10)
        waiting = asyncio.ensure_future(asked.wait(lambda: bool(gone)))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        asked.answer("2")
        await asyncio.wait_for(waiting, 5)
        asked.ask("4", 1000)
        asked.answer("1")
        waiting = asyncio.ensure_future(asked.wait(lambda: bool(gone)))
        await asyncio.sleep(0.05)
        assert asked.too_many
        assert not waiting.done()
        gone.append(True)
        await asyncio.wait_for(waiting, 5)

    serving.played(play())


def test_who_is_not_logged_in_gets_no_page():
    """Of the methods that pages answer by, only these ask nobody for a password or a hub's name.

    Files of the course, the turn that a waiting page asks for, and the way to the home page.
    """
    known = [
        each
        for module in (files, handlers, teacher_pages)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, tornado.web.RequestHandler)
    ]
    answers = {
        (each.__name__, name, method.__code__.co_filename == tornado.web.__file__)
        for each in known
        if each.__module__.startswith("simlib.")
        for name, method in vars(each).items()
        if name in ("get", "head", "post", "put", "patch", "delete")
    }
    assert {(name, method) for name, method, asks in answers if not asks} == {
        ("KeptFileHandler", "get"),
        ("KeptFileHandler", "head"),
        ("TreeHandler", "get"),
        ("TurnHandler", "get"),
    }
    assert len(answers) >= 9
