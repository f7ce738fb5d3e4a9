"""What must hold beyond the shape of a document: within questions, between documents, and over a whole course."""
