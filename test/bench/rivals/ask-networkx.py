"""Asks networkx a question about a graph in a folder; prints how long that took, in milliseconds.

The folder has `sources` and `targets`, 32-bit integers by edge. The answer goes there as `answer`, a 64-bit
number by vertex: its community, or its score as a hub.
"""

import sys
from array import array
from os.path import join
from time import perf_counter

import networkx as nx

question, folder, vertex_count = sys.argv[1], sys.argv[2], int(sys.argv[3])


def integers(name):
    values = array("i")
    with open(join(folder, name), "rb") as file:
        values.frombytes(file.read())
    return values


graph = nx.DiGraph() if question == "hits" else nx.Graph()
graph.add_nodes_from(range(vertex_count))
graph.add_edges_from(zip(integers("sources"), integers("targets")))
answer = array("d", bytes(8 * vertex_count))
began = perf_counter()
if question == "louvain":
    for number, members in enumerate(nx.community.louvain_communities(graph, seed=1)):
        for vertex in members:
            answer[vertex] = number
else:
    for vertex, score in nx.hits(graph, max_iter=1000)[0].items():
        answer[vertex] = score
print(1000 * (perf_counter() - began))
with open(join(folder, "answer"), "wb") as file:
    answer.tofile(file)
