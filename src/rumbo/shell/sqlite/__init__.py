"""The SQLite that the product uses: `base.py` is where Django looks for it."""
