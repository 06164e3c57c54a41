"""The key that hashes chat ids: who reads the database alone cannot tell whose chat a row belongs to."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path


def chat_key(secret: bytes, channel: str, chat: str) -> str:
    """64 hexadecimal digits."""
    return hmac.new(secret, f"{channel}\n{chat}".encode(), hashlib.sha256).hexdigest()


def kept_secret(path: Path) -> bytes:
    """The secret in this file; made on first use, for this user alone to read. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, secrets.token_hex(32).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    try:
        os.link(made, path)  # fails where another process was first: its secret is the one
    except FileExistsError:
        pass
    finally:
        made.unlink()
    return path.read_bytes().strip()
