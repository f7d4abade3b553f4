"""What the callers do: the mix of a working day, by weight."""

from __future__ import annotations

import base64
import os
import secrets
from typing import Any

from locust import FastHttpUser, between, task

from chaos.paper import plain_invoice

API_KEY = os.environ["LOAD_API_KEY"]


class Caller(FastHttpUser):
    """Somebody with invoices of their own. Names are routes, so that each has one line in the report."""

    wait_time = between(0.5, 1.5)
    connection_timeout = 30.0
    network_timeout = 120.0

    def on_start(self) -> None:
        """One invoice to work with."""
        self.user_id = f"load-{secrets.token_hex(6)}"
        self.invoices: list[int] = []
        self.upload()

    @task(10)
    def list_invoices(self) -> None:
        self.client.get(f"/invoices/?user_id={self.user_id}&limit=50", name="GET /invoices/")

    @task(10)
    def data(self) -> None:
        self._of_one("data")

    @task(4)
    def file(self) -> None:
        self._of_one("file")

    @task(4)
    def upload(self) -> None:
        pdf = plain_invoice(f"INV-{secrets.token_hex(5).upper()}")
        with self.client.post(
            "/upload/",
            data={"user_id": self.user_id},
            files={"file": ("invoice.pdf", pdf, "application/pdf")},
            name="POST /upload/",
            catch_response=True,
        ) as answer:
            if answer.status_code == 201:
                answer.success()
                self.invoices.append(int(answer.json()["invoice_id"]))
            else:
                answer.failure(f"status {answer.status_code}")

    @task(2)
    def webhook(self) -> None:
        self.client.post(
            "/webhook/", json={"event": "load", "id": secrets.token_hex(8)}, name="POST /webhook/"
        )

    @task(1)
    def process_pdf(self) -> None:
        content = base64.b64encode(plain_invoice(f"INV-{secrets.token_hex(5).upper()}")).decode()
        order: dict[str, Any] = {"api_key": API_KEY, "model": "gemini-2.5-flash", "pdf_base64": content}
        self.client.post("/process-pdf/gemini/", json=order, name="POST /process-pdf/gemini/")

    @task(1)
    def process_now(self) -> None:
        """Read while the caller waits; mostly the queue was faster."""
        if self.invoices:
            wish = {"invoice_id": self.invoices[-1], "user_id": self.user_id}
            self.client.post("/process-invoices/", json=wish, name="POST /process-invoices/")

    @task(1)
    def refetch(self) -> None:
        """One more reading by the queue."""
        if self.invoices:
            number = secrets.choice(self.invoices)
            self.client.post(f"/invoice/{number}/refetch/", name="POST /invoice/{id}/refetch/")

    @task(1)
    def extract_data(self) -> None:
        pdf = plain_invoice(f"INV-{secrets.token_hex(5).upper()}")
        files = {"file": ("invoice.pdf", pdf, "application/pdf")}
        self.client.post("/invoice/extract-data/", files=files, name="POST /invoice/extract-data/")

    @task(1)
    def large_upload(self) -> None:
        """An announcement, and the file straight to the bucket."""
        pdf = plain_invoice(f"INV-{secrets.token_hex(5).upper()}")
        wish = {"user_id": self.user_id, "file_name": "large.pdf", "size": len(pdf)}
        answer = self.client.post("/upload/url/", json=wish, name="POST /upload/url/")
        if answer.status_code == 201:
            target = answer.json()
            url, headers = target["upload_url"], target["headers"]
            # Bytes are sent as they are; locust's types know only texts.
            self.client.put(url, data=pdf, headers=headers, name="PUT to the bucket")  # type: ignore[arg-type]

    @task(1)
    def check_page(self) -> None:
        if self.invoices:
            number = self.invoices[-1]
            self.client.get(f"/check/?invoice_id={number}", name="GET /check/")

    @task(1)
    def wrong_login(self) -> None:
        """A password is hashed whether the name exists or not: the dearest of the small calls."""
        account = {"user_name": self.user_id, "user_password": "wrong"}
        with self.client.post("/login/", json=account, name="POST /login/", catch_response=True) as answer:
            if answer.status_code == 401:
                answer.success()
            else:
                answer.failure(f"status {answer.status_code}")

    def _of_one(self, part: str) -> None:
        if self.invoices:
            number = secrets.choice(self.invoices)
            self.client.get(f"/invoice/{number}/{part}/", name=f"GET /invoice/{{id}}/{part}/")
