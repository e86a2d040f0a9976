"""recodec inside other frameworks, one module each; importing one needs its framework."""
