"""Training of the small models: data, networks and the optimisation loop; needs torch, and nothing at run time."""
