"""How well the early warnings foresee: discrimination, calibration and what they catch, beside the naive rule."""
