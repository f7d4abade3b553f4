"""What waited in the queue when a kept system was stopped is read after its next start."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.contract.caller import Caller
from tests.documents import Drawn
from tests.emulated.local_run import local_run
from tests.running import eventually


def test_an_invoice_that_was_still_queued_is_read_after_the_restart(tmp_path: Path) -> None:
    options = ("--keep", str(tmp_path / "kept"))
    drawn = Drawn()
    with local_run(tmp_path / "1", *options) as run:
        cloud = run.ready().cloud
        cloud.model_fails("503", times=None, match=drawn.number)
        with cloud.client() as http:
            caller = Caller.new(http)
            invoice_id = caller.uploaded(drawn.pdf())
            eventually(lambda: caller.data(invoice_id)["processing"]["attempt"] > 1)
        run.send(signal.SIGTERM)
        assert run.exit_code() == 0
    with local_run(tmp_path / "2", *options) as run, run.ready().cloud.client() as http:
        found = Caller(http, caller.user_id).once(invoice_id, "done")
        assert found["invoice_data"]["data"]["data"]["invoice_number"] == drawn.number
