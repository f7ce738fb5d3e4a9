"""The scenario engine: pure rules over arrays, in which one play and a thousand replications are the same code."""
