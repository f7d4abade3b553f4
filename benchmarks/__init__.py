"""What the system costs beside the bare clients that it is made of, each pair measured in one run."""
