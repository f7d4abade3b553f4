"""What all functions share: the edge, the use cases, records, files and extraction."""
