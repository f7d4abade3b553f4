"""The machine that a run was measured on, in words."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def facts() -> dict[str, str]:
    """Processor, memory, system and Python; "unknown" where the system does not say."""
    return {
        "Processor": f"{_after('/proc/cpuinfo', 'model name') or platform.processor() or 'unknown'}",
        "Cores": str(os.cpu_count() or "unknown"),
        "Memory": _memory(),
        "System": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "Load before": f"{os.getloadavg()[0]:.1f}",
    }


def _memory() -> str:
    text = _after("/proc/meminfo", "MemTotal")
    return f"{int(text.split()[0]) / 1024**2:.0f} GiB" if text else "unknown"


def _after(file: str, label: str) -> str | None:
    """The value of the first line of `file` that begins with `label`."""
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except OSError:
        return None
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(label)), None)
