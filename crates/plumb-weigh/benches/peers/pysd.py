"""One run of the model of five hosts with PySD, beside `cargo bench -p plumb-weigh --bench simulate`.

    pip install pysd && python crates/plumb-weigh/benches/peers/pysd.py [MODEL.xmile]

Prints how long PySD takes for one run and, when cargo is there, how many times as long that is as the bench's line.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

# this file has the name of the package that it runs, and must not be taken for it
sys.path.pop(0)
try:
    import pysd
except ImportError:
    sys.exit("skipped: PySD is not installed")

ROOT = pathlib.Path(__file__).resolve().parents[4]
DEFAULT = ROOT.parent / "shared/data/estimation/stockflow/labour_five_hosts.xmile"
source = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else DEFAULT)
if not source.exists():
    sys.exit(f"skipped: there is no model at {source}")

with tempfile.TemporaryDirectory() as folder:
    # PySD writes the translated model beside the file that it reads
    copy = pathlib.Path(folder) / "model.xmile"
    shutil.copy(source, copy)
    model = pysd.read_xmile(str(copy))
    best = float("inf")
    for _ in range(7):
        start = time.process_time()
        answer = model.run()
        best = min(best, time.process_time() - start)
total = answer["Cumulative Remittance"].iloc[-1]
print(f"PySD {pysd.__version__}, one run: {best * 1000:8.2f} ms of the processor   ({total:.6e})")

if shutil.which("cargo"):
    command = ["cargo", "bench", "-q", "-p", "plumb-weigh", "--bench", "simulate", "--", str(source.resolve())]
    bench = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    ours = {job.strip(): float(taken) for job, taken in re.findall(r"^(.*?)\s+([\d.]+) ms ", bench, re.M)}
    one = next(taken for job, taken in ours.items() if job.startswith("one run"))
    many = next(taken for job, taken in ours.items() if "at the end" in job)
    print(f"Plumbline, one run: {one:.3f} ms; PySD takes {best * 1000 / one:.0f} times as long")
    print(f"Plumbline, 10,000 draws: {many:.1f} ms; PySD would take {best * 1e7 / many:.0f} times as long")
