"""Plain types and rules of invoices, without I/O."""
