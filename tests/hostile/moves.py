"""What a hostile client does with a page's socket, one move at a time."""

from __future__ import annotations

import random
from collections.abc import Callable

import frames
from hostile import DEEP, mutate, odd
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1

FORBIDDEN = ("execute_request", "input_reply", "debug_request", "complete_request", "\0",
             "x" * 9000, "interrupt_request", "history_request")  # fmt: skip
OURS = ("check", "file", "statement", "map", "turn", "people", "insert", "start", "asked", "reset",
        "seed", "n", "bet", "say", "task", "do", "value", "scene", "turned", "press",
        "own")  # fmt: skip
HEADS = (  # of frames of the socket's own protocol: half ones, too long ones, none at all
    b"\x82", b"\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff", b"\x82\x7e\xff\xff", b"\xf2\x80\0\0\0\0",
    b"\x80\x80\0\0\0\0", b"\x09\x80\0\0\0\0", b"\x89\xfe\x01\x00", b"\x83\x80\0\0\0\0",
    b"\x88\x82\0\0\0\0\x00\x01", b"\x81\x82\0\0\0\0\xff\xfe", b"\x02\x85\0\0\0\0abcde",
    b"\x82\x05abcde", b"GET / HTTP/1.1\r\n\r\n",
)  # fmt: skip


def noise(rng: random.Random, _: dict) -> bytes:
    """Bytes without any order."""
    return rng.randbytes(rng.choice((0, 1, 8, 9, 64, 5000)))


def counts(rng: random.Random, _: dict) -> bytes:
    """A table of offsets that is not one."""
    sizes = (0, 1, 6, 17, 255, 2**31, 2**63, 2**64 - 1)
    numbers = [rng.choice(sizes), *(rng.choice((*sizes, 56, 61)) for _ in range(rng.randint(0, 9)))]
    return b"".join(number.to_bytes(8, "little") for number in numbers) + rng.randbytes(30)


def forbidden(rng: random.Random, _: dict) -> bytes:
    """A message of a type that no page sends."""
    return frames.frame(rng.choice(FORBIDDEN), {"code": "1/0", "value": "x"})


def misshapen(rng: random.Random, states: dict) -> bytes:
    """A message whose parts are not what they should be."""
    message = frames.SESSION.msg("comm_msg", {"comm_id": rng.choice([*states, "x"]), "data": {}})
    part = rng.choice((*frames.PARTS, "msg_type", "msg_id", "session", "comm_id", "data"))
    for held in (message, message["header"], message["content"]):
        if part in held:
            held[part] = odd(rng)
    packed = frames.pack(message)
    if rng.random() < 0.2:
        packed[rng.randint(0, 3)] = rng.choice((b"{", b"\xff", DEEP.encode(), b"NaN", b""))
    channels = ("shell",) * 6 + ("control", "iopub", "stdin", "", "\0")
    return serialize_msg_to_ws_v1(packed, rng.choice(channels))


def update(rng: random.Random, states: dict) -> bytes:
    """Values of the wrong kind for a widget that is there."""
    model = rng.choice(list(states))
    names = [*states[model]["state"], "asked", "bet", "tasks", "nothing", "_view_name", "layout"]
    state = {rng.choice(names): odd(rng) for _ in range(rng.choice((1, 1, 3)))}
    data = {"method": "update", "state": state, "buffer_paths": rng.choice(([], [], odd(rng)))}
    return frames.frame("comm_msg", {"comm_id": model, "data": data})


def custom(rng: random.Random, states: dict) -> bytes:
    """What a page of ours might tell its lab, with something else in it."""
    model = rng.choice(list(states))
    content = {rng.choice(OURS): odd(rng, 3) for _ in range(rng.choice((1, 1, 2)))}
    method = rng.choice(("custom",) * 5 + ("request_state", "request_states", "echo_update", "x"))
    data = {"method": method, "content": rng.choice((content, content, odd(rng)))}
    many = rng.choice((0, 0, 100, 100_000))
    return frames.frame("comm_msg", {"comm_id": model, "data": data}, buffers=many)


def comms(rng: random.Random, states: dict) -> bytes:
    """A widget that is made, asked for or ended from outside."""
    kind = rng.choice(("comm_open", "comm_open", "comm_close", "comm_msg", "comm_info_request"))
    target = rng.choice(("jupyter.widget", frames.CONTROL, "x", "\0"))
    known = rng.choice(["x", *states]) if rng.random() < 0.2 else "new"
    data = rng.choice(({}, {"state": odd(rng)}, {"state": {"_model_name": odd(rng)}}))
    return frames.frame(kind, {"comm_id": known, "target_name": target, "data": data})


def changed(rng: random.Random, states: dict) -> bytes:
    """Another move's frame with some bytes changed."""
    return mutate(rng, rng.choice((misshapen, update, custom, comms, forbidden))(rng, states))


def half(rng: random.Random, _: dict) -> bytes:
    """Bytes below the frames: the socket's own protocol, broken."""
    return rng.choice(HEADS) + rng.randbytes(rng.choice((0, 3, 200)))


MOVES: tuple[Callable[[random.Random, dict], bytes], ...] = (
    noise, counts, forbidden, misshapen, misshapen, update, update, update, custom, custom, comms,
    changed, changed, half,
)  # fmt: skip
