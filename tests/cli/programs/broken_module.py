raise RuntimeError("while it was imported")
