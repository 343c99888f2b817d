"""Drawn pictures for the demo's stories: no photo of a real place or person, and no font beyond Pillow's own."""
