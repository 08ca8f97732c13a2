"""Files out of the evaluation."""
