from __future__ import annotations

import pytest
from fake_clock import Clock

from bot.channels.limits import Gate, Limiter, TooMany, address, is_local


def test_a_burst_then_one_at_a_time() -> None:
    clock = Clock()
    limiter = Limiter(per_minute=60, burst=3, clock=clock)
    assert [limiter.take("a") for _ in range(3)] == [0.0, 0.0, 0.0]
    assert limiter.take("a") == pytest.approx(1.0)
    clock.now += 0.5
    assert limiter.take("a") == pytest.approx(0.5)
    clock.now += 0.5
    assert limiter.take("a") == 0.0
    assert limiter.take("a") > 0


def test_a_refused_question_costs_nothing() -> None:
    clock = Clock()
    limiter = Limiter(per_minute=60, burst=1, clock=clock)
    limiter.take("a")
    for _ in range(50):
        limiter.take("a")
    clock.now += 1.0
    assert limiter.take("a") == 0.0


def test_a_long_rest_fills_the_bucket_and_no_more() -> None:
    clock = Clock()
    limiter = Limiter(per_minute=60, burst=2, clock=clock)
    limiter.take("a")
    clock.now += 86_400
    assert [limiter.take("a") > 0 for _ in range(3)] == [False, False, True]


def test_askers_do_not_share() -> None:
    limiter = Limiter(per_minute=1, burst=1, clock=Clock())
    assert limiter.take("a") == limiter.take("b") == 0.0
    assert limiter.take("a") > 0


def test_two_questions_in_one_take_two_tokens() -> None:
    limiter = Limiter(per_minute=60, burst=3, clock=Clock())
    assert limiter.take("a", 2) == 0.0
    assert limiter.take("a", 2) == pytest.approx(1.0)
    assert limiter.take("a") == 0.0


def test_memory_is_bounded_and_forgets_who_asked_longest_ago() -> None:
    limiter = Limiter(per_minute=1, burst=1, clock=Clock(), askers=100)
    for n in range(1000):
        limiter.take(f"asker {n}")
    assert len(limiter._full) == 100
    assert limiter.take("asker 999") > 0
    assert limiter.take("asker 0") == 0.0


ADDRESSES = {
    "no proxy: the header is the asker's invention": ("203.0.113.7", "10.0.0.1", 0, "203.0.113.7"),
    "one proxy: the last one": ("10.0.0.1", "1.1.1.1, 203.0.113.7", 1, "203.0.113.7"),
    "two proxies: the last but one": ("10.0.0.1", "9.9.9.9, 203.0.113.7, 10.0.0.2", 2, "203.0.113.7"),
    "fewer than said: the peer": ("10.0.0.1", "203.0.113.7", 2, "10.0.0.1"),
    "no header: the peer": ("10.0.0.1", "", 1, "10.0.0.1"),
    "no address: the peer": ("10.0.0.1", "<script>", 1, "10.0.0.1"),
    "with a port": ("10.0.0.1", "203.0.113.7:5050", 1, "203.0.113.7"),
    "IPv6 by its /64": ("2001:db8:1:2:aaaa::1", "", 0, "2001:db8:1:2::/64"),
    "IPv6 with a port": ("::1", "[2001:db8:1:2::9]:443", 1, "2001:db8:1:2::/64"),
    "IPv4 inside IPv6": ("::ffff:203.0.113.7", "", 0, "203.0.113.7"),
    "zone": ("fe80::1%eth0", "", 0, "fe80::/64"),
    "not an address at all": ("testclient", "", 0, "testclient"),
}


@pytest.mark.parametrize(("peer", "forwarded", "proxies", "expected"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_the_address_that_asks(peer: str, forwarded: str, proxies: int, expected: str) -> None:
    assert address(peer, forwarded, proxies) == expected


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_known(peer: str) -> None:
    assert is_local(address(peer, "", 0))
    assert not is_local(address("192.168.1.2", "", 0))


def test_a_question_for_more_than_the_bucket_waits_for_a_full_one() -> None:
    clock = Clock()
    limiter = Limiter(per_minute=60, burst=1, clock=clock)
    assert limiter.take("a", 2) == 0.0
    assert limiter.take("a", 2) == pytest.approx(1.0)


def test_the_gate_says_for_how_long_to_wait() -> None:
    clock = Clock()
    gate = Gate(per_minute=2, proxies=1, clock=clock)
    for _ in range(2):
        gate.admit("10.0.0.1", "203.0.113.7")
    with pytest.raises(TooMany) as refused:
        gate.admit("10.0.0.1", "203.0.113.7")
    assert refused.value.seconds == 30
    gate.admit("10.0.0.1", "203.0.113.8")
    clock.now += 30
    gate.admit("10.0.0.1", "203.0.113.7")


def test_the_gate_does_not_count_this_machine() -> None:
    gate = Gate(per_minute=1, proxies=0, clock=Clock())
    for _ in range(100):
        gate.admit("127.0.0.1", "")


def test_an_open_gate_counts_nobody() -> None:
    gate = Gate(per_minute=0, proxies=0, clock=Clock())
    for _ in range(100):
        gate.admit("203.0.113.7", "")
