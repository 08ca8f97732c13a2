"""«Puesta en marcha»: what an institution decides about itself, step by step."""
