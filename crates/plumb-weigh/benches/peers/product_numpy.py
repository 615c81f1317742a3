"""The product of three intervals with numpy: the job of `cargo bench -p plumb-weigh --bench product`.

    pip install numpy && python crates/plumb-weigh/benches/peers/product_numpy.py
"""

import time

import numpy as np

Z = 1.6448536269514722
FACTORS = [(50_000, 150_000), (3_000, 9_000), (0.6, 0.9)]


def product(n):
    generator = np.random.default_rng(1)
    total = np.ones(n)
    for low, high in FACTORS:
        mu = (np.log(low) + np.log(high)) / 2
        sigma = (np.log(high) - np.log(low)) / 2 / Z
        total *= generator.lognormal(mu, sigma, n)
    return np.quantile(total, [0.05, 0.5, 0.95])


for n in (10_000, 1_000_000):
    best = float("inf")
    for _ in range(7):
        start = time.process_time()
        answer = product(n)
        best = min(best, time.process_time() - start)
    print(f"numpy, {n} draws: {best * 1000:.2f} ms of the processor   ({answer[1]:.6e})")
