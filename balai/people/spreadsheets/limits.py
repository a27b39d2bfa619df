"""How large a table may be. The figures leave room for a whole kabupaten (20,000 rows) several times over."""

#: Of the file as sent, in bytes.
FILE_SIZE = 100 * 1024 * 1024
#: Of all that a packed file holds, in bytes.
UNPACKED = 400 * 1024 * 1024
#: How much larger than its packed form one part may be, once it is larger than ``RATIO_FROM`` bytes.
RATIO = 250
RATIO_FROM = 8 * 1024 * 1024
#: Files inside a packed file.
PARTS = 2_000
ROWS = 100_000
COLUMNS = 256
#: Rows × columns between the outermost filled cells: what a reader keeps in memory.
CELLS = 2_000_000
#: Letters in one cell.
CELL_TEXT = 32_767
