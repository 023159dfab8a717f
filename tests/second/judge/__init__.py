"""The second evaluator: one file per subject, written from the printed reference and not from the engine.

It shares nothing with the engine but the types of facts and rules. It is slow and plain on purpose: numbers are exact
fractions, every question is answered anew, and there is one mode.
"""
