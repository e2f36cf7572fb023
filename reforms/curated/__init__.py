"""Knowledge as text: `fixtures/curated/*.yaml` in and out, `fixtures/knowledge_base.json` between.

In: `reading` turns a file into entries that know their line, `schema` says which keys an entry may have, `compiling`
turns entries into records and finds each quote in its paragraph, `serialising` writes the fixture.
Out: `gathering` finds all entries, `writing` makes one of a record, `dumping` puts them into files in their one form,
`folders` compares that with what is there.
"""
