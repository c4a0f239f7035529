"""The benchmark of record at small scale, as plain data: sites, agents, faults.

Fixed delays instead of random ones, and first refreshes of its own for every agent, so that another
simulator can give the same outages to the nanosecond without knowing switchover's random numbers.
"""

import random

SECOND = 1_000_000_000
SITES = 20

DETECTION = 15 * SECOND
CONNECT = 21 * SECOND
LOGIN = 8 * SECOND
RETRY = 10 * SECOND
DR_TIMEOUT = 60 * SECOND
PHONE_TIMEOUT = 30 * SECOND
PROBE = 10 * SECOND
EXPIRY = 1800 * SECOND
REFRESH = 1620 * SECOND
TRANSACTION = 32 * SECOND
PHONE_RETRY = 30 * SECOND
FAULT = 600 * SECOND


class Fleet:
    """`agents` agents over twenty sites for `days` days, with `faults` faults of ten minutes."""

    def __init__(self, agents, days, faults, seed):
        dice = random.Random(seed)
        self.horizon = days * 86_400 * SECOND
        # Preferred site (and location) of each agent, then its two first refreshes.
        self.agents = [
            (n % SITES, dice.randrange(1, REFRESH), dice.randrange(1, REFRESH)) for n in range(agents)
        ]
        # (instant, "location" or "site", numbers): one in ten cuts off every location.
        self.faults = []
        for number in range(faults):
            at = dice.randrange(1, self.horizon - FAULT)
            if number % 10 == 0:
                what = ("location", list(range(SITES)))
            elif number % 2 == 0:
                what = ("site", [number % SITES])
            else:
                what = ("location", [number % SITES])
            self.faults.append((at, *what))
        self.faults.sort()

    def scenario(self):
        """The same as a scenario of switchover: a group with a phone type of its own per agent."""
        people = []
        for number, (home, first, second) in enumerate(self.agents):
            firsts = [
                f'first-refresh-preferred = "{first}ns"',
                f'first-refresh-peer = "{second}ns"',
            ]
            people += group(number, 1, home, firsts)
        return self.text(people)

    def grouped(self, agents):
        """The same sites and faults with so many agents in twenty groups, as one would write it; the
        first refreshes are switchover's own draws."""
        people = []
        for home in range(SITES):
            people += group(home, agents // SITES, home, [])
        return self.text(people)

    def text(self, people):
        lines = [
            'title = "The benchmark of record at small scale"',
            f'horizon = "{self.horizon}ns"',
            "[application.interaction-workspace]",
            "disaster-recovery.enabled = true",
            f'disaster-recovery.timeout = "{DR_TIMEOUT}ns"',
            f'disaster-recovery.wait-for-sipphone-timeout = "{PHONE_TIMEOUT}ns"',
            "disaster-recovery.auto-restore = true",
            f'warm-standby.retry-delay = "{RETRY}ns"',
            "warm-standby.reconnection-random-delay-range = 0",
            "[desktop]",
            f'detection = "{DETECTION}ns"',
            f'connect-timeout = "{CONNECT}ns"',
            f'login = "{LOGIN}ns"',
            f'probe-interval = "{PROBE}ns"',
        ]
        for site in range(SITES):
            lines += [f"[site.s{site}]", f"[location.l{site}]"]
        lines += people
        for at, kind, numbers in self.faults:
            targets = ", ".join(f'"{kind} {kind[0]}{number}"' for number in numbers)
            lines += ["[[fault]]", f"target = [{targets}]", f'at = "{at}ns"', f'for = "{FAULT}ns"']
        return "\n".join(lines) + "\n"


def group(number, agents, home, phone):
    """The lines of an agent group and of its phone type."""
    return [
        f"[phone.p{number}]",
        f'expiry = "{EXPIRY}ns"',
        'refresh = "90%"',
        f'transaction-timeout = "{TRANSACTION}ns"',
        f'retry = "{PHONE_RETRY}ns"',
        *phone,
        f"[agent-group.g{number}]",
        f'agents = {agents}\nlocation = "l{home}"\nphone = "p{number}"',
        f"[agent-group.g{number}.interaction-workspace]",
        f'disaster-recovery.preferred-site = "s{home}"',
        f'disaster-recovery.peer-site = "s{home ^ 1}"',
    ]
