"""The picture of the results is SVG that a browser reads, with every figure in it."""

from xml.etree import ElementTree

from benchmarks import picture


def test_every_ratio_is_in_the_picture():
    table = {
        ("function step", "MLP"): {"by hand": 1.0, "ours": 1.004, "shim": 1.016, "session": 0.95},
        ("trace", "a & b"): {"by hand": 1.0, "ours": 1.1, "session": 2.5},
    }
    root = ElementTree.fromstring(picture.svg(table))
    texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"1.00", "1.02", "0.95", "1.10", "2.50 (cut off)", "MLP", "a & b"} <= set(texts)
