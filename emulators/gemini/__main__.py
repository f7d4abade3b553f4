"""`python -m emulators.gemini --port N [--host H]`: serves until it is interrupted."""

from __future__ import annotations

import argparse
import signal
import sys
import threading

from emulators.gemini.server import SIGN, Server


def main() -> int:
    parser = argparse.ArgumentParser(prog="emulators.gemini", description=SIGN)
    parser.add_argument("--port", type=int, required=True, help="0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1")
    options = parser.parse_args()
    server = Server(options.host, options.port)

    def stop(signum: int, frame: object) -> None:
        # shutdown() waits for the serving loop, which this handler interrupts.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server.readers.start()
    print(f"{SIGN}: http://{options.host}:{server.server_port}", flush=True)
    try:
        server.serve_forever(poll_interval=0.1)
    finally:
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
