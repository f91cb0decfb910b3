"""
Graph algorithms of networkx and igraph, told what to do by lines on stdin: "load" or "run".

Usage: graph.py <networkx|igraph> <page-rank|bfs|components|triangles> <folder> <tolerance> <source>

Answers with a line of JSON each: milliseconds, peak memory in bytes, and what came out. Values of
vertices go into the file "python-values" in the folder, as 64-bit numbers.
"""

import json
import resource
import sys
import time

library, question, folder, tolerance, source = sys.argv[1:]
source = int(source)


def say(**fields):
    print(json.dumps(fields), flush=True)


try:
    import numpy

    if library == "networkx":
        import networkx
        import scipy  # networkx needs it for PageRank.
    else:
        import igraph
except ImportError as error:
    say(missing=str(error))
    sys.exit()

offsets = numpy.fromfile(folder + "/offsets", numpy.int32)
targets = numpy.fromfile(folder + "/neighbours", numpy.int32)
n = len(offsets) - 1
sources = numpy.repeat(numpy.arange(n, dtype=numpy.int32), numpy.diff(offsets))
once = sources < targets
edges = numpy.stack([sources[once], targets[once]], axis=1)


def load():
    if library == "igraph":
        return igraph.Graph(n=n, edges=edges)
    graph = networkx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(edges.tolist())
    return graph


def run(graph):
    if library == "igraph":
        if question == "page-rank":
            return graph.pagerank()
        if question == "bfs":
            return graph.bfs(source)
        if question == "components":
            return graph.connected_components()
        return graph.transitivity_undirected()
    if question == "page-rank":
        return networkx.pagerank(graph, tol=float(tolerance) / n)
    if question == "bfs":
        return networkx.single_source_shortest_path_length(graph, source)
    if question == "components":
        return list(networkx.connected_components(graph))
    return networkx.triangles(graph)


def answer(graph, result):
    if question == "page-rank":
        values = result if library == "igraph" else [result[v] for v in range(n)]
        numpy.array(values, numpy.float64).tofile(folder + "/python-values")
        return {}
    if question == "bfs":
        if library == "networkx":
            levels = list(result.values())
        else:
            order, starts, _ = result
            sizes = numpy.diff(starts)
            levels = numpy.repeat(numpy.arange(len(sizes)), sizes).tolist()
            levels = levels[: len(order)]
        return {"reached": len(levels), "levels": int(sum(levels)), "farthest": max(levels)}
    if question == "components":
        sizes = result.sizes() if library == "igraph" else [len(part) for part in result]
        return {"components": len(sizes), "largest": max(sizes)}
    if library == "networkx":
        return {"triangles": sum(result.values()) // 3}
    degrees = numpy.diff(offsets).astype(object)
    triples = int((degrees * (degrees - 1) // 2).sum())
    return {"triangles": 0 if triples == 0 else round(result * triples / 3)}


graph = result = None
say(ready=True)
for line in sys.stdin:
    order = line.strip()
    fields = {}
    if order == "load":
        graph = None
        began = time.perf_counter()
        graph = load()
    elif order == "run":
        result = None
        began = time.perf_counter()
        result = run(graph)
    else:
        began = time.perf_counter()
        fields = {"answer": answer(graph, result)}
    taken = (time.perf_counter() - began) * 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    say(ms=taken, peak=peak, **fields)
