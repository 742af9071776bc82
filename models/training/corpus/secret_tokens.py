"""Files with secrets go as a whole (detect-secrets, by the forms of known tokens; its guesses by entropy would take every hash table)."""

from __future__ import annotations

import re
from functools import cache

from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.core.scan import scan_line
from detect_secrets.settings import transient_settings

PLUGINS = """ArtifactoryDetector AWSKeyDetector AzureStorageKeyDetector BasicAuthDetector CloudantDetector DiscordBotTokenDetector GitHubTokenDetector GitLabTokenDetector
IbmCloudIamDetector JwtTokenDetector MailchimpDetector NpmDetector OpenAIDetector PrivateKeyDetector PypiTokenDetector SendGridDetector SlackDetector SquareOAuthDetector StripeDetector
TelegramBotTokenDetector TwilioKeyDetector""".split()
SETTINGS = {"plugins_used": [{"name": name} for name in PLUGINS]}
ANYWHERE = re.compile("")
#: what every match of a plugin's slow patterns has in it, quickly found
HINTS = {
    "ArtifactoryDetector": re.compile(r"AKC|AP[\dA-F]"),
    "CloudantDetector": re.compile(r"cl(ou)?(dant)?[_-]?(api)?(key|pw|pass|token)|cloudant\.com", re.IGNORECASE),
    "IbmCloudIamDetector": re.compile(r"[a-z0-9_\-]{44}", re.IGNORECASE),
    "MailchimpDetector": re.compile(r"-us[0-9]"),
    "TelegramBotTokenDetector": re.compile(r":[0-9A-Za-z_-]{35}"),
}


def holds_secret(text: str) -> bool:
    # Asking each plugin for each line is 60 times slower than their patterns over the whole text, which few texts match.
    if not any(hint.search(text) and any(pattern.search(text) for pattern in patterns) for hint, patterns in _plugins()):
        return False
    with transient_settings(SETTINGS):
        return any(True for line in text.split("\n") for _ in scan_line(line))


@cache
def _plugins() -> list[tuple[re.Pattern[str], list[re.Pattern[str]]]]:
    """(hint, patterns) of each plugin: its own ones, so that they match in a text wherever they match in one of its lines."""
    classes = {plugin.__name__: plugin for plugin in get_mapping_from_secret_type_to_class().values()}
    own = {name: [re.compile(found.pattern, found.flags | re.MULTILINE) for found in classes[name]().denylist] for name in PLUGINS}
    return [(HINTS.get(name, ANYWHERE), patterns) for name, patterns in own.items()]
