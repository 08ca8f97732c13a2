"""The calculation sheet (memoria de cálculo): one figure of one goal, step by step, on paper."""
