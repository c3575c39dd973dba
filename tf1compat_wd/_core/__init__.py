"""The emulation: TF1's variables, regularizers and collections in graph, eager and function mode.

Read it in this order:

    modes               where the code runs: graph, eager or function
    tensorflow_hooks    all that we know about TensorFlow's insides
    variable_store      the rules of reuse; what a tracking scope owns; a plain graph's variables
    scope_state         what a variable scope is, and where the current one is kept
    passes              one run of the forward code, and which one is current
    variable_scope      tf.get_variable, tf.variable_scope
    graph_collections   tf.get_collection
    variables           tf.Variable, the lists of variables
    tracking_scope      VariableTrackingScope, track, default_scope
    verification        verify: is a model the same in every mode?

Beside them: how variables are made (`initial_values`, `eager_variables`, `graph_variables`, `partitions`,
`partitioners`), names (`name_counter`, `name_scope`), `template`, `control_flow`, `gradients`, `sessions`, and
`errors`, which imports nothing.
"""
