"""The skeleton of a case's model in PySD, held against `plumb weigh xmile`: the same file, the same numbers.

    pip install pysd && python crates/plumb-weigh/benches/peers/skeleton.py PLUMB CASE [SCENARIO]

PLUMB is the program. Prints how many numbers were compared and the largest relative difference; fails above a billionth.
"""

import csv
import pathlib
import subprocess
import sys
import tempfile
import warnings

# beside this file lies one with the name of the package, which must not be taken for it
sys.path.pop(0)
try:
    import pysd
except ImportError:
    sys.exit("skipped: PySD is not installed")

if len(sys.argv) < 3:
    sys.exit(__doc__)
plumb, case, *scenario = sys.argv[1:]

with tempfile.TemporaryDirectory() as folder:
    file = str(pathlib.Path(folder) / "model.xmile")
    under = ["--scenario", scenario[0]] if scenario else []
    subprocess.run([plumb, "weigh", case, "--xmile", file, *under], check=True, stdout=subprocess.DEVNULL)
    told = subprocess.run([plumb, "weigh", "xmile", file, "--format", "csv"], check=True, capture_output=True)
    rows = list(csv.DictReader(told.stdout.decode("utf-8-sig").splitlines()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = pysd.read_xmile(file).run()

worst, compared = 0.0, 0
for row in rows:
    time = float(row.pop("time"))
    for name, text in row.items():
        ours, theirs = float(text), float(found[name].loc[time])
        worst = max(worst, abs(ours - theirs) / max(1e-9, abs(ours), abs(theirs)))
        compared += 1
print(f"PySD {pysd.__version__}: {compared} numbers, largest relative difference {worst:.1e}")
sys.exit(worst > 1e-9)
