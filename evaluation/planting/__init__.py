"""Plants errors in true extractions, and counts those that a reason for review names."""
