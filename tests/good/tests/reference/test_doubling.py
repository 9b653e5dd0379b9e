from reference.doubling import wait


def test_capped():
    assert max(wait(n, 8) for n in range(9)) == 8


def test_doubles():
    assert [wait(n, 8) for n in range(4)] == [1, 2, 4, 8]
