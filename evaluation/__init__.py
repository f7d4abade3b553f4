"""Measures an extraction on documents whose true values are known."""
