"""What the rounds say, and what is noise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from load_rounds import Faulty, Timed

MOST_CHANCE = 0.05


@dataclass(frozen=True)
class Comparison:
    """Of one strategy with today's, round by round."""

    # The median over the rounds of one's time over the other's in the same round.
    ratio: float
    # Rounds in which it was the faster one, and all.
    faster: int
    rounds: int
    noise: float

    @property
    def chance(self) -> float:
        """That two equal strategies come out so unequal in who is faster, or more: the sign test, two-sided."""
        more = max(self.faster, self.rounds - self.faster)
        ways = sum(math.comb(self.rounds, count) for count in range(more, self.rounds + 1))
        return min(1.0, 2 * ways / float(2**self.rounds))

    @property
    def is_noise(self) -> bool:
        """More than noise is both: further apart than either is from itself, and the same way in nearly every round."""
        return abs(self.ratio - 1) <= self.noise or self.chance > MOST_CHANCE


def spread(seconds: Sequence[float]) -> float:
    """Half of the distance between the quartiles, as a part of the median."""
    low, _, high = quantiles(seconds, n=4, method="inclusive")
    return (high - low) / 2 / median(seconds)


def compare(today: Sequence[Timed], other: Sequence[Timed]) -> Comparison:
    """Both in the order of the rounds. Noise is what either strategy differs from itself."""
    pairs = [(one.seconds, two.seconds) for one, two in zip(today, other, strict=True)]
    noise = max(spread([one for one, _ in pairs]), spread([two for _, two in pairs]))
    faster = sum(two < one for one, two in pairs)
    return Comparison(median(two / one for one, two in pairs), faster, len(pairs), noise)


def is_safe(timed: Sequence[Timed], faulty: Sequence[Faulty]) -> bool:
    return all(each.is_right for each in timed) and all(each.is_right and each.is_whole for each in faulty)


def verdict(today: str, other: str, compared: Comparison, safe: tuple[bool, bool]) -> str:
    """Right rows first; then time, where it is more than noise."""
    is_today_safe, is_other_safe = safe
    if not is_other_safe:
        return f"keep {today}: {other} ended with wrong rows" if is_today_safe else "neither: both ended with wrong rows"
    if not is_today_safe:
        return f"take {other}: {today} ended with wrong rows"
    times = f"{other} takes {compared.ratio:.2f} times as long, faster in {compared.faster} of {compared.rounds} rounds"
    why = f"either differs from itself by {compared.noise:.0%}; equal ones come out so in {compared.chance:.0%} of cases"
    if compared.is_noise:
        return f"keep {today}: {times}, which is noise ({why})"
    return f"{f'keep {today}' if compared.ratio > 1 else f'take {other}'}: {times}, which is more than noise ({why})"


def timed_line(name: str, rounds: Sequence[Timed]) -> str:
    seconds = [each.seconds for each in rounds]
    low, _, high = quantiles(seconds, n=4, method="inclusive")
    right = f"{sum(each.is_right for each in rounds)} of {len(rounds)}"
    changed = f"{median(each.changed for each in rounds):,.0f}"
    return f"{name:32}{right:>10}{median(seconds):>9.3f}{low:>9.3f}{high:>9.3f}{spread(seconds):>8.0%}{changed:>15}"


def faulty_line(name: str, fault: str, rounds: Sequence[Faulty]) -> str:
    whole, right = (f"{sum(some)} of {len(rounds)}" for some in zip(*((r.is_whole, r.is_right) for r in rounds), strict=True))
    return f"{name:32}{fault:18}{whole:>10}{right:>14}{max(each.attempts for each in rounds):>10}"
