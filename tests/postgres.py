"""A PostgreSQL of our own in a folder, from Debian's packages; over a socket, so that no port is taken."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).parent if elsewhere else None


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database."""
    bin_folder = programs()
    assert bin_folder is not None
    # A socket's path holds 107 bytes at most: pytest's own folders may be longer.
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        folder, user = Path(name), {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            account = pwd.getpwnam("postgres")
            os.chown(folder, account.pw_uid, account.pw_gid)
            user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

        def run(*command: str) -> None:
            subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, timeout=120, **user)

        data = str(folder / "data")
        run(str(bin_folder / "initdb"), "-D", data, "-U", "hoi", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        control = [str(bin_folder / "pg_ctl"), "-D", data, "-l", str(folder / "log"), "-w"]
        run(*control, "-o", options, "start")
        try:
            yield f"postgresql://hoi@/postgres?host={folder}"
        finally:
            run(*control, "-m", "immediate", "stop")
