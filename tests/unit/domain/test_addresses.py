"""Which addresses a request to somebody's own URL may be sent to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.addresses import is_outside, networks

INSIDE = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1"),
    *("127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.7"),
    *("192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1"),
    *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "199.36.153.4", "199.36.153.11"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:10.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "100::1", "2001::1", "2001:db8::1"),
    *("2002:7f00:1::1", "2002:a00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1"),
    *("fd00:ec2::254", "fd20:ce::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1"),
    *("2a00:1450:4001:80e:0:5efe:7f00:1", "2a00:1450:4001:80e:200:5efe:7f00:1"),
    *("", "localhost", "127.1", "0x7f000001", "2130706433", "1.2.3"),
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_none_outside(address: str) -> None:
    assert not is_outside(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
        ),
        *("128.0.0.1", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "223.255.255.255"),
        *("2001:4860:4860::8888", "2606:4700:4700::1111", "2a00:1450:4001:80e::200e", "2003::1"),
    ],
)
def test_a_public_address_is_outside(address: str) -> None:
    assert is_outside(address)


@given(st.ip_addresses(v=4))
def test_what_python_knows_as_no_public_address_is_none_outside(address: IPv4Address) -> None:
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert not is_outside(str(address))


@given(st.ip_addresses(v=6))
def test_the_same_in_ipv6(address: IPv6Address) -> None:
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert not is_outside(str(address))


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:{}", "::{}", "64:ff9b::{}", "::ffff:0:{}"]))
def test_no_ipv4_address_is_reached_in_the_dress_of_ipv6(address: IPv4Address, dress: str) -> None:
    assert not is_outside(dress.format(address))


def test_a_network_that_an_operator_names_is_allowed_and_no_other() -> None:
    allowed = networks("127.0.0.77/32, fd00:1::/32")
    assert is_outside("127.0.0.77", allowed)
    assert is_outside("fd00:1::5", allowed)
    assert not is_outside("127.0.0.78", allowed)
    assert not is_outside("::ffff:127.0.0.77", allowed)
    assert networks("") == ()
    with pytest.raises(ValueError, match="host bits"):
        networks("10.0.0.1/8")
