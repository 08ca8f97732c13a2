"""Files by digest: stored once, never changed, opened by whoever owns the reference.

It has no public address: the app that owns a file serves it after its own check.
It knows nothing of what a file proves."""
