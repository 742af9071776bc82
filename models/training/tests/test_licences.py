import pytest
from identify.vendor.licenses import LICENSES

from corpus.licences import PERMISSIVE, licences_in, licences_of

from .packages_made_up import MIT

TEXTS = dict(LICENSES)


@pytest.mark.parametrize("name", sorted(PERMISSIVE & TEXTS.keys()))
def test_permissive_texts_are_known(name):
    assert licences_of([("LICENSE", TEXTS[name])]) == {name}


@pytest.mark.parametrize("name", ["GPL-2.0", "GPL-3.0", "LGPL-2.1", "LGPL-3.0", "AGPL-3.0", "MPL-2.0", "EPL-2.0", "CC-BY-SA-4.0", "EUPL-1.2", "OSL-3.0"])
def test_others_keep_the_package_out(name):
    assert licences_of([("LICENSE", TEXTS[name])]) is None
    assert licences_of([("LICENSE", MIT), ("COPYING.txt", TEXTS[name])]) is None


def test_no_licence_file_or_an_unknown_text_keeps_it_out():
    assert licences_of([]) is None
    assert licences_of([("README.md", MIT)]) is None
    assert licences_of([("LICENSE", "All rights reserved. Ask us.")]) is None
    assert licences_of([("LICENSE", MIT), ("LICENSE-THIRD", "Commercial use needs a contract.")]) is None


def test_several_in_one_package():
    assert licences_of([("LICENSE-MIT", MIT), ("LICENSE-APACHE", TEXTS["Apache-2.0"])]) == {"MIT", "Apache-2.0"}


def test_several_in_one_file_and_forewords():
    assert licences_in("Our own words before it, and rather many of them, so that the whole is no known text any more.\n\n" * 3 + MIT) == {"MIT"}
    assert licences_in("Either of these.\n\n" + MIT + "\n\n" + TEXTS["Apache-2.0"]) == {"MIT", "Apache-2.0"}
    assert licences_in(MIT + "\n\nCommons Clause: you may not sell the software. " * 3) == set()


def test_only_files_near_the_root_speak_for_the_package():
    vendored = ("src/deep/vendored/LICENSE", TEXTS["GPL-3.0"])
    assert licences_of([("LICENCE.md", MIT), vendored]) == {"MIT"}
    assert licences_of([vendored]) is None
