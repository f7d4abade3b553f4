"""More callers than one machine can answer, one step after another, through the local gateway."""
