"""Checks of infra/terraform against the code that it deploys; `python -m infra.checks` runs them all."""
