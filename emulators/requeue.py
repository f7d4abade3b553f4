"""After a restart with kept data: what the queue held is sent again, since its emulator keeps nothing.

Safe to repeat: an invoice that was read meanwhile costs nothing.
"""

from __future__ import annotations

import sys

from common import clients, queue
from common.arrivals import FINALIZED
from common.config import settings
from common.records import invoices, object_names

FOLDER = "docs/"


def main() -> int:
    """Sends a message for each invoice that awaits its reading and each object that nobody has claimed."""
    waiting = list(invoices.unfinished())
    for invoice in waiting:
        queue.send_again(invoice.id)
    unclaimed = 0
    for blob in clients.storage().list_blobs(settings().bucket, prefix=FOLDER, timeout=60):
        if object_names.find(blob.name) is None:
            attributes = {
                "eventType": FINALIZED,
                "objectId": blob.name,
                "objectGeneration": str(blob.generation),
            }
            queue.announce(attributes)
            unclaimed += 1
    print(f"{len(waiting)} invoices and {unclaimed} files sent to the queue again")
    return 0


if __name__ == "__main__":
    sys.exit(main())
