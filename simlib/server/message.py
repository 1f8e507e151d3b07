"""What a page may say to its kernel: frames that can be taken apart, messages of a known shape.

Jupyter trusts both. A frame out of shape can hang this process; a message out of shape fails in
the kernel, aloud.
"""

from __future__ import annotations

import json
from typing import Any, Literal

V1 = "v1.kernel.websocket.jupyter.org"
MOST_BYTES = 10_000_000  # of a frame: a bank statement is the largest thing a page sends
MOST_PARTS = 16  # of a page's message: channel, four parts of JSON, buffers; ours has six at most
MOST_NAME = 128  # characters of an id or of a type
CHANNELS = ("shell", "control")
OF_COMM = ("comm_open", "comm_msg", "comm_close")


def fits(frame: str | bytes, protocol: str | None, most_parts: int | None = None) -> bool:
    """Tell whether a frame can be taken apart: its table of offsets rises and stays inside.

    Jupyter trusts the count that a frame begins with: 2⁶⁴ parts never end, and fill the memory.

    Parameters
    ----------
    frame
        as it came from the socket
    protocol
        the socket's subprotocol: `V1`, or None for Jupyter's older one
    most_parts
        more parts than this are refused; None: as many as the frame has room for
    """
    if isinstance(frame, str):
        return protocol != V1
    width = 8 if protocol == V1 else 4
    order: Literal["little", "big"] = "little" if protocol == V1 else "big"
    count = int.from_bytes(frame[:width], order)
    parts = count - 1 if protocol == V1 else count  # V1 also says where the last part ends
    fewest = 5 if protocol == V1 else 1
    table = width * (count + 1)
    if parts < fewest or table > len(frame) or (most_parts and parts > most_parts):
        return False
    offsets = [int.from_bytes(frame[at : at + width], order) for at in range(width, table, width)]
    return offsets == sorted(offsets) and offsets[0] >= table and offsets[-1] <= len(frame)


def read(frame: str | bytes, protocol: str | None) -> dict[str, Any] | None:
    """Parse a frame that `fits` into a message without buffers; None if its JSON is not one.

    Returns
    -------
    dict
        ``channel`` and, each a dict, ``header``, ``parent_header``, ``metadata``, ``content``
    """
    try:
        message = _parts(frame) if protocol == V1 else _older(frame)
        header, content = message["header"], message["content"]
        _repeatable(header, message["parent_header"], message["metadata"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    dicts = (header, content, message["parent_header"], message["metadata"])
    if not all(isinstance(each, dict) for each in dicts) or message["channel"] not in CHANNELS:
        return None
    names = [header.get("msg_type"), header.get("msg_id"), header.get("session", "")]
    if header.get("msg_type") in OF_COMM:
        data = content.get("data", {})
        if not isinstance(data, dict):
            return None
        names.append(content.get("comm_id"))
        if header["msg_type"] == "comm_msg":
            names.append(data.get("method"))  # the kernel's side looks for it, unasked
    return message if all(_is_name(name) for name in names) else None


def _repeatable(*parts: object) -> None:
    """Raise ValueError if a kernel could not echo a part: each answer carries the header."""
    json.dumps(parts, ensure_ascii=False, allow_nan=False).encode()  # half a surrogate pair


def _parts(frame: str | bytes) -> dict[str, Any]:
    if isinstance(frame, str):
        raise TypeError("text where there are parts")
    count = int.from_bytes(frame[:8], "little")
    ends = [int.from_bytes(frame[at : at + 8], "little") for at in range(8, 8 * (count + 1), 8)]
    parts = [frame[start:end] for start, end in zip(ends[:5], ends[1:6], strict=True)]
    names = ("header", "parent_header", "metadata", "content")
    read = {name: json.loads(part) for name, part in zip(names, parts[1:], strict=True)}
    return {"channel": parts[0].decode("utf-8"), **read}


def _older(frame: str | bytes) -> dict[str, Any]:
    """Parse Jupyter's older protocol: text, or offsets with the text as the first part."""
    if isinstance(frame, bytes):
        count = int.from_bytes(frame[:4], "big")
        ends = [int.from_bytes(frame[at : at + 4], "big") for at in (4, 8)[:count]]
        frame = frame[ends[0] : ends[1] if count > 1 else None].decode("utf-8")
    message = json.loads(frame)
    channel = message.get("channel", "shell")
    return {"channel": channel, "parent_header": {}, "metadata": {}, **message}


def trouble(kind: str, content: dict[str, Any]) -> str | None:
    """Return the mistake a kernel's message reports, in a line; None if it reports none.

    A traceback, or a warning, is for whoever runs the server: a page has no use for it.
    """
    if kind == "error":
        return f"{content.get('ename')}: {content.get('evalue')}"
    if kind == "stream" and content.get("name") == "stderr":
        return "".join(str(content.get("text")).strip().splitlines()[-1:])
    return None


def _is_name(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MOST_NAME
