"""One thing done in a process of its own; the last line it prints says what that took.

python child.py import MODULE
python child.py peers.NAME FILE URL CONCURRENCY
python child.py growth document|checked FILE
python child.py growth documents FOLDER NUMBER
"""

import json
import sys
import time
from importlib import import_module

from measure import peak_memory

name, *arguments = sys.argv[1:]
begin = time.perf_counter()
if name == "import":
    import_module(*arguments)
    imported, told = time.perf_counter(), {}
else:
    main = import_module(name).main
    imported = time.perf_counter()
    told = main(*arguments)
took = {"import": imported - begin, "work": time.perf_counter() - imported, "peak": peak_memory()}
print(json.dumps(took | (told if isinstance(told, dict) else {})))
