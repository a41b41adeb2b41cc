"""The jobs' code: a folder for each job, which depends on itself and on `common` alone, so that an edit runs
only the jobs again that it can change. import-linter keeps it so (pyproject.toml).

A module knows Spark, a lake URI and a MongoDB credential file, never the target it runs on.
"""
