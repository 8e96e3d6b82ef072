"""How large a list may be. Beyond these a file is refused before it is read, with what to do."""

#: Bytes of a list file; a hundred thousand rows are about a fifth of it.
MAX_LIST_BYTES = 48 * 1024 * 1024
#: Characters of one line of text and of one cell; columns and rows of a sheet.
MAX_LINE = 1_000_000
MAX_CELL = 100_000
MAX_COLUMNS = 400
MAX_ROWS = 250_000
