"""What runs the house: assets, serving, the demo."""
