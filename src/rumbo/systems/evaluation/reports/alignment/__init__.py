"""The matrix of alignment (A1-19): from the highest level of the plan to each goal and its responsible area."""
