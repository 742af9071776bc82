"""A drafter of its own: a small block-diffusion network fed by the coder's hidden states (as in DFlash, arXiv:2602.06036), and the judge that compares it with masks within the coder."""
