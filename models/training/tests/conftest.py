"""Made-up inputs without a time limit each: a busy machine is no failure."""

from hypothesis import settings

settings.register_profile("unmask", deadline=None)
settings.load_profile("unmask")
