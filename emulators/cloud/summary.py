"""What a person is told when everything runs."""

from __future__ import annotations

import shlex

from emulators.cloud.running import LocalCloud

_SHOWN = ("gateway", "gemini", "firestore", "pubsub", "storage")


def summary(cloud: LocalCloud) -> str:
    """Addresses, the development key, and a line for the shell that works as it stands."""
    parts = ", ".join(f"{name} {cloud.urls[name]}" for name in _SHOWN if name in cloud.urls)
    return "\n".join(
        (
            "",
            f"The local cloud is ready, after {cloud.seconds:.1f} s.",
            f"  Gateway   {cloud.gateway_url}",
            f"  api_key   {cloud.api_key}",
            f"  Review    {cloud.gateway_url}/review/",
            f"  Webhooks  {cloud.gateway_url}/webhook/",
            f"  Parts     {parts}",
            f"  Facts     {cloud.state}",
            f"  Logs      {cloud.folder / 'logs'}",
            "Try it:",
            f"  {example(cloud)}",
            "Ctrl-C stops it.",
        )
    )


def example(cloud: LocalCloud) -> str:
    """A command that works at once: an upload in open mode; in token mode what needs no token."""
    if cloud.environment["AUTH_MODE"] != "open":
        return shlex.join(["curl", "-d", '{"hello": "world"}', f"{cloud.gateway_url}/webhook/"])
    pdf = sample(cloud)
    return shlex.join(["curl", "-F", "user_id=123", "-F", f"file=@{pdf}", f"{cloud.gateway_url}/upload/"])


def sample(cloud: LocalCloud) -> str:
    """An invoice that the project draws itself, put into the run's folder."""
    from emulators.samples import us_invoice

    drawn = us_invoice.draw()
    path = cloud.folder / drawn.name
    path.write_bytes(drawn.pdf)
    return str(path)
