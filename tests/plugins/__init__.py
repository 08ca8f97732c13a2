"""Pytest plugins that must be loaded before Django reads its settings (see `addopts` in pyproject.toml)."""
