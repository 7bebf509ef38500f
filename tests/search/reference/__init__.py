"""Search again, slow and obvious: what the engine must answer, computed by loops over rows.

No index, no bitmaps, no arrays, nothing kept from one question to the next. Of `directory.search`
it shares only how words are cut (`words`) and the values a question is asked in (`query`). Each
rule stands beside the sentence of the design that it comes from; where engine and reference differ,
that sentence decides which of the two is wrong.

Left out: how opening hours are read, and what only a directory of many listings shows (abbreviations
learnt from fifteen names, order by classes beyond 2,000 hits).
"""
