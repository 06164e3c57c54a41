"""The Official Account's access token, against a platform whose refresh tokens work once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.zalo.access import Access, NoAccess
from bot.settings import Settings
from bot.state import State, Token, open_state
from tests.small_server import running
from tests.zalo_oa_server import ZaloOA

HOUR = 3600.0


@pytest.fixture
def zalo() -> ZaloOA:
    return ZaloOA()


@pytest.fixture
def settings(zalo: ZaloOA) -> Iterator[Settings]:
    with running(zalo) as url:
        yield Settings(
            zalo_oa_app_id=zalo.app_id,
            zalo_oa_app_secret=zalo.app_secret,
            zalo_oa_refresh_token=zalo.grant(),
            zalo_oauth_url=url,
        )


@pytest.fixture
def state(tmp_path: Path, zalo: ZaloOA) -> Iterator[State]:
    state = open_state(f"sqlite:///{tmp_path}/hoi.sqlite", "key", zalo.now)
    yield state
    state.close()


def access(state: State, settings: Settings, zalo: ZaloOA) -> Access:
    """What a process has that starts now."""
    return Access(state.tokens, settings, zalo.now)


def test_a_token_is_made_once_and_used_until_near_its_end(state: State, settings: Settings, zalo: ZaloOA) -> None:
    tokens = access(state, settings, zalo)
    first = tokens.token()
    zalo.shift += 16 * HOUR
    assert tokens.token() == access(state, settings, zalo).token() == first
    zalo.shift += 2 * HOUR
    second = tokens.token()
    assert second != first
    assert zalo.refreshed == 2
    zalo.shift += 20 * HOUR
    assert access(state, settings, zalo).token() != second


def test_many_at_once_renew_once(state: State, settings: Settings, zalo: ZaloOA) -> None:
    stale = access(state, settings, zalo).token()
    threads = [
        threading.Thread(target=_distrusting(access(state, settings, zalo), stale)) for _ in range(5)
    ]  # five processes, each of which was told that its token has ended
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert zalo.refreshed == 2
    assert access(state, settings, zalo).token() != stale


@pytest.mark.parametrize("ended", [False, True])
def test_many_threads_of_one_process_get_one_token(state: State, settings: Settings, zalo: ZaloOA, ended: bool) -> None:
    tokens = access(state, settings, zalo)
    if ended:
        stale = tokens.token()
        zalo.shift += HOUR
        tokens.distrust(stale)
    with ThreadPoolExecutor(8) as pool:
        told = [pool.submit(tokens.token) for _ in range(8)]
    assert len({one.result().access for one in told}) == 1
    assert zalo.refreshed == 1 + ended


def _distrusting(tokens: Access, stale: Token) -> Callable[[], object]:
    tokens.distrust(stale)
    return tokens.token


def test_a_platform_out_of_order_is_asked_again_after_a_pause(state: State, settings: Settings, zalo: ZaloOA) -> None:
    zalo.broken_refresh = 1
    tokens = access(state, settings, zalo)
    for _ in range(3):
        with pytest.raises(NoAccess) as told:
            tokens.token()
        assert not told.value.refused
    zalo.shift += 61
    assert tokens.token().access
    assert tokens.healthy()


def test_a_lost_reply_leaves_the_old_token_its_time(
    state: State, settings: Settings, zalo: ZaloOA, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = access(state, settings, zalo)
    old = tokens.token()
    zalo.shift += 18 * HOUR
    zalo.lose_refresh = True
    assert tokens.token() == old
    tokens = access(state, settings, zalo)  # the process died there and starts again
    assert tokens.token() == old
    assert not tokens.healthy()
    assert "HOI_ZALO_OA_REFRESH_TOKEN" in caplog.text
    assert "6.9" in caplog.text or "7.0" in caplog.text  # hours that are left
    zalo.shift += 8 * HOUR
    with pytest.raises(NoAccess) as told:
        tokens.token()
    assert told.value.refused


def test_a_refused_token_is_not_tried_again(state: State, settings: Settings, zalo: ZaloOA) -> None:
    zalo.lose_refresh = True
    tokens = access(state, settings, zalo)
    with pytest.raises(NoAccess):
        tokens.token()
    zalo.shift += 61
    for _ in range(3):
        with pytest.raises(NoAccess) as told:
            tokens.token()
        assert told.value.refused
        zalo.shift += 61
        zalo.broken_refresh = 1  # stays so unless someone asks
    assert zalo.broken_refresh == 1


def test_a_pasted_token_begins_a_new_chain(state: State, settings: Settings, zalo: ZaloOA) -> None:
    access(state, settings, zalo).token()
    zalo.shift += 100 * 24 * HOUR  # the chain has died of age
    with pytest.raises(NoAccess):
        access(state, settings, zalo).token()
    pasted = replace(settings, zalo_oa_refresh_token=zalo.grant())
    new = access(state, pasted, zalo).token()
    assert access(state, pasted, zalo).token() == new
    # Later ones are kept: the first one need not stay in the settings.
    assert access(state, replace(settings, zalo_oa_refresh_token=""), zalo).token() == new


def test_without_a_first_token_the_operator_is_told(state: State, settings: Settings, zalo: ZaloOA) -> None:
    tokens = access(state, replace(settings, zalo_oa_refresh_token=""), zalo)
    with pytest.raises(NoAccess, match="HOI_ZALO_OA_REFRESH_TOKEN"):
        tokens.token()
    assert not tokens.healthy()


def test_another_app_has_chains_of_its_own(state: State, settings: Settings, zalo: ZaloOA) -> None:
    access(state, settings, zalo).token()
    with pytest.raises(NoAccess):
        access(state, replace(settings, zalo_oa_app_id="another", zalo_oa_refresh_token=""), zalo).token()


def test_no_log_holds_a_token(state: State, settings: Settings, zalo: ZaloOA, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    tokens = access(state, settings, zalo)
    pair = tokens.token()
    zalo.lose_refresh = True
    tokens.distrust(pair)
    for _ in range(2):
        zalo.shift += 61
        with pytest.raises(NoAccess):
            tokens.token()
    said = caplog.text
    for secret in (pair.access, pair.refresh, settings.zalo_oa_refresh_token, zalo.app_secret):
        assert secret not in said
