"""Whether a webhook of the Official Account comes from Zalo. Pure.

    X-ZEvent-Signature: mac=SHA256(app id + body as received + timestamp in the body + OA secret key)

A plain SHA-256, no HMAC. Some programs in use begin with the OA's id in place of the app's; that form is taken only
where an operator names the id.
"""

from __future__ import annotations

import hashlib
import hmac


def matched(starts: tuple[str, ...], body: bytes, timestamp: str, secret: str, header: str) -> str | None:
    """Which of `starts` (the app's id, the OA's id) the signature begins with; None where it is not Zalo's.

    A blank start or secret matches nothing.
    """
    told = header.strip().removeprefix("mac=").strip().lower().encode("latin-1", "replace")
    found = None
    for start in starts:
        right = hashlib.sha256(start.encode() + body + timestamp.encode() + secret.encode()).hexdigest().encode()
        # Every start is tried to its end, so that the time taken tells nothing.
        if hmac.compare_digest(told, right) and start and secret and found is None:
            found = start
    return found
