"""What a reader would claim of a multipart upload at the board, tried on any order of parts, repeats and failures."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import multipart_upload
from reference.multipart_upload import MIB, Store, StoreError, finish, part_size, tag

PART = 4
FILES = st.binary(min_size=1, max_size=30)
# which part is sent next, and what becomes of it
SENDS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(["kept", "kept", "lost", "dropped", "damaged"])), max_size=25
)


def digest(data):
    return hashlib.sha256(data).hexdigest()


def pieces(file):
    return {n + 1: file[n * PART : (n + 1) * PART] for n in range(-(-len(file) // PART))}


def send(store, upload, file, sends):
    """Sends the parts as told; returns the numbers that arrived."""
    parts, arrived = pieces(file), []
    for which, fate in sends:
        number = which % len(parts) + 1
        data = parts[number]
        if fate == "damaged":
            with pytest.raises(StoreError, match="BadDigest"):
                store.put_part(upload, number, data + b"?", digest(data))
        elif fate != "dropped":
            assert store.put_part(upload, number, data, digest(data)) == tag(data)
            arrived.append(number)
    return set(arrived)


def holds(store, upload, file, sends):
    """Whether the object is absent before completion, and afterwards whole or absent."""
    arrived = send(store, upload, file, sends)
    if store.objects:
        return False
    try:
        multipart_upload.finish(store, upload, "film", len(file))
    except StoreError:
        return not store.objects and arrived != set(pieces(file))
    return store.objects == {"film": file}


@settings(deadline=None)
@given(FILES, SENDS)
def test_the_object_appears_whole_or_not_at_all(file, sends):
    store = Store(least=PART)
    assert holds(store, store.start("film"), file, sends)


def test_trusting_the_client_is_noticed(monkeypatch):
    def trusting(store, upload, key, size):
        store.complete(upload, [(number, etag) for number, _, etag in store.list_parts(upload)])

    monkeypatch.setattr(multipart_upload, "finish", trusting)
    store = Store(least=PART)
    assert not holds(store, store.start("film"), b"0123456789", [(0, "kept"), (2, "kept")])


def test_a_store_without_checksums_is_noticed():
    class Careless(Store):
        def put_part(self, upload, number, data, checksum):
            return super().put_part(upload, number, data, digest(data))

    store = Careless(least=PART)
    with pytest.raises(pytest.fail.Exception):
        holds(store, store.start("film"), b"0123", [(0, "damaged")])


@settings(deadline=None)
@given(FILES, SENDS, st.booleans())
def test_nothing_is_left_over(file, sends, aborts):
    store = Store(least=PART)
    upload = store.start("film")
    send(store, upload, file, sends)
    if aborts:
        store.abort(upload)
        assert store.billed() == 0
    else:
        send(store, upload, file, [(n, "kept") for n in range(len(pieces(file)))])
        assert finish(store, upload, "film", len(file)) == "completed"
        assert store.billed() == len(file)
    with pytest.raises(StoreError, match="NoSuchUpload: upload-1 was completed or aborted, or never began"):
        store.abort(upload)


def full(file=b"0123456789"):
    store = Store(least=PART)
    upload = store.start("film")
    send(store, upload, file, [(n, "kept") for n in range(len(pieces(file)))])
    return store, upload


def test_finishing_twice_is_finishing_once():
    store, upload = full()
    assert [finish(store, upload, "film", 10) for _ in range(2)] == ["completed", "was completed before"]
    assert store.objects == {"film": b"0123456789"}
    with pytest.raises(StoreError, match="NoSuchUpload"):
        finish(store, "upload-9", "other", 10)


def test_missing_parts_are_named():
    store = Store(least=PART)
    upload = store.start("film")
    send(store, upload, b"0123456789", [(0, "kept"), (2, "kept")])
    with pytest.raises(StoreError, match=r"Incomplete: 6 of 10 bytes, in parts \[1, 3\]"):
        finish(store, upload, "film", 10)


def test_a_small_part_is_refused_only_at_the_end():
    store, upload = full()
    store.put_part(upload, 2, b"45", digest(b"45"))
    with pytest.raises(StoreError, match="EntityTooSmall: part 2 is below 4 bytes"):
        finish(store, upload, "film", 8)
    assert not store.objects and upload in store.uploads


def test_a_part_replaced_since_is_noticed():
    store, upload = full()
    listed = [(number, etag) for number, _, etag in store.list_parts(upload)]
    store.put_part(upload, 2, b"xxxx", digest(b"xxxx"))
    with pytest.raises(StoreError, match="InvalidPart: part 2 is absent, or was replaced since"):
        store.complete(upload, listed)
    with pytest.raises(StoreError, match="InvalidPart: part 7"):
        store.complete(upload, [(7, "")])


@pytest.mark.parametrize("numbers", [[], [2, 1], [1, 1]])
def test_parts_are_named_once_in_order(numbers):
    store, upload = full()
    tags = {number: etag for number, _, etag in store.list_parts(upload)}
    with pytest.raises(StoreError, match="InvalidPartOrder: name at least one part, each once, by rising number"):
        store.complete(upload, [(number, tags[number]) for number in numbers])


@pytest.mark.parametrize("number", [0, 10_001])
def test_part_numbers_have_bounds(number):
    store = Store()
    with pytest.raises(StoreError, match=f"InvalidArgument: part number {number} is not in 1 to 10000"):
        store.put_part(store.start("film"), number, b"", digest(b""))


def test_the_objects_tag_is_not_the_hash_of_its_bytes():
    store, upload = full()
    etag = store.complete(upload, [(number, t) for number, _, t in store.list_parts(upload)])
    assert etag.endswith("-3") and etag.split("-")[0] != tag(b"0123456789")


@settings(deadline=None)
@given(st.integers(1, 10_000 * 5 * 1024 * MIB))
def test_the_part_size_keeps_both_limits(size):
    part = part_size(size)
    assert part >= 16 * MIB and part % MIB == 0 and -(-size // part) <= 10_000
