"""A tiny Django project beside ours, to hold our figures against: see bench/serve.py.

It reads the same database and runs on the same server, so a ratio says what our pages add.
"""
