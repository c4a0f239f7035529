"""The policy of a fleet in SimPy, stepped event by event: refreshes, rounds, timers, probes, moves.

Written from the rules in docs/model.md; it shares nothing with the Rust code. Events of one instant
are ordered by rank: world, successes, failures, DR timer, phone timer, probe.
"""

import simpy

import fleet as f

WORLD, SUCCESS, FAILURE, DR, PHONE, PROBE = range(6)

# Offsets of the sends of a REGISTER over UDP: 0, T1, 3 T1, 7 T1, then every T2.
SENDS = [0, f.SECOND // 2, 3 * f.SECOND // 2, 7 * f.SECOND // 2]
while SENDS[-1] + 4 * f.SECOND < f.TRANSACTION:
    SENDS.append(SENDS[-1] + 4 * f.SECOND)


def at(env, delay, rank):
    """An event after a delay, with a rank among the events of its instant."""
    event = env.event()
    event._ok, event._value = True, None
    env.schedule(event, priority=rank, delay=delay)
    return event


class Alarm:
    """A timer that can be set, set anew and cleared."""

    def __init__(self, env, rank, action):
        self.env, self.rank, self.action, self.event = env, rank, action, None

    def set(self, delay):
        self.event = event = at(self.env, delay, self.rank)
        event.callbacks.append(self.fire)

    def clear(self):
        self.event = None

    def fire(self, event):
        if event is self.event:
            self.event = None
            self.action()


class World:
    """Which locations and sites are up; agents are called when theirs change."""

    def __init__(self, env, faults):
        self.down = {"location": [0] * f.SITES, "site": [0] * f.SITES}
        self.agents = {kind: [[] for _ in range(f.SITES)] for kind in self.down}
        for start, kind, numbers in faults:
            env.process(self.fault(env, start, kind, numbers))

    def fault(self, env, start, kind, numbers):
        for delay, change in ((start, 1), (f.FAULT, -1)):
            yield at(env, delay, WORLD)
            for number in numbers:
                self.down[kind][number] += change
                for agent in self.agents[kind][number]:
                    agent.world_changed()


class Line:
    """A registration of the phone at one site."""

    def __init__(self, agent, side, first):
        self.agent, self.side = agent, side
        self.registered, self.bound_until = True, first - f.REFRESH + f.EXPIRY
        self.expiry = Alarm(agent.env, FAILURE, agent.settle)
        agent.env.process(self.live(first))

    def live(self, first):
        env, agent = self.agent.env, self.agent
        yield at(env, first, SUCCESS)
        while True:
            start = env.now
            for offset in SENDS:
                if offset:
                    yield at(env, start + offset - env.now, SUCCESS)
                if agent.usable(self.side):
                    self.registered, self.bound_until = True, env.now + f.EXPIRY
                    agent.registered(self.side)
                    yield at(env, f.REFRESH, SUCCESS)
                    break
            else:
                yield at(env, start + f.TRANSACTION - env.now, FAILURE)
                if self.registered and self.bound_until > env.now:
                    self.expiry.set(self.bound_until - env.now)
                self.registered = False
                agent.unregistered(self.side)
                yield at(env, f.PHONE_RETRY, SUCCESS)


class Agent:
    """A desktop with its phone. Side 0 is the preferred site, side 1 the peer."""

    def __init__(self, env, world, home, first, second):
        self.env, self.world, self.location, self.sites = env, world, home, (home, home ^ 1)
        self.current, self.logged_in, self.dead = 0, True, False
        self.connected, self.login_due, self.cycling = True, False, False
        self.trying = None
        self.first_round_failed = True
        self.expired, self.target = False, 0
        self.changes, self.serving = [], True
        self.detect = Alarm(env, FAILURE, self.noticed)
        self.attempt_end = Alarm(env, FAILURE, self.attempt_failed)
        self.next_round = Alarm(env, SUCCESS, self.begin_round)
        self.login_end = Alarm(env, SUCCESS, self.login_ends)
        self.dr = Alarm(env, DR, self.dr_fires)
        self.phone = Alarm(env, PHONE, self.phone_fires)
        self.probe = Alarm(env, PROBE, self.probes)
        for kind, numbers in (("location", (home,)), ("site", self.sites)):
            for number in numbers:
                world.agents[kind][number].append(self)
        self.lines = (Line(self, 0, first), Line(self, 1, second))

    # What is true.

    def site_up(self, side):
        return not self.world.down["site"][self.sites[side]]

    def usable(self, side):
        return not self.world.down["location"][self.location] and self.site_up(side)

    def in_service(self):
        return (
            self.logged_in
            and self.connected
            and not self.dead
            and self.usable(self.current)
            and self.lines[self.current].bound_until > self.env.now
        )

    def settle(self):
        serving = self.in_service()
        if serving != self.serving:
            self.serving = serving
            self.changes.append((self.env.now, serving))

    # The connection.

    def world_changed(self):
        if self.connected:
            self.connection_changed()
        elif self.trying is not None and self.usable(self.target):
            if self.trying == 0:
                self.connect(self.target)
            else:
                self.attempt_end.clear()
                self.attempt_failed()
        self.settle()

    def connection_changed(self):
        if not self.site_up(self.current):
            self.dead = True
        if not self.usable(self.current):
            if self.detect.event is None:
                self.detect.set(f.DETECTION)
        elif self.detect.event is not None:
            self.detect.clear()
            if self.dead:
                self.noticed()
            elif self.login_due:
                self.login_ends()

    def noticed(self):
        self.connected, self.dead, self.login_due = False, False, False
        self.login_end.clear()
        self.first_round_failed = False
        self.target, self.cycling = self.current, False
        self.begin_round()
        self.settle()

    # Rounds: the primary, then the backup; only a primary ever serves here.

    def begin_round(self):
        self.begin_attempt(0)

    def begin_attempt(self, member):
        self.trying = member
        if not self.usable(self.target):
            self.attempt_end.set(f.CONNECT)
        elif member == 0:
            self.connect(self.target)
        else:
            self.attempt_failed()

    def attempt_failed(self):
        if self.trying == 0:
            self.begin_attempt(1)
            return
        self.trying = None
        if self.current is None:
            self.target = 1 - self.target if self.cycling else 0
            self.cycling = True
        elif not self.first_round_failed:
            self.first_round_failed = True
            self.dr.set(f.DR_TIMEOUT)
        self.next_round.set(f.RETRY)

    def connect(self, side):
        self.stop_trying()
        self.connected, self.current = True, side
        if not self.logged_in:
            self.login_end.set(f.LOGIN)
        self.settle()

    def stop_trying(self):
        self.trying = None
        for alarm in (self.attempt_end, self.next_round, self.dr):
            alarm.clear()

    # Moves.

    def begin_move(self, side):
        self.stop_trying()
        for alarm in (self.detect, self.login_end, self.phone, self.probe):
            alarm.clear()
        self.current, self.connected, self.logged_in, self.dead = None, False, False, False
        self.expired, self.login_due, self.cycling, self.target = False, False, False, side
        self.begin_round()
        self.settle()

    def dr_fires(self):
        self.begin_move(1 - self.current)

    def login_ends(self):
        if not self.usable(self.current) or self.dead:
            self.login_due = True
            return
        self.logged_in, self.login_due = True, False
        if self.current != 0:
            self.probe.set(f.PROBE)
        self.watch_phone()
        self.settle()

    def probes(self):
        if self.connected and self.usable(0) and self.lines[0].registered:
            self.begin_move(0)
        else:
            self.probe.set(f.PROBE)

    # The phone, as the desktop sees it.

    def watch_phone(self):
        if not self.lines[self.current].registered and self.phone.event is None:
            self.phone.set(f.PHONE_TIMEOUT)

    def unregistered(self, side):
        if side == self.current and self.logged_in and not self.expired:
            self.watch_phone()
        self.settle()

    def registered(self, side):
        if side == self.current:
            self.phone.clear()
            self.expired = False
        elif self.expired:
            self.phone.set(0)
        self.settle()

    def phone_fires(self):
        if self.lines[1 - self.current].registered:
            self.begin_move(1 - self.current)
        else:
            self.expired = True


def outages(changes, horizon):
    """The spells out of service; changes back and forth within one instant are none."""
    found, start = [], None
    for now, serving in changes:
        if not serving:
            if found and found[-1][1] == now:
                start = found.pop()[0]
            else:
                start = now
        else:
            if start < now:
                found.append((start, now))
            start = None
    if start is not None:
        found.append((start, horizon))
    return found


def run(fleet):
    """The outages of every agent, in nanoseconds."""
    env = simpy.Environment(0)
    world = World(env, fleet.faults)
    agents = [Agent(env, world, *agent) for agent in fleet.agents]
    env.run(until=fleet.horizon)
    return [outages(agent.changes, fleet.horizon) for agent in agents]
