"""Pages of capture and review: load, ask for the permission, one call into the app, answer."""
