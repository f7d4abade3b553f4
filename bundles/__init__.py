"""Each function as it is deployed: its own code, the part of common/ that it uses, its requirements."""
