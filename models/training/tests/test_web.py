import errno
import os

import httpx
import pytest

from corpus import web as web_module
from corpus.errors import CorpusError
from corpus.web import NotFound

from .packages_made_up import WebOf, pin_of

URL = "https://registry.example/a.tgz"


def test_an_archive_is_fetched_once(tmp_path):
    web = WebOf(tmp_path, {URL: b"bytes"})
    pin = pin_of(b"bytes")
    assert web.archive(URL, pin.sha256).read_bytes() == b"bytes"
    assert web.archive(URL, pin.sha256).read_bytes() == b"bytes"
    assert web.asked == [URL]


def test_an_archive_that_was_damaged_since_is_fetched_again(tmp_path):
    web, pin = WebOf(tmp_path, {URL: b"bytes"}), pin_of(b"bytes")
    web.archive(URL, pin.sha256).write_bytes(b"byt")
    assert web.archive(URL, pin.sha256).read_bytes() == b"bytes"
    assert web.asked == [URL, URL]


def test_it_waits_longer_before_each_try(tmp_path, monkeypatch):
    waited: list[float] = []
    monkeypatch.setattr(web_module.time, "sleep", waited.append)
    web = WebOf(tmp_path, {URL: [503, 429, 500, b"bytes"]})
    web.wait_s = 1
    assert web.text(URL) == "bytes"
    assert waited == [1, 2, 4]


def test_other_bytes_than_pinned_are_refused_and_not_kept(tmp_path):
    with pytest.raises(CorpusError, match="is not what the lock pins"):
        WebOf(tmp_path, {URL: b"others"}).archive(URL, pin_of(b"bytes").sha256)
    assert os.listdir(tmp_path) == []


def test_what_fails_for_a_moment_is_tried_again(tmp_path):
    web = WebOf(tmp_path, {URL: [503, httpx.ConnectError("no route"), b"bytes"]})
    assert web.text(URL) == "bytes"
    with pytest.raises(CorpusError, match="can't be fetched"):
        WebOf(tmp_path, {URL: 503}).text(URL)
    forbidden = WebOf(tmp_path, {URL: 403})
    with pytest.raises(CorpusError, match="status 403"):
        forbidden.text(URL)
    assert len(forbidden.asked) == 1


def test_what_is_not_there_is_not_tried_again(tmp_path):
    web = WebOf(tmp_path, {})
    with pytest.raises(NotFound):
        web.text(URL)
    assert len(web.asked) == 1


def test_one_that_is_too_large_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(web_module, "MOST_BYTES", 3)
    with pytest.raises(CorpusError, match="take that package out"):
        WebOf(tmp_path, {URL: b"bytes"}).archive(URL, None)


def test_a_full_disk_is_said_and_leaves_no_half(tmp_path, monkeypatch):
    web = WebOf(tmp_path, {URL: b"bytes"})

    def full(*_args):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(web_module.os, "replace", full)
    with pytest.raises(CorpusError, match="No space left on device"):
        web.archive(URL, None)
    assert pin_of(b"bytes").sha256 not in os.listdir(tmp_path)
