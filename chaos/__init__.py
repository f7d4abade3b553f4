"""Faults on purpose: the local cloud under uploads while its parts are killed and frozen."""
