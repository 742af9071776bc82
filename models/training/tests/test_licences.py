import pytest
from identify.vendor.licenses import LICENSES

from corpus.licences import PERMISSIVE, foreign_folders, licences_in, licences_of

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


def test_a_folder_with_a_licence_of_its_own_goes_where_that_is_not_permissive():
    files = [("LICENSE", MIT), ("a/b/LICENSE", TEXTS["GPL-3.0"]), ("a/c/LICENSE", MIT), ("d/e/COPYING", "Ask us.")]
    assert foreign_folders(files) == ("a/b/", "d/e/")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "ISC License\n\nCopyright (c) 2026, Someone\n\nPermission to use, copy, modify, and/or distribute this software for any purpose\nwith or without fee is hereby granted, provided that",
            "ISC",
        ),
        (
            "/* This software is provided 'as-is'.\n * 2. Altered source versions must be plainly marked as such, and must not be\n * misrepresented as being the original software. */",
            "Zlib",
        ),
        ("# Blue Oak Model License\n\nVersion 1.0.0\n", "BlueOak-1.0.0"),
        ("The author disclaims copyright to this source code.  In place of\na legal notice, here is a blessing:\n", "blessing"),
    ],
)
def test_other_forms_of_permissive_texts(text, name):
    assert licences_of([("LICENSE", text)]) == {name}


@pytest.mark.parametrize(
    "pointer",
    [
        "License\n=======\n\n.. literalinclude:: ../LICENSE\n",
        "See COPYING",
        "../LICENSE-MIT",
        "This project is dual-licensed under the Unlicense and MIT licenses.",
        " \n",
    ],
)
def test_a_file_that_points_at_the_licences_is_passed_over(pointer):
    assert licences_of([("docs/license.rst", pointer), ("LICENSE", MIT)]) == {"MIT"}
    assert licences_of([("LICENSE", pointer)]) is None


def test_short_terms_are_no_pointer():
    assert licences_of([("LICENSE", MIT), ("LICENSE-ICONS", "You may not include these in what you sell.")]) is None


def test_code_about_licences_is_no_licence():
    assert licences_of([("LICENSE", MIT), ("lib/license.js", "export {}"), ("license-manager.json", "{}")]) == {"MIT"}


def test_a_wheels_licence_lies_deeper():
    assert licences_of([("a-1.0.dist-info/licenses/LICENSE", MIT)]) == {"MIT"}
