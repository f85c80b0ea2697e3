# SPDX-License-Identifier: EPL-2.0
"""Fits two usual anomaly models on the SKAB columns with scikit-learn and writes them as ONNX.

Usage: train.py DATA OUT. DATA holds the csv files. OUT gets, for each model, MODEL.json (the descriptor, with golden vectors that
scikit-learn computed) and MODEL-OPSET.onnx; and rows.csv: of every row of every file the eight values and both scores.
"""
import csv
import hashlib
import json
import sys
import warnings
from pathlib import Path

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper
from sklearn.ensemble import IsolationForest
from sklearn.neural_network import MLPRegressor

COLUMNS = 8
NAMES = ["c%d" % i for i in range(COLUMNS)]
OPSETS = range(13, 18)
GOLDEN = 32
TOLERANCE = 1e-5


def read(file):
    with open(file, newline="") as text:
        rows = list(csv.reader(text, delimiter=";"))
    return numpy.array([[float(value) for value in row[1 : 1 + COLUMNS]] for row in rows[1:]])


def graph(name, nodes, weights):
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", COLUMNS])
    y = helper.make_tensor_value_info("score", TensorProto.FLOAT, ["rows", 1])
    tensors = [numpy_helper.from_array(numpy.asarray(value, dtype=numpy.float32), key) for key, value in weights.items()]
    return helper.make_graph(nodes, name, [x], [y], tensors)


def autoencoder(train):
    """Reconstruction error e of the scaled columns as e / (1 + e)."""
    offset, scale = train.mean(axis=0), train.std(axis=0)
    scaled = (train - offset) / scale
    network = MLPRegressor((16, 4, 16), activation="tanh", max_iter=60, random_state=8).fit(scaled, scaled)

    def score(rows):
        ready = (rows - offset) / scale
        error = ((ready - network.predict(ready)) ** 2).mean(axis=1)
        return error / (1 + error)

    nodes, weights, before = [], {"share": numpy.full((COLUMNS, 1), 1 / COLUMNS), "one": [1.0]}, "x"
    layers = list(zip(network.coefs_, network.intercepts_))
    for i, (w, b) in enumerate(layers):
        weights["w%d" % i], weights["b%d" % i] = w, b
        nodes.append(helper.make_node("Gemm", [before, "w%d" % i, "b%d" % i], ["g%d" % i]))
        before = "g%d" % i
        if i < len(layers) - 1:
            nodes.append(helper.make_node("Tanh", [before], ["t%d" % i]))
            before = "t%d" % i
    nodes += [
        helper.make_node("Sub", ["x", before], ["difference"]),
        helper.make_node("Mul", ["difference", "difference"], ["square"]),
        helper.make_node("MatMul", ["square", "share"], ["error"]),
        helper.make_node("Add", ["error", "one"], ["more"]),
        helper.make_node("Div", ["error", "more"], ["score"]),
    ]
    return score, graph("autoencoder", nodes, weights), offset, scale


def average_path(count):
    """Mean path length of an unsuccessful search in a binary tree, as the method defines it."""
    if count <= 1:
        return 0.0
    return 1.0 if count == 2 else 2 * (numpy.log(count - 1) + numpy.euler_gamma) - 2 * (count - 1) / count


def not_above(threshold):
    """The largest float32 that is not above: trees compare float32 values with float64 thresholds."""
    near = numpy.float32(threshold)
    return float(near if near <= threshold else numpy.nextafter(near, numpy.float32(-numpy.inf)))


def forest(train):
    """Isolation score between 0 and 1."""
    model = IsolationForest(n_estimators=50, max_samples=256, random_state=8).fit(train)
    keys = ["nodes_treeids", "nodes_nodeids", "nodes_featureids", "nodes_modes", "nodes_values", "nodes_truenodeids", "nodes_falsenodeids",
            "target_treeids", "target_nodeids", "target_ids", "target_weights"]
    a = {key: [] for key in keys}
    for number, estimator in enumerate(model.estimators_):
        tree, depth = estimator.tree_, {0: 0}
        for node in range(tree.node_count):
            leaf = tree.children_left[node] < 0
            a["nodes_treeids"].append(number)
            a["nodes_nodeids"].append(node)
            a["nodes_featureids"].append(0 if leaf else int(tree.feature[node]))
            a["nodes_modes"].append("LEAF" if leaf else "BRANCH_LEQ")
            a["nodes_values"].append(0.0 if leaf else not_above(tree.threshold[node]))
            a["nodes_truenodeids"].append(0 if leaf else int(tree.children_left[node]))
            a["nodes_falsenodeids"].append(0 if leaf else int(tree.children_right[node]))
            if leaf:
                a["target_treeids"].append(number)
                a["target_nodeids"].append(node)
                a["target_ids"].append(0)
                a["target_weights"].append(float(depth[node] + average_path(tree.n_node_samples[node])))
            else:
                depth[tree.children_left[node]] = depth[tree.children_right[node]] = depth[node] + 1
    weights = {"share": [-1 / (len(model.estimators_) * average_path(model.max_samples_))], "two": [2.0]}
    nodes = [
        helper.make_node("TreeEnsembleRegressor", ["x"], ["depth"], domain="ai.onnx.ml", n_targets=1, aggregate_function="SUM", **a),
        helper.make_node("Mul", ["depth", "share"], ["exponent"]),
        helper.make_node("Pow", ["two", "exponent"], ["score"]),
    ]
    return lambda rows: -model.score_samples(rows), graph("forest", nodes, weights), numpy.zeros(COLUMNS), numpy.ones(COLUMNS)


def descriptor(train, digest, rows, scores, offset, scale):
    roles = [
        {"name": name, "unit": "", "min": float(train[:, i].min()), "max": float(train[:, i].max()), "missing": "REFUSE",
         "offset": float(offset[i]), "scale": float(scale[i]), "mean": float(train[:, i].mean()), "deviation": float(train[:, i].std())}
        for i, name in enumerate(NAMES)
    ]
    chosen = numpy.linspace(0, len(rows) - 1, GOLDEN).astype(int)
    golden = [{"inputs": rows[i].tolist(), "outputs": [float(scores[i])], "tolerance": TOLERANCE} for i in chosen]
    return {"name": "zoo", "version": "1.0.0", "engine": "onnx", "file": "model.onnx", "roles": roles, "steps": 1,
            "outputs": [{"name": "score", "unit": "", "min": 0, "max": 1}], "latencyLimitMicros": 100000, "memoryLimitBytes": 4000000,
            "golden": golden, "training": {"digest": digest}}


def main(data, out):
    warnings.filterwarnings("ignore")
    first = data / "anomaly-free.csv"
    train = read(first)
    digest = hashlib.sha256(first.read_bytes()).hexdigest()
    rows = numpy.concatenate([train] + [read(file) for file in sorted(data.glob("valve*.csv"))])
    columns = [rows]
    for name, fit in (("autoencoder", autoencoder), ("forest", forest)):
        score, made, offset, scale = fit(train)
        scores = score(rows)
        columns.append(scores[:, None])
        (out / (name + ".json")).write_text(json.dumps(descriptor(train, digest, rows, scores, offset, scale)))
        for opset in OPSETS:
            versions = [helper.make_opsetid("", opset), helper.make_opsetid("ai.onnx.ml", 1)]
            model = helper.make_model(made, opset_imports=versions, ir_version=7, producer_name="scikit-learn")
            onnx.checker.check_model(model)
            (out / ("%s-%d.onnx" % (name, opset))).write_bytes(model.SerializeToString())
    with open(out / "rows.csv", "w") as text:
        for row in numpy.concatenate(columns, axis=1).tolist():
            text.write(";".join(map(repr, row)) + "\n")


main(Path(sys.argv[1]), Path(sys.argv[2]))
