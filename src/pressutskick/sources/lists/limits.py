"""How large a list may be; a larger one is refused, with what to do.

Only cells that lie too far to the right in a workbook are left out, which is told.
"""

#: Bytes of a list file; a hundred thousand rows are about a fifth of it.
MAX_LIST_BYTES = 48 * 1024 * 1024
#: Characters of one line of text and of one cell; columns and rows of a sheet.
MAX_LINE = 1_000_000
MAX_CELL = 100_000
MAX_COLUMNS = 400
MAX_ROWS = 250_000
