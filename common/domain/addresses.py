"""Addresses outside: the ones that a request to a URL of somebody's own may be sent to."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network

_INSIDE = tuple(
    IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        # The platform's own services inside a network (Google Cloud, "Configure Private Google Access").
        *("199.36.153.4/30", "199.36.153.8/30"),
    )
)
"""IANA, IPv4 Special-Purpose Address Registry, and multicast: this network, private, shared by carriers,
loopback, link-local (the metadata server is there), reserved for documentation, tests and protocols."""

_GLOBAL = IPv6Network("2000::/3")
"""IANA, IPv6 Global Unicast Address Assignments. Outside of it lie loopback, local and multicast addresses
and those in which an IPv4 address is written (::ffff:0:0/96, 64:ff9b::/96, 64:ff9b:1::/48)."""

_NOT_GLOBAL = tuple(
    IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
"""Protocols (Teredo among them), documentation, and 6to4, which carries an IPv4 address."""


def is_outside(address: str, allowed: Iterable[Network] = ()) -> bool:
    """Whether `address` is public, or in one of the networks that an operator has `allowed`."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if any(parsed.version == network.version and parsed in network for network in allowed):
        return True
    if isinstance(parsed, IPv4Address):
        return not any(parsed in network for network in _INSIDE)
    return _is_global(parsed)


def networks(text: str) -> tuple[Network, ...]:
    """Networks in CIDR notation, separated by commas; raises ValueError for anything else."""
    return tuple(ip_network(each.strip()) for each in text.split(",") if each.strip())


def _is_global(address: IPv6Address) -> bool:
    # Any prefix may hold an ISATAP address (RFC 5214), whose last 32 bits are an IPv4 address.
    isatap = address.packed[8:12] in (b"\x00\x00\x5e\xfe", b"\x02\x00\x5e\xfe")
    return address in _GLOBAL and not isatap and not any(address in network for network in _NOT_GLOBAL)
