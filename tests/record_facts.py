"""Record what TF 1.15 does: runs under TF 1.15.5 (Python 3.7) and writes `golden/<topic>.json`.

    python3.7 tests/record_facts.py                    facts that are new or whose source changed
    python3.7 tests/record_facts.py --all reuse rnn    every fact of these topics, again

Each fact is recorded with TF1's default variables and with resource variables. A golden that changes is printed; read
`golden/README.md` before you commit one.
"""

import argparse
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import facts
import tensorflow as tf
from facts.outcomes import GraphRun, as_golden, difference


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("topics", nargs="*", metavar="topic", help="topics to look at; all of them if none is named")
    parser.add_argument("--all", action="store_true", help="record facts that didn't change, too")
    options = parser.parse_args()
    if not tf.__version__.startswith("1.15."):
        sys.exit("facts are recorded on TensorFlow 1.15, this is %s: run me with its Python" % tf.__version__)
    unknown = sorted(set(options.topics) - set(facts.topics()))
    if unknown:
        sys.exit("no such topic: %s; there are %s" % (", ".join(unknown), ", ".join(facts.topics())))
    tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.FATAL)
    for topic in options.topics or facts.topics():
        record_topic(topic, options.all)


def record_topic(topic, again):
    path = os.path.join(facts.GOLDEN_DIRECTORY, topic + ".json")
    old = {}
    if os.path.exists(path):
        with open(path) as file:
            old = json.load(file)
    new = {}
    for fact in facts.facts_of(topic):
        golden = old.get(fact.name)
        if again or golden is None or golden["digest"] != fact.digest():
            golden = record_fact(fact)
            report(fact, old.get(fact.name), golden)
        new[fact.name] = golden
    for name in sorted(set(old) - set(new)):
        print("removed  %s.%s" % (topic, name))
    with open(path, "w") as file:
        json.dump(new, file, indent=1, sort_keys=True)
        file.write("\n")


def record_fact(fact):
    """One golden: `value`, and `second`, `resource` and `resource_second` only where they say something new."""
    tf.disable_resource_variables()
    value, second = (as_golden(outcome) for outcome in run_fact(fact))
    tf.enable_resource_variables()
    resource, resource_second = (as_golden(outcome) for outcome in run_fact(fact))
    tf.disable_resource_variables()
    golden = {"digest": fact.digest(), "value": value}
    if second != value:
        golden["second"] = second
    if resource != value:
        golden["resource"] = resource
    if resource_second != (resource if "resource" in golden else second):
        golden["resource_second"] = resource_second
    return golden


def run_fact(fact):
    return GraphRun(fact, tf, tf).outcomes()


def report(fact, old, new):
    if old is None:
        print("new      %s %s" % (fact.id, json.dumps({k: v for k, v in new.items() if k != "digest"}, sort_keys=True)))
        return
    for part in sorted((set(old) | set(new)) - {"digest"}):
        text = difference(old.get(part), new.get(part))
        if text:
            print("changed  %s (%s): %s" % (fact.id, part, text))


if __name__ == "__main__":
    main()
