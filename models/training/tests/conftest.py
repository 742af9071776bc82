import contextlib

with contextlib.suppress(ImportError):
    import torch

    torch.set_num_threads(1)  # these coders are tiny, and threads that wait for each other on a busy machine are slow

with contextlib.suppress(ImportError):
    from hypothesis import settings

    # A busy machine is no failure.
    settings.register_profile("unmask", deadline=None)
    settings.load_profile("unmask")
