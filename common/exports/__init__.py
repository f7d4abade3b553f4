"""Checked records in the forms that other programs take in."""
