"""How good a course's questions are, as far as a machine can tell: what a guesser would score, and what is missing."""
