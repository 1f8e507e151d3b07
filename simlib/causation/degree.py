"""Degrees of causation: four ways to say how much a cause it was, and one to say whether.

They answer for a game of yes and no: whether a set of players suffices for the harm. All players
are taken to have acted. The four do not agree, and that is the lesson: 因果贡献度 (the contribution
of a cause) is not one number. No Chinese court applies these indices.

The 2ⁿ answers are kept as bits, 64 to a word: a word holds all sets that differ in players 0 to 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from simlib.causation.game import Game, Values, blocks, check_finite
from simlib.errors import GameError, UnknownName

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Words: TypeAlias = "npt.NDArray[np.uint64]"

KINDS = ("public_good", "deegan_packel")
_IN_WORD = 6


def banzhaf(n: int, wins: Game, *, batched: bool = False) -> tuple[float, ...]:
    """Return the normalised Banzhaf index: a player's part of all cases in which one player
    decides.

    Parameters
    ----------
    n
        number of players, 1 to 24
    wins
        whether a set of players suffices for the harm: a function of a bit mask (bit i = player
        i), or its 2ⁿ answers in the order of the masks. One more player must never undo the harm
    batched
        whether `wins` takes an int64 array of masks at once and gives an array

    Returns
    -------
    tuple of float
        one share a player, together 1; all 0 if even all players together do no harm

    Raises
    ------
    GameError
        if n or the number of answers is out of range, the empty set suffices, or one more player
        undoes the harm

    References
    ----------
    M. Braham and M. van Hees, "Degrees of causation", Erkenntnis 71 (2009): their measure
    generalises this index (abstract read, their examples not).

    Examples
    --------
    >>> banzhaf(4, lambda who: who & 1 and who & 6)
    (0.6, 0.2, 0.2, 0.0)
    """
    import numpy as np

    counts = [int(np.bitwise_count(bits).sum()) for bits in _all_swings(n, wins, batched)]
    return _normalised(counts)


def responsibility(n: int, wins: Game, *, batched: bool = False) -> tuple[float, ...]:
    """Return degree of responsibility 1/(k+1): k others must be taken away before it hangs on the
    player.

    Parameters
    ----------
    n, wins, batched
        as in `banzhaf`

    Returns
    -------
    tuple of float
        one degree in [0, 1] a player: 1 if the harm hangs on him as things were, 0 if it never
        does. The degrees need not add up to 1

    Raises
    ------
    GameError
        as in `banzhaf`

    Notes
    -----
    k is the least number of others to take away so that the rest does the harm with him and not
    without him. As every player acted and none undoes the harm, taking away is the only change
    that can matter.

    References
    ----------
    H. Chockler and J. Y. Halpern, "Responsibility and blame: a structural-model approach", Journal
    of Artificial Intelligence Research 22 (2004) 93–115: the votes of 11–0 (1/6 each) and 6–5
    (1 each) are theirs.

    Examples
    --------
    >>> responsibility(4, lambda who: who & 1 and who & 6)
    (1.0, 0.5, 0.5, 0.0)
    """
    largest = [_largest_set(bits) for bits in _all_swings(n, wins, batched)]
    players = max(n, _IN_WORD)
    return tuple(1 / (players - size + 1) if size else 0.0 for size in largest)


def ness(n: int, wins: Game, *, batched: bool = False) -> tuple[bool, ...]:
    """Tell whether each player is a necessary element of some sufficient set that was present
    (NESS).

    Parameters
    ----------
    n, wins, batched
        as in `banzhaf`

    Returns
    -------
    tuple of bool
        whether the player is a cause

    Raises
    ------
    GameError
        as in `banzhaf`

    References
    ----------
    R. W. Wright, "Causation in tort law", 73 California Law Review 1735 (1985): summaries read;
    his seven polluters of whom five suffice are all causes.

    Examples
    --------
    >>> ness(4, lambda who: who & 1 and who & 6)
    (True, True, True, False)
    """
    return tuple(bool(bits.any()) for bits in _all_swings(n, wins, batched))


def minimal_sets(
    n: int, wins: Game, *, kind: str = "public_good", batched: bool = False
) -> tuple[float, ...]:
    """Return an index from the smallest sufficient sets: those that lose when any member is taken
    away.

    Parameters
    ----------
    n, wins, batched
        as in `banzhaf`
    kind
        `public_good`: each player's part of all memberships in such sets; `deegan_packel`: each
        set counts the same and its members share it equally

    Returns
    -------
    tuple of float
        one share a player, together 1; all 0 if even all players together do no harm

    Raises
    ------
    GameError
        as in `banzhaf`
    UnknownName
        if there is no such kind

    References
    ----------
    M. J. Holler (public good index, 1982); J. Deegan and E. W. Packel (1978): both are general
    knowledge here, no paper was read.

    Examples
    --------
    >>> minimal_sets(4, lambda who: who & 1 and who & 6)
    (0.5, 0.25, 0.25, 0.0)
    """
    import numpy as np

    check_kind(kind)
    words = _winning(n, wins, batched)
    removable = np.zeros_like(words)
    for i in range(max(n, _IN_WORD)):  # the idle players who fill a word can be removed too
        removable |= _without(words, i)
    bits = np.unpackbits((words & ~removable).view(np.uint8), bitorder="little")
    sets = np.flatnonzero(bits)
    sizes = np.bitwise_count(sets)
    members = [sizes[(sets >> i) & 1 == 1] for i in range(n)]
    if kind == "public_good":
        return _normalised([len(own) for own in members])
    return _normalised([_equal_parts(np.bincount(own).tolist()) for own in members])


def check_kind(kind: str) -> None:
    """Refuse an index of minimal sets that is not one of `KINDS`."""
    if kind not in KINDS:
        near = (*get_close_matches(kind, KINDS, n=1, cutoff=0.0), KINDS[0])[0]
        raise UnknownName("unknown-name", kind="index", name=kind, near=near)


def _equal_parts(by_size: list[int]) -> Fraction:
    """Return Σ count / size over the sets of each size."""
    return sum((Fraction(count, t) for t, count in enumerate(by_size) if t), Fraction(0))


def _normalised(counts: Sequence[int | Fraction]) -> tuple[float, ...]:
    """Return each count's part of all, exact until the last rounding; all 0 if there is nothing."""
    whole = sum(counts)
    return tuple(float(Fraction(count) / whole) if whole else 0.0 for count in counts)


def _winning(n: int, wins: Game, batched: bool) -> Words:
    """Return the bits of all winning sets; fewer than six players are joined by idle ones."""
    import numpy as np

    packed = np.concatenate([_bits(block) for block in blocks(n, wins, batched)])
    if packed[0] & 1:
        raise GameError("game-empty-set", value=True)
    if n < _IN_WORD:
        bits = np.unpackbits(packed, count=1 << n, bitorder="little")
        packed = np.packbits(np.tile(bits, 1 << (_IN_WORD - n)), bitorder="little")
    words = packed.view("<u8")
    for i in range(n):
        if (_without(words, i) & ~words).any():
            raise GameError("game-not-monotone", player=i)
    return words


def _bits(answers: Values) -> npt.NDArray[np.uint8]:
    """Return yes or no, eight to a byte; any number but 0 is a yes."""
    import numpy as np

    check_finite(answers)
    return np.packbits(answers != 0, bitorder="little")


def _all_swings(n: int, wins: Game, batched: bool) -> Iterator[Words]:
    """Yield for each player the bits of the sets that win with him and lose without him."""
    words = _winning(n, wins, batched)
    return (words & _having(len(words), i) & ~_without(words, i) for i in range(n))


def _without(words: Words, i: int) -> Words:
    """Return at each set with player i whether it wins without him; 0 at sets without him."""
    import numpy as np

    if i < _IN_WORD:
        return (words & ~_in_word(i)) << np.uint64(1 << i)
    shifted = np.zeros_like(words)
    pairs = (-1, 2, 1 << (i - _IN_WORD))
    shifted.reshape(pairs)[:, 1] = words.reshape(pairs)[:, 0]
    return shifted


def _having(count: int, i: int) -> Words | np.uint64:
    """Return the bits of the sets with player i."""
    import numpy as np

    if i < _IN_WORD:
        return _in_word(i)
    places = np.arange(count, dtype=np.uint64)
    return np.uint64(0) - ((places >> np.uint64(i - _IN_WORD)) & np.uint64(1))


@cache
def _in_word(i: int) -> np.uint64:
    import numpy as np

    return np.uint64(sum(1 << mask for mask in range(64) if mask >> i & 1))


def _largest_set(bits: Words) -> int:
    """Return the most players of any set marked; 0 if none is."""
    import numpy as np

    outside = np.bitwise_count(np.arange(len(bits)))
    largest = 0
    for inside in range(_IN_WORD + 1):
        of_size = np.uint64(sum(1 << m for m in range(64) if m.bit_count() == inside))
        hit = outside[(bits & of_size) != 0]
        largest = max(largest, int(hit.max()) + inside if len(hit) else 0)
    return largest
