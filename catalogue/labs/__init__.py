"""Labs: figures that an author gives and a learner changes, worked out step by step by the shared measures."""
