import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.secret_tokens import HINTS, PLUGINS, _plugins, holds_secret

from .packages_made_up import python_source, source

# Put together here, so that no file of the project holds one.
KEYS = {
    "GitHub": "ghp_" + "a1B2c3D4e5F6" * 3,
    "AWS": "AKIA" + "IOSFODNN7ABCDEFG",
    "Slack": "xoxb-" + "123456789012-123456789012-" + "abcdefghijklmnopqrstuvwx",
    "private key": "-----BEGIN " + "RSA PRIVATE KEY-----",
    "npm": "//registry.npmjs.org/:_authToken=" + "npm_" + "a1B2c3D4e5" * 4,
}


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS.keys())
def test_known_tokens_are_found(key):
    assert holds_secret(source("a") + f'const key = "{key}";\n')


def test_code_is_not_taken_for_one():
    assert not holds_secret(source("a") + python_source("b"))
    assert not holds_secret('SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"\npassword = get_password()\n')


@pytest.mark.parametrize("name", HINTS)
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_a_pattern_matches_has_its_hint_in_it(name, data):
    own = dict(zip(PLUGINS, _plugins(), strict=True))
    hint, patterns = own[name]
    assert hint is HINTS[name]
    for pattern in patterns:
        assert hint.search(data.draw(st.from_regex(pattern)))
