"""Runs a command that dies when the process that started it does; Linux only.

    python -I -S tether.py PARENT_PID PROGRAM ARGUMENT…

The kernel sends the signal, so that nothing has to be alive to do it (prctl(2), PR_SET_PDEATHSIG).
It is lost at a fork: what a part forks is the watchdog's to end.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    parent, program, *arguments = sys.argv[1:]
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != int(parent):
        sys.exit("the starting process has ended already")
    os.execv(program, [program, *arguments])


if __name__ == "__main__":
    main()
