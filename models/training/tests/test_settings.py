from pathlib import Path

import pytest

pytest.importorskip("torch")

from coder.errors import TrainingError
from drafter.settings import DrafterSettings
from sibling.settings import HealSettings
from tuning.schedule import rate_share
from tuning.settings import AdapterSettings

RECIPES = sorted((Path(__file__).parent.parent / "recipes").glob("*.toml"))
READERS = {"adapter": AdapterSettings, "drafter": DrafterSettings, "sibling": HealSettings}


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda file: file.name)
def test_every_recipe_reads(recipe):
    assert READERS[recipe.name.split("-")[0]].read(recipe).minutes > 0


def test_a_change_wins_over_the_recipe(tmp_path):
    (tmp_path / "r.toml").write_text("minutes = 3\nlearning_rate = 1e-4\n")
    settings = AdapterSettings.read(tmp_path / "r.toml", ["learning_rate = 1", "minutes = 1.5", "blocks = [[2, 3]]"])
    assert (settings.minutes, settings.learning_rate, settings.blocks) == (1.5, 1.0, ((2, 3),))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("minutes = 1\nlerning_rate = 1", "lerning_rate"),
        ("minutes = 0", "above 0"),
        ("minutes = 'long'", "minutes|type"),
        ("minutes = true", "type"),
        ("minutes = 1\nrank = 1.5", "type"),
        ("minutes = 1\nplain_kl = 0.1\nfrozen = 8", "set frozen to 0"),
        ("minutes = 1\naverage = 1", "below 1"),
        ("minutes = 1\nmix = 'odd'", "one of first, longer"),
        ("minutes =", "cannot be read"),
    ],
)
def test_a_bad_recipe_is_refused(tmp_path, text, said):
    (tmp_path / "r.toml").write_text(text)
    with pytest.raises(TrainingError, match=said):
        AdapterSettings.read(tmp_path / "r.toml")


def test_the_rate_rises_stands_and_falls():
    assert rate_share(0, 0.0, 10, 0.2) == 0.1
    assert rate_share(50, 0.1, 10, 0.2) == 1
    assert rate_share(50, 0.6, 10, 0.2) == pytest.approx(0.5)
    assert 0 < rate_share(50, 1.0, 10, 0.2) < 0.05
