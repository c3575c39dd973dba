"""TF1's names that do something else in some mode, in short. The whole list is migration_guide/known_differences.md."""

DIFFERS: dict[str, dict[str, str]] = {
    "tf.cond": {"eager": "eagerly only the branch that is taken runs, so that only its variables are made"},
    "tf.case": {"eager": "eagerly only the branch that is taken runs, so that only its variables are made"},
    "tf.gradients": {
        "eager": "eagerly it needs VariableTrackingScope(tape=True), and derives by what the pass has made"
    },
    "tf.hessians": {"eager": "eagerly it needs VariableTrackingScope(tape=True)"},
    "tf.set_random_seed": {
        "eager": "other numbers are drawn than in a session",
        "function": "other numbers are drawn than in a session",
    },
    "tf.get_default_graph": {"eager": "eagerly there is no graph to look into"},
    **{
        f"tf.train.{name}Optimizer": {"eager": "eagerly minimize(loss) needs VariableTrackingScope(tape=True)"}
        for name in (
            "Adadelta Adagrad AdagradDA Adam Ftrl GradientDescent Momentum ProximalAdagrad "
            "ProximalGradientDescent RMSProp SyncReplicas"
        ).split()
    },
}
"""By full name, the modes in which it differs, and how."""
