import base64
import itertools
import logging
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.crypto import HostKey, HostKeyError, MemberKey, SealBroken

ADA, BEN = 101, 202
PLACE = {"table": "rejections", "column": "who", "row_id": 7}
storable = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.fixture(scope="module")
def host() -> HostKey:
    return HostKey(b"h" * 32)


@pytest.fixture(scope="module")
def ada(host: HostKey) -> MemberKey:
    return host.new_member_key(ADA)[0]


class TestSealing:
    @given(text=storable)
    def test_what_is_sealed_opens_to_the_same_text(self, ada, text):
        assert ada.open(ada.seal(text, **PLACE), **PLACE) == text

    def test_nothing_of_the_text_can_be_read(self, ada):
        assert b"Mercy" not in ada.seal("Mercy Hospital", **PLACE)

    def test_the_same_text_never_seals_to_the_same_bytes(self, ada):
        assert len({ada.seal("no", **PLACE) for _ in range(1000)}) == 1000

    def test_sealing_costs_33_bytes(self, ada):
        assert len(ada.seal("", **PLACE)) == 33

    def test_any_two_swapped_cells_are_noticed(self, host, ada):
        ben = host.new_member_key(BEN)[0]
        cells = [
            (key, {"table": table, "column": column, "row_id": row_id})
            for key, table, column, row_id in itertools.product(
                (ada, ben), ("rejections", "actions"), ("who", "said"), (1, 12)
            )
        ]
        sealed = [key.seal("text", **place) for key, place in cells]
        for (here, (key, place)), (there, blob) in itertools.product(enumerate(cells), enumerate(sealed)):
            if here != there:
                with pytest.raises(SealBroken):
                    key.open(blob, **place)

    def test_every_changed_byte_is_noticed(self, ada):
        blob = ada.seal("what they said", **PLACE)
        for index in range(len(blob)):
            changed = bytearray(blob)
            changed[index] ^= 1
            with pytest.raises(SealBroken):
                ada.open(bytes(changed), **PLACE)

    def test_every_cut_is_noticed(self, ada):
        blob = ada.seal("what they said", **PLACE)
        for length in range(len(blob)):
            with pytest.raises(SealBroken):
                ada.open(blob[:length], **PLACE)

    def test_no_key_of_the_same_member_made_later_opens_it(self, host, ada):
        with pytest.raises(SealBroken, match="another key"):
            host.new_member_key(ADA)[0].open(ada.seal("text", **PLACE), **PLACE)

    def test_the_error_names_the_place_and_not_the_text(self, ada):
        blob = ada.seal("CANARY", table="rejections", column="said", row_id=8)
        with pytest.raises(SealBroken) as caught:
            ada.open(blob, **PLACE)
        assert str(caught.value) == "rejections|who|7|101: changed or moved since it was sealed"
        assert caught.value.__suppress_context__

    def test_a_lone_surrogate_is_refused_without_the_text(self, ada):
        with pytest.raises(ValueError, match="lone surrogate") as caught:
            ada.seal("CANARY\ud800", **PLACE)
        assert not isinstance(caught.value, UnicodeError)
        assert "CANARY" not in str(caught.value)

    def test_no_key_shows_itself(self, host, ada):
        assert repr(ada) == "MemberKey(user_id=101)"
        assert repr(host) == f"HostKey(id={host.key_id.hex()})"


class TestWrapping:
    def test_a_wrapped_key_opens_what_the_key_sealed(self, host):
        key, wrapped = host.new_member_key(ADA)
        again = host.member_key(ADA, key.key_id, wrapped)
        assert again.open(key.seal("text", **PLACE), **PLACE) == "text"

    def test_another_host_key_does_not_unwrap(self, host):
        key, wrapped = host.new_member_key(ADA)
        with pytest.raises(SealBroken, match="another key"):
            HostKey(b"x" * 32).member_key(ADA, key.key_id, wrapped)

    def test_a_wrapped_key_is_not_another_members(self, host):
        key, wrapped = host.new_member_key(ADA)
        with pytest.raises(SealBroken):
            host.member_key(BEN, key.key_id, wrapped)


class TestTheHostsKeyFile:
    def test_it_is_made_once_and_is_the_same_afterwards(self, tmp_path):
        path = tmp_path / "deep" / "secret.key"
        first = HostKey.load_or_create(path)
        content = path.read_bytes()
        assert HostKey.load_or_create(path).key_id == first.key_id
        assert path.read_bytes() == content

    @pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
    def test_nobody_else_can_read_it_and_no_draft_stays(self, tmp_path):
        path = tmp_path / "secret.key"
        HostKey.load_or_create(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert list(tmp_path.iterdir()) == [path]

    @pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
    def test_a_file_others_can_read_is_warned_about(self, tmp_path, caplog):
        path = tmp_path / "secret.key"
        HostKey.load_or_create(path)
        path.chmod(0o644)
        with caplog.at_level(logging.WARNING):
            HostKey.load(path)
        assert "can be read by others" in caplog.text
        assert path.read_text().strip() not in caplog.text

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\n",
            b"short",
            base64.b64encode(b"k" * 31),
            base64.b64encode(b"k" * 33),
            b"\xff" * 44,
            b"\0" * 32,
        ],
        ids=["empty", "blank", "no-base64", "31-bytes", "33-bytes", "binary", "zeros"],
    )
    def test_a_damaged_file_is_refused_and_never_overwritten(self, tmp_path, content):
        path = tmp_path / "secret.key"
        path.write_bytes(content)
        with pytest.raises(HostKeyError, match=r"secret\.key"):
            HostKey.load_or_create(path)
        assert path.read_bytes() == content

    def test_a_missing_file_is_said_clearly(self, tmp_path):
        with pytest.raises(HostKeyError, match="is missing; put it back"):
            HostKey.load(tmp_path / "secret.key")

    def test_a_folder_in_its_place_is_refused(self, tmp_path):
        with pytest.raises(HostKeyError, match="cannot be read"):
            HostKey.load_or_create(tmp_path)

    def test_the_environment_may_hold_it(self):
        text = base64.b64encode(b"h" * 32).decode()
        assert HostKey.from_text(f" {text}\n").key_id == HostKey(b"h" * 32).key_id
