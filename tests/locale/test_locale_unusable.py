"""Why a place cannot be used is told in words of ours, in both languages."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller import unusable
from controller.exports.folder import write_whole
from controller.language import LANGUAGES, Language, language, use
from controller.report.file import put
from controller.store import private


@pytest.fixture(autouse=True)
def spoken_before() -> Iterator[None]:
    before = language()
    yield
    use(before)


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize(
    "number", [errno.EACCES, errno.ENOENT, errno.EROFS, errno.EIO, errno.ENOSPC, errno.ELOOP]
)
def test_a_cause_is_never_told_in_the_systems_words(spoken: Language, number: int) -> None:
    use(spoken)
    told = unusable.told(OSError(number, os.strerror(number), "/clinic/out.csv"))
    assert os.strerror(number) not in told and str(number) not in told
    assert ("/clinic" if number == errno.ENOSPC else "/clinic/out.csv") in told


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_an_error_without_a_name_is_told_without_one(spoken: Language, number: int) -> None:
    use(spoken)
    told = unusable.told(OSError(number, os.strerror(number)))
    assert "None" not in told and "-" not in told


@pytest.mark.parametrize("what", ["folder", "made", "replaced", "page"])
def test_a_write_that_fails_names_what_was_asked_for_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    place = tmp_path / "out"
    monkeypatch.setattr(os, "replace" if what in ("replaced", "page") else "fsync", full)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError) as refused:
        match what:
            case "folder":
                write_whole(place, {"a/b.csv": b"1"})
            case "made":
                private.make(place, b"1")
            case "replaced":
                private.replace(place, b"1")
            case "page":
                put(b"1", place)
    assert refused.value.filename == str(place)
    assert list(tmp_path.iterdir()) == []
