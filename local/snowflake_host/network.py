"""Network policies: from which addresses a user may come."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from snowflake_host.account import Account


def is_allowed(account: Account, user: str, address: str) -> bool:
    """A user without a policy may come from anywhere."""
    name = account.contents.users[user].get("NETWORK_POLICY")
    policy = account.find("NETWORK POLICY", name) if name else None
    if policy is None:
        return True
    return any(ip_address(address) in ip_network(allowed) for allowed in policy["ALLOWED_IP_LIST"])
