"""The same questions to rustworkx and networkx, where they are installed: load a million edges, one shortest path by weight.

Neither keeps the order of time nor ranks by evidence, and their search for several simple paths does not end in useful time on
such a graph, so only the one shortest path is asked for."""

import sys
import time
from random import Random

pairs = [line.split() for line in open(sys.argv[1])]
weights = Random(2)
edges = [(a, b, weights.choice([0.05, 0.1, 0.36, 0.69, 0.92])) for a, b in pairs]
ends = [(f"n{weights.randrange(200_000)}", f"n{weights.randrange(200_000)}") for _ in range(50)]


def report(name, times):
    times = sorted(times)
    print(f"{name:<58} {times[len(times) // 2]:9.1f} ms median, {times[-1]:.1f} ms at most")


def ask(name, path):
    times = []
    for one, other in ends:
        start = time.perf_counter()
        try:
            path(one, other)
        except Exception:  # no path, or a node that no edge names
            continue
        times.append((time.perf_counter() - start) * 1e3)
    report(name, times)


try:
    import rustworkx

    start = time.perf_counter()
    graph, index = rustworkx.PyGraph(multigraph=True), {}
    for a, b, _ in edges:
        for node in (a, b):
            if node not in index:
                index[node] = graph.add_node(node)
    graph.add_edges_from([(index[a], index[b], w) for a, b, w in edges])
    print(f"{'rustworkx ' + rustworkx.__version__ + ': load the edges':<58} {(time.perf_counter() - start) * 1e3:9.1f} ms")
    ask("rustworkx: 1 best path, any link", lambda a, b: rustworkx.dijkstra_shortest_paths(graph, index[a], index[b], weight_fn=float))
except ImportError:
    print("rustworkx is not installed")

try:
    import networkx

    start = time.perf_counter()
    graph = networkx.MultiGraph()
    graph.add_weighted_edges_from(edges)
    print(f"{'networkx ' + networkx.__version__ + ': load the edges':<58} {(time.perf_counter() - start) * 1e3:9.1f} ms")
    ask("networkx: 1 best path, any link", lambda a, b: networkx.bidirectional_dijkstra(graph, a, b))
except ImportError:
    print("networkx is not installed")
