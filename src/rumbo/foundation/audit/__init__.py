"""Who did what and when: append-only events in one chain per institution.

It knows no other app; everyone may write to it, inside their own transaction.
It is not a diff library nor a log of errors."""
