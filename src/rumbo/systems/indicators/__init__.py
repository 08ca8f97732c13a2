"""Goals, indicator sheets, variables, baselines, targets and their changes.

A goal has exactly one principal indicator, which gives its percentage, light and class.
What was achieved lives in captures; what it means, in evaluation."""
