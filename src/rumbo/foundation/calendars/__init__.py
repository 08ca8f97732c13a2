"""Non-working days of each institution and the dates that follow from them.

It only computes dates; what is owed is said by the app that owns the work.
The arithmetic of days is in core.timekeeping."""
