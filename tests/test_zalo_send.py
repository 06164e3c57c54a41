"""What becomes of messages that are sent to Zalo."""

from __future__ import annotations

import gzip
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.channels.outcome import Gone, Later, NotSent
from bot.channels.zalo.access import Access
from bot.channels.zalo.api import Api, Unreachable
from bot.channels.zalo.bot import Refused, ZaloBot
from bot.channels.zalo.oa import OfficialAccount
from bot.settings import Settings
from bot.state import open_state
from tests import zalo_bot_server, zalo_oa_server
from tests.small_server import running


@pytest.fixture
def zalo() -> zalo_oa_server.ZaloOA:
    return zalo_oa_server.ZaloOA()


@pytest.fixture
def oa(zalo: zalo_oa_server.ZaloOA, tmp_path: Path) -> Iterator[OfficialAccount]:
    state = open_state(f"sqlite:///{tmp_path}/hoi.sqlite", "key")
    with running(zalo) as url:
        settings = Settings(
            zalo_oa_app_id=zalo.app_id,
            zalo_oa_app_secret=zalo.app_secret,
            zalo_oa_refresh_token=zalo.grant(),
            zalo_oa_url=url,
            zalo_oauth_url=url,
        )
        zalo.says("u1", "chào")
        with closing(OfficialAccount(Access(state.tokens, settings, zalo.now), settings)) as oa:
            yield oa
    state.close()


def test_the_oa_sends(oa: OfficialAccount, zalo: zalo_oa_server.ZaloOA) -> None:
    oa.send("u1", "Trước ngày 15/12 hằng năm.")
    assert zalo.sent == [("u1", "Trước ngày 15/12 hằng năm.")]


def test_an_access_token_that_was_taken_back_is_renewed_once(oa: OfficialAccount, zalo: zalo_oa_server.ZaloOA) -> None:
    oa.send("u1", "một")
    zalo.shift += 3600
    zalo.expire_access()
    with pytest.raises(Later, match="-216"):
        oa.send("u1", "hai")
    oa.send("u1", "hai")
    oa.send("u1", "ba")
    assert [text for _, text in zalo.sent] == ["một", "hai", "ba"]
    assert zalo.refreshed == 2


def test_a_new_token_that_is_refused_too_is_no_endless_circle(oa: OfficialAccount, zalo: zalo_oa_server.ZaloOA) -> None:
    zalo.errors = [-220] * 9
    for _ in range(5):
        with pytest.raises(Later):
            oa.send("u1", "x")
    assert zalo.refreshed == 1
    zalo.shift += 61
    with pytest.raises(Later):
        oa.send("u1", "x")
    assert zalo.refreshed == 2


def test_a_dead_refresh_token_makes_messages_wait(oa: OfficialAccount, zalo: zalo_oa_server.ZaloOA) -> None:
    zalo.lose_refresh = True
    for _ in range(2):
        with pytest.raises(Later, match="no access token"):
            oa.send("u1", "x")
        zalo.shift += 61


def test_the_rate_limit_makes_messages_wait(oa: OfficialAccount, zalo: zalo_oa_server.ZaloOA) -> None:
    zalo.per_minute = 1
    oa.send("u1", "một")
    with pytest.raises(Later) as told:
        oa.send("u1", "hai")
    assert told.value.seconds > 0
    assert not told.value.doubtful


@pytest.mark.parametrize("error", [-230, -232, -211, -201, -9999])
def test_what_cannot_be_sent_says_why(oa: OfficialAccount, zalo: zalo_oa_server.ZaloOA, error: int) -> None:
    zalo.errors = [error]
    with pytest.raises(NotSent, match=str(error)):
        oa.send("u1", "x")


def test_a_user_who_does_not_follow_is_gone(oa: OfficialAccount, zalo: zalo_oa_server.ZaloOA) -> None:
    zalo.strangers.add("u1")
    with pytest.raises(Gone, match="-213"):
        oa.send("u1", "x")


def test_a_user_who_spoke_too_long_ago(oa: OfficialAccount, zalo: zalo_oa_server.ZaloOA) -> None:
    zalo.shift += 49 * 3600
    with pytest.raises(NotSent, match="window"):
        oa.send("u1", "x")


def test_an_operators_trouble_is_told_and_waits(
    oa: OfficialAccount, zalo: zalo_oa_server.ZaloOA, caplog: pytest.LogCaptureFixture
) -> None:
    zalo.errors = [-209]
    with pytest.raises(Later):
        oa.send("u1", "x")
    assert "-209" in caplog.text


@pytest.fixture
def platform() -> zalo_bot_server.ZaloBot:
    return zalo_bot_server.ZaloBot()


@pytest.fixture
def bot(platform: zalo_bot_server.ZaloBot) -> Iterator[ZaloBot]:
    with (
        running(platform) as url,
        closing(ZaloBot(Settings(zalo_bot_token=platform.token, zalo_bot_url=url))) as bot,
    ):
        yield bot


@pytest.mark.parametrize("status", [200, 408])
def test_an_empty_poll_is_nothing_new(bot: ZaloBot, platform: zalo_bot_server.ZaloBot, status: int) -> None:
    platform.quiet_status = status
    assert bot.update(0) is None


def test_updates_come_one_by_one(bot: ZaloBot, platform: zalo_bot_server.ZaloBot) -> None:
    platform.put(platform.says("u1", "một"), platform.says("u1", "hai"))
    told = [bot.update(1), bot.update(1), bot.update(0)]
    assert [t and t["message"]["text"] for t in told] == ["một", "hai", None]


def test_polling_is_refused_while_a_webhook_is_set(bot: ZaloBot, platform: zalo_bot_server.ZaloBot) -> None:
    bot.set_webhook("https://hoi.example/webhooks/zalo-bot", "a secret of ours")
    with pytest.raises(Refused):
        bot.update(0)
    bot.delete_webhook()
    assert bot.update(0) is None


def test_the_bot_sends_and_shows_that_it_types(bot: ZaloBot, platform: zalo_bot_server.ZaloBot) -> None:
    bot.typing("u1")
    bot.send("u1", "Chào")
    assert (platform.actions, platform.sent) == ([("u1", "typing")], [("u1", "Chào")])
    assert bot.name() == "bot.hoikehoach"


@pytest.mark.parametrize(("code", "expected"), [(429, Later), (500, Later), (401, Later), (400, NotSent), (403, Gone)])
def test_refusals_of_the_bot(
    bot: ZaloBot, platform: zalo_bot_server.ZaloBot, code: int, expected: type[Exception]
) -> None:
    platform.errors = [(code, "no")]
    with pytest.raises(expected, match=str(code)):
        bot.send("u1", "x")


def test_a_lost_reply_is_told_from_one_that_never_began(bot: ZaloBot, platform: zalo_bot_server.ZaloBot) -> None:
    platform.lose_reply = True
    with pytest.raises(Later) as told:
        bot.send("u1", "x")
    assert told.value.doubtful
    with closing(ZaloBot(Settings(zalo_bot_token="t", zalo_bot_url="http://127.0.0.1:1"))) as nowhere:
        with pytest.raises(Later) as told:
            nowhere.send("u1", "x")
        assert not told.value.doubtful


def test_no_log_and_no_error_holds_the_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    platform = zalo_bot_server.ZaloBot()
    for base in ("http://127.0.0.1:1", "http://bad host", "http://127.0.0.1:99999"):
        with closing(ZaloBot(Settings(zalo_bot_token=platform.token, zalo_bot_url=base))) as bot:
            with pytest.raises(Unreachable) as told:
                bot.name()
            assert platform.token not in repr(told.value) + str(told.value.__cause__)
    with running(platform) as url, closing(ZaloBot(Settings(zalo_bot_token=platform.token, zalo_bot_url=url))) as bot:
        bot.send("u1", "x")
        with pytest.raises(Refused):
            bot.set_webhook("http://not.https", "short")
    assert platform.token not in caplog.text
    assert "kept-from-logs" not in caplog.text


@contextmanager
def raw(*pieces: bytes, pause: float = 0.0) -> Iterator[str]:
    """A server that says these bytes, whatever it is asked."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            try:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(65536)
                    for piece in pieces:
                        connection.sendall(piece)
                        time.sleep(pause)
            except OSError:
                pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    thread.join(5)


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
HOSTILE = {
    "too long": (HEAD + b"\r\n" + b"[" * 100_000,),
    "no JSON": (HEAD + b"content-length: 4\r\n\r\noops",),
    "no object": (HEAD + b"content-length: 4\r\n\r\nnull",),
    "too deep": (HEAD + b"content-length: 60000\r\n\r\n" + b"[" * 60_000,),
    "no HTTP": (b"\x00\x01\x02",),
    "bomb": (HEAD + b"content-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc",),
    "elsewhere": (b"HTTP/1.1 307 Go\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",),
    "gateway": (b"HTTP/1.1 502 Bad\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}",),
}


@pytest.mark.parametrize("pieces", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_broken_server_is_no_success(pieces: tuple[bytes, ...]) -> None:
    with raw(*pieces) as url, closing(Api(url)) as api, pytest.raises(Unreachable):
        api.post("/x", body={})


def test_a_server_that_drips_is_given_up() -> None:
    started = time.monotonic()
    with (
        raw(HEAD + b"content-length: 100\r\n\r\n", *[b" "] * 30, pause=0.1) as url,
        closing(Api(url, seconds=0.5)) as api,
        pytest.raises(Unreachable),
    ):
        api.post("/x", body={})
    assert time.monotonic() - started < 2.9


def test_a_reply_packed_small_is_not_unpacked() -> None:
    packed = gzip.compress(b" " * 50_000_000)
    head = HEAD + f"content-encoding: gzip\r\ncontent-length: {len(packed)}\r\n\r\n".encode()
    with raw(head + packed) as url, closing(Api(url)) as api, pytest.raises(Unreachable):
        api.post("/x", body={})
