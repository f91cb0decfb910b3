"""Writes networkx.json: answers of networkx 3.6 that the tests compare with.

Run from this folder: python3 make-networkx-json.py. Zachary's karate club (1977) comes with networkx; its edges
have weights. The directed graph is random.
"""
import json

import networkx as nx
from networkx.algorithms.link_analysis.hits_alg import _hits_python

karate = nx.karate_club_graph()
directed = nx.gnp_random_graph(30, 0.12, seed=7, directed=True)
for u, v in directed.edges:
    directed[u][v]["weight"] = 1 + (3 * u + 5 * v) % 7


def unit(scores):
    norm = sum(score * score for score in scores.values()) ** 0.5
    return [scores[v] / norm for v in sorted(scores)]


def answers(graph):
    louvain = nx.community.louvain_communities(graph, seed=1)
    numbers = {v: c for c, members in enumerate(louvain) for v in members}
    hubs, authorities = _hits_python(graph, max_iter=10000, tol=1e-14)
    return {
        "vertexCount": graph.number_of_nodes(),
        "sources": [u for u, _ in graph.edges],
        "targets": [v for _, v in graph.edges],
        "weights": [weight for _, _, weight in graph.edges.data("weight")],
        # networkx takes the attribute "weight" where there is one.
        "hubs": unit(hubs),
        "authorities": unit(authorities),
        "eigenvector": unit(nx.eigenvector_centrality(graph, 1000, 1e-13, weight=None)),
        "weightedEigenvector": unit(nx.eigenvector_centrality(graph, 1000, 1e-13, weight="weight")),
        "katz": unit(nx.katz_centrality(graph, 0.05, max_iter=10000, tol=1e-13, weight=None)),
        "weightedKatz": unit(nx.katz_centrality(graph, 0.01, max_iter=10000, tol=1e-13, weight="weight")),
        "degree": [nx.degree_centrality(graph)[v] for v in sorted(graph)],
        "communities": [numbers[v] for v in sorted(numbers)],
        "modularity": nx.community.modularity(graph, louvain, weight=None),
        "weightedModularity": nx.community.modularity(graph, louvain, weight="weight", resolution=1.3),
        "coverage": nx.community.partition_quality(graph, louvain)[0],
        "conductance": [nx.conductance(graph, members, weight="weight") for members in louvain],
    }


with open("networkx.json", "w") as file:
    json.dump({"karate": answers(karate), "directed": answers(directed)}, file, separators=(",", ":"))
    file.write("\n")
