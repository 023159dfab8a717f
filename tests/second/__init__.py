"""A second, deliberately simple evaluator, and random programs and facts on which it must agree with the engine.

`maker` writes program texts and facts, `judge` works them out from the printed format alone, `compare` holds the two
results against each other, `coverage` counts which keys and values of the format occurred.
"""
