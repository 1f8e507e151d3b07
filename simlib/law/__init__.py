"""The law as dated data: articles, parameters, regimes and modes, looked up by day."""
