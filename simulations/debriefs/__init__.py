"""What a run teaches: choices apart from luck, and how one thing led to another."""
