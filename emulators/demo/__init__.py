"""The demo: sample invoices through the whole system, and what was read beside what is true."""
