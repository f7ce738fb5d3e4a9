"""What happened, as records, and what follows from them."""
