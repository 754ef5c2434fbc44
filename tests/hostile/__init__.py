"""Hostile inputs: a corpus made from a seed, what must hold of each, and the runs that check it."""
