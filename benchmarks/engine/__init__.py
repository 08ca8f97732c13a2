"""The evaluation of a nation: our engine beside its floor and beside other ways to write the same rules."""
