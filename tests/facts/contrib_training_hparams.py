"""``tf.contrib.training.HParams`` and ``parse_values``: hyperparameters by name, from text, dicts and JSON."""

from facts.vocabulary import error_of, kind_of_error


def _some(tf):
    return tf.contrib.training.HParams(rate=0.5, units=10, deep=True, kind="relu", sizes=[1, 2], scales=[0.5, 1.5])


def values_and_attributes(tf):
    h = _some(tf)
    return [h.values(), h.rate, h.units, h.deep, h.kind, h.sizes, "rate" in h, "other" in h, h.get("units"), h.get("other"), h.get("other", 3)]


def parsing_text(tf):
    h = _some(tf)
    same = h.parse("rate=0.25,units=3,deep=false,kind=tanh,sizes=[4,5,6],scales=[1]")
    return [h.values(), same is h]


def parsing_what_is_odd(tf):
    h = _some(tf)
    parse = tf.contrib.training.parse_values
    types = {"a": int, "b": float, "c": str, "d": bool, "x.y": int}
    return [
        h.parse("rate=1").rate,
        h.parse("deep=1").deep,
        h.parse("").values() == h.values(),
        error_of(h.parse, "scales=[]"),
        error_of(h.parse, "sizes[1]=7"),
        error_of(parse, "a=1,", types),
        error_of(parse, ",a=1", types),
        error_of(parse, "a=", types),
        error_of(parse, "c=", types),
        error_of(parse, "c= x ", types),
        error_of(parse, " c = x", types),
        error_of(parse, "c=x, b=2", types),
        error_of(parse, "a=[1, 2,3 4]", types),
        error_of(parse, "a[x]=1", types),
        error_of(parse, "a=1e3", types),
        error_of(parse, "a=0x10", types),
        error_of(parse, "a=-3,b=-.5e3", types),
        error_of(parse, "x.y=3", types),
        error_of(parse, "1a=3", types),
        error_of(parse, "c=a=b", types),
        error_of(parse, "a[1]=1,a[1]=2", types),
        error_of(parse, "a=1,a[1]=2", types),
        error_of(parse, "c=[a],c=[b]", types),
        error_of(parse, "d=[true,0]", types),
        error_of(parse, "d=TRUE", types),
        error_of(parse, "z=[1],y[0]=3", types, True),
        error_of(parse, "c='x y'", types),
    ]


def _parsed(tf, text):
    types = {"a": int, "b": float, "c": str, "d": bool, "x.y": int}
    return tf.contrib.training.parse_values(text, types)


def parsing_what_is_odd_and_right(tf):
    texts = ["c= x ", "c=x, b=2", "a=[1, 2,3 4]", "a=-3,b=-.5e3", "x.y=3", "d=[true,0]", "c=a=b", "c=", "c='x y'", "a=1,", "a = 3", "c=[]"]
    found = []
    for text in texts:
        try:
            found.append(_parsed(tf, text))
        except ValueError as error:
            found.append(str(error))
    return found


def parsing_booleans(tf):
    h = tf.contrib.training.HParams(a=True, b=True, c=False, d=False)
    h.parse("a=False,b=0,c=True,d=1")
    return h.values()


def parsing_what_is_wrong(tf):
    h = _some(tf)
    return [
        error_of(h.parse, "other=1"),
        error_of(h.parse, "units=1.5"),
        error_of(h.parse, "rate=x"),
        error_of(h.parse, "deep=maybe"),
        error_of(h.parse, "units"),
        error_of(h.parse, "units=1,units=2"),
        error_of(h.parse, "sizes=3"),
        error_of(h.parse, "units=[1,2]"),
        error_of(h.parse, "units[0]=1"),
        error_of(h.parse, "sizes[0]=[1]"),
        error_of(h.parse, "sizes=[1],sizes[0]=2"),
        error_of(h.parse, "rate=1 units=2"),
        h.values(),
    ]


def text_with_spaces_and_commas(tf):
    h = tf.contrib.training.HParams(name="a", other="b", list=["x"])
    h.parse("name=a b,other=c-d/e.f,list=[p,q r]")
    return h.values()


def parse_values_gives_a_dict(tf):
    parse = tf.contrib.training.parse_values
    types = {"a": int, "b": float, "c": str, "d": bool}
    return [
        parse("a=1,b=2.5,c=x,d=true", types),
        parse("a=[1,2],c=[x,y]", types),
        parse("b=3", types),
        sorted(parse("a[2]=5,a[0]=1", types)["a"].items()),
        parse("a=1,z=3", types, ignore_unknown=True),
        parse("", types),
        error_of(parse, "z=3", types),
    ]


def adding_setting_and_removing(tf):
    h = tf.contrib.training.HParams(a=1)
    h.add_hparam("b", 2.0)
    h.set_hparam("a", 5)
    h.set_hparam("b", 3)
    h.add_hparam("dotted.name", "x")
    seen = [h.values(), getattr(h, "dotted.name")]
    h.del_hparam("a")
    h.del_hparam("missing")
    return [seen, h.values(), hasattr(h, "a")]


def adding_what_is_there_raises(tf):
    h = tf.contrib.training.HParams(a=1)
    return [
        error_of(h.add_hparam, "a", 2),
        error_of(h.add_hparam, "parse", 2),
        error_of(h.add_hparam, "empty", []),
        kind_of_error(h.set_hparam, "missing", 1),
    ]


def setting_another_type(tf):
    h = _some(tf)
    return [
        error_of(h.set_hparam, "units", "a"),
        error_of(h.set_hparam, "units", 1.5),
        error_of(h.set_hparam, "rate", "a"),
        error_of(h.set_hparam, "deep", 3),
        error_of(h.set_hparam, "kind", 3),
        error_of(h.set_hparam, "units", [1]),
        error_of(h.set_hparam, "sizes", 1),
        error_of(h.set_hparam, "sizes", ["a"]),
        error_of(h.set_hparam, "rate", True),
        h.values(),
    ]


def setting_attributes_by_hand_is_seen(tf):
    h = _some(tf)
    h.rate = "anything"
    h.added = 3
    return [h.values()["rate"], "added" in h, h.added]


def none_has_no_type(tf):
    h = tf.contrib.training.HParams(a=None, b=1, c="x")
    return [
        error_of(h.set_hparam, "a", 3), error_of(h.set_hparam, "b", None), error_of(h.set_hparam, "c", None),
        error_of(h.set_hparam, "a", None), error_of(h.parse, "a=3"), error_of(h.parse, "a=None"), h.values(),
    ]


def overriding_from_a_dict(tf):
    h = _some(tf)
    same = h.override_from_dict({"rate": 2, "units": 7, "sizes": [9]})
    return [h.values(), same is h, kind_of_error(h.override_from_dict, {"missing": 1}), error_of(h.override_from_dict, {"units": "a"})]


def to_and_from_json(tf):
    h = _some(tf)
    text = h.to_json(sort_keys=True)
    h.parse_json('{"rate": 0.125, "units": 4, "kind": "x"}')
    return [text, h.to_json(indent=1, separators=(",", ":"), sort_keys=True), h.values(), error_of(h.parse_json, "{}") ]


def numbers_that_are_cast(tf):
    h = tf.contrib.training.HParams(f=1.0, i=1, b=True, s="a")
    h.set_hparam("f", 2)
    return [h.values(), error_of(h.set_hparam, "i", 2.0), error_of(h.set_hparam, "i", True), error_of(h.set_hparam, "s", 2.0), type(h.f).__name__]


def a_reserved_name(tf):
    return [error_of(tf.contrib.training.HParams, values=1), error_of(tf.contrib.training.HParams, get=1)]


def how_it_prints(tf):
    h = tf.contrib.training.HParams(b=1, a="x")
    return [str(h), repr(h)]


def lists_of_other_types(tf):
    h = tf.contrib.training.HParams(a=[True, False], b=["x", "y"], t=(1, 2))
    h.parse("a=[false],b=[z]")
    h.set_hparam("t", [3])
    return [h.values(), error_of(h.set_hparam, "t", (4, 5)), h.t]


def a_lambda_is_a_value(tf):
    h = tf.contrib.training.HParams(f=None)
    h.add_hparam("g", {"a": 1})
    return [h.values(), kind_of_error(h.parse, "g=3")]


def get_checks_the_type_of_the_default(tf):
    h = _some(tf)
    return [h.get("rate", 1.0), error_of(h.get, "rate", "a"), error_of(h.get, "sizes", 3), error_of(h.get, "units", [3]), h.get("missing", "a")]


def the_model_structure(tf):
    h = tf.contrib.training.HParams(a=1)
    h.set_model_structure("anything")
    return [h.get_model_structure(), h.values()]
