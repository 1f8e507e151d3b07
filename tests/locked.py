"""ZIP archives with a password, as wallets send them: ZipCrypto, which no library here writes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

_TABLE = [0] * 256
for _n in range(256):
    _c = _n
    for _ in range(8):
        _c = (_c >> 1) ^ 0xEDB88320 if _c & 1 else _c >> 1
    _TABLE[_n] = _c


def zip_crypto(files: Mapping[str, bytes], password: bytes, encoding: str = "gbk") -> bytes:
    """An archive of these files, names in this encoding without the mark for UTF-8."""
    body, listed = b"", b""
    for name, data in files.items():
        crc, raw = zlib.crc32(data), name.encode(encoding)
        packed = zlib.compress(data)[2:-4]
        packed = _encrypted(bytes(11) + bytes([crc >> 24]) + packed, password)
        head = struct.pack("<HHHHHIIIHH", 20, 1, 8, 0, 33, crc, len(packed), len(data), len(raw), 0)
        listed += b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack(
            "<HHHII", 0, 0, 0, 0, len(body)) + raw  # fmt: skip
        body += b"PK\x03\x04" + head + raw + packed
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(listed), len(body), 0)
    return body + listed + b"PK\x05\x06" + end


def _encrypted(data: bytes, password: bytes) -> bytes:
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = (keys[0] >> 8) ^ _TABLE[(keys[0] ^ byte) & 0xFF]
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ _TABLE[(keys[2] ^ (keys[1] >> 24)) & 0xFF]

    for byte in password:
        update(byte)
    made = bytearray()
    for byte in data:
        mixed = (keys[2] | 2) & 0xFFFF
        made.append(byte ^ ((mixed * (mixed ^ 1)) >> 8) & 0xFF)
        update(byte)
    return bytes(made)
