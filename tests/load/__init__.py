"""A class without browsers: students who open lessons and do what students do, for minutes.

`python -m load --students 60 --minutes 10` (from `tests/`; `make load`, and part of `make night`)
starts a server of its own, measures what its students wait for and what it takes, prints one table,
writes the same to `artefacts/load.json`, and exits 1 if anything failed or an answer was lost.
`test_load.py` shows that it measures: a slow server is seen slow, a dropped answer is seen lost.
"""
