import contextlib

with contextlib.suppress(ImportError):
    import torch

    torch.set_num_threads(1)  # these coders are tiny, and threads that wait for each other on a busy machine are slow
