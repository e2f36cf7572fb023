"""Search: one question, the same answer on SQLite and PostgreSQL. `docs/search.md` says how it is made.

`ask` in `engine.py` is what pages and the API call; it takes what a reader typed and gives an Answer.
"""
