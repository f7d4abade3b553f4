"""A PDF in, a checked result out: reading, exact sources, the model's answer, evidence and review."""
