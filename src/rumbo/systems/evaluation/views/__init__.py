"""Pages: load, authorise, one call into the app, answer."""
