"""Page models: frozen, hashable, made from a desk by pure functions. A template sees one of them and nothing else."""
