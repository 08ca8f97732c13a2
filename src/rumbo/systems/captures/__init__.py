"""Monthly values, their evidence, their review, corrections and month locks.

It announces each change; evaluation answers with the light in the same transaction.
It computes no percentage."""
