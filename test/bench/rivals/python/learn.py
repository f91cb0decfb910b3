"""
Learning in Python, told what to do by lines on stdin: "load", "run", then "answer".

Usage: learn.py <question> <folder> <options as JSON>

The question is a module in the folder "learning" beside this file, with

    VERSION                   what answers, such as "scikit-learn 1.9.1"
    load(arrays, options)     the data as the library wants them; not timed
    run(data, options)        learns; timed
    answer(data, result, options)   facets to compare, numbers or lists of rows; not timed

where arrays("name") reads the file name.float64 or name.int32 of the data folder as a flat numpy array.
Answers on stdout with a line of JSON each: milliseconds, peak memory in bytes, and what came out.
"""

import importlib
import json
import os
import resource
import sys
import time

question, folder, options = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])


def say(**fields):
    print(json.dumps(fields), flush=True)


try:
    import numpy

    module = importlib.import_module("learning." + question)
except ImportError as error:
    say(missing=str(error), ms=0, peak=0)
    sys.exit()


def arrays(name):
    for kind in ("float64", "int32"):
        path = os.path.join(folder, name + "." + kind)
        if os.path.exists(path):
            return numpy.fromfile(path, kind)
    raise FileNotFoundError(name)


data = result = None
say(version=module.VERSION, ms=0, peak=0)
for line in sys.stdin:
    order = line.strip()
    fields = {}
    began = time.perf_counter()
    if order == "load":
        data = module.load(arrays, options)
    elif order == "run":
        result = None
        began = time.perf_counter()
        result = module.run(data, options)
    else:
        fields = {"answer": module.answer(data, result, options)}
    taken = (time.perf_counter() - began) * 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    say(ms=taken, peak=peak, **fields)
