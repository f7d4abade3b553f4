"""The offline reader: what stands on the pages of an invoice, by rules and without a model."""
