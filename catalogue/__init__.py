"""What is taught: read, checked, rendered and published."""
