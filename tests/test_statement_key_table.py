"""The key to the pseudonyms as a table: whose name, whose number, and nothing else."""

from simlib.statement.identity.pseudonyms import Key, key_table

HEAD = ("case", "id", "name", "account", "number")


def key_of():
    """Zhang with two accounts, one of them hidden in part; a shop; a number alone."""
    key = Key()
    for original, holder, names in (
        ("number:6222021234567890123", "name:张三", ["张三", "张*"]),
        ("number:6222****0123\t张三", "name:张三", ["张三"]),
        ("number:62170001", "number:62170001", []),
    ):
        made = key.account(original)
        key.holder_of[made], key.names[made] = key.holder(holder), names
    key.holder("name:某店\tin number:62170001")
    return key


def lines(*parties):
    """The rows under the header."""
    text = key_table(key_of().to_json(), parties, HEAD)
    assert text.startswith("\ufeffcase,id,name,account,number\r\n")
    return text.split("\r\n")[1:-1]


def test_each_account_of_a_party_is_a_row():
    """Numbers are in groups of four, so that no spreadsheet rounds them."""
    assert lines(("p1", "户1")) == [
        "户1,p1,张三 / 张*,c1,6222 0212 3456 7890 123", "户1,p1,张三 / 张*,c2,6222****0123",
    ]  # fmt: skip


def test_who_has_no_account_or_no_name_is_there_with_what_is_known():
    """The shop by its name, the number without one; whom no statement names is no row."""
    assert lines(("p3", "户3"), ("p2", "户2"), ("court", "法院")) == [
        "户3,p3,某店,,", "户2,p2,,c3,6217 0001",
    ]  # fmt: skip


def test_no_name_runs_as_a_formula():
    """A party may be called anything."""
    assert lines(("p3", "=1+1")) == ["'=1+1,p3,某店,,"]
