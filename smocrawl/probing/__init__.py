"""Look-ups on demand (``-a probes=…``): what other sites answer, and what this one answers in another name."""
