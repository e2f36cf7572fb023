"""Knowledge as text: `fixtures/curated/*.yaml` in, `fixtures/knowledge_base.json` out.

`reading` turns a file into entries that know their line, `schema` says which keys an entry may have,
`compiling` turns entries into records and finds each quote in its paragraph.
"""
