"""Nothing that was written is readable in any file of the store, nor said on the terminal."""

import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

from gcp2_app.storage import keys, search
from gcp2_app.storage.store import Store
from tests.storage import people

MARK = "Quizzlethorpe"


def test_no_file_of_the_store_holds_what_was_written(store: Store) -> None:
    with store.transaction() as tx:
        tx.children.put(replace(people.CHILD, family_name=MARK, note=MARK * 2000), by="u1")
        tx.children.put(people.UNBORN, by="u1")
        tx.entries.put(replace(people.ENTRY, what=MARK), by="u1")
        tx.record("child opened", by=MARK, reason=MARK)
        tx.set_setting(MARK, MARK)
    with store.transaction() as tx:
        tx.children.put(replace(people.CHILD, family_name=MARK), by="u1", reason=MARK)
        assert search.find_children(tx, MARK) == ("c1",)
    open_files = {each.name: each.read_bytes() for each in store.folder.iterdir()}
    assert "store.db-wal" in open_files
    store.close()
    closed_files = {each.name: each.read_bytes() for each in store.folder.iterdir()}
    for name, content in (*open_files.items(), *closed_files.items()):
        for form in (MARK, MARK.casefold(), MARK[:8]):
            assert form.encode() not in content, name
            assert form.encode("utf-16-le") not in content, name


def test_the_database_looks_like_noise(store: Store) -> None:
    with store.transaction() as tx:
        tx.children.put(replace(people.CHILD, note="aaaa" * 20_000), by="u1")
    store.close()
    content = (store.folder / "store.db").read_bytes()
    assert len(zlib.compress(content)) > 0.98 * len(content)


def test_the_data_key_is_in_no_file(store: Store, key: bytes) -> None:
    keys.create_keys(
        store.folder, key, user_id="u1", sign_in_name="x", passphrase="seven quiet otters juggle", cost=keys.FLOOR
    )
    store.close()
    for each in store.folder.iterdir():
        content = each.read_bytes()
        assert key not in content
        assert key.hex().encode() not in content.lower()


def test_a_refusal_says_nothing_on_the_terminal(folder: Path) -> None:
    """SQLCipher's own log would name files and pages on stderr."""
    script = (
        "import sys; from pathlib import Path; from gcp2_app.errors import DamagedStore;"
        "from gcp2_app.storage.store import open_store\n"
        "try: open_store(Path(sys.argv[1]), bytes(32))\n"
        "except DamagedStore: print('refused')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, folder],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("refused\n", "")
