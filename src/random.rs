//! Randomness with an address: seed x replication x entity x purpose x draw number -> value.
//!
//! Nothing here is a stream that other code could advance: every value is a pure function of its
//! address (ChaCha with eight rounds, used as a counter-based generator), so adding an agent,
//! changing a timeout or switching tracing on changes no other entity's random numbers.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

/// What a value is drawn for. The number is part of the address and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Purpose {
    /// Time to the next failure of a random fault; draw = failure number from 0.
    TimeToFailure = 1,
    /// Time to repair of a random fault; draw = failure number from 0.
    TimeToRepair = 2,
    /// Whether a failover is covered; draw = number of the loss of a serving member, from 0.
    Coverage = 3,
    /// Failover time; draw = number of the loss of a serving member, from 0.
    Failover = 4,
    /// Gap of a preemption; draw = number of the preemption of the pair, from 0.
    Preemption = 5,
    /// Failover time of a member that cannot see the other one; draw = number of such a time of the
    /// pair, from 0.
    Separation = 6,
    /// Delay of a path with loss or delay; draw = number of the interval of this target of the
    /// fault.
    PathDelay = 7,
    /// Service of a message at a registrar with a capacity; entity = its pair, draw = number of the
    /// message served, from 0.
    RegisterService = 8,
    /// Age of the registration at the start; one draw per site (0 = preferred, 1 = peer).
    RegistrationPhase = 10,
    /// Detection delay of the SIP Server connection; draw = number of its real break, from 0.
    DetectSip = 11,
    /// Detection delay of the Stat Server connection.
    DetectStat = 12,
    /// Detection delay of the Configuration Server connection.
    DetectConfig = 13,
    /// Random reconnection delay of the SIP Server connection; draw = number of its noticed loss.
    JitterSip = 14,
    /// Random reconnection delay of the Stat Server connection.
    JitterStat = 15,
    /// Random reconnection delay of the Configuration Server connection.
    JitterConfig = 16,
    /// Login time; draw = number of the login that began, from 0.
    Login = 17,
    /// Ready delay; draw = number of the login that ended, from 0.
    Ready = 18,
    /// Wait after a failed transaction of the registration at the preferred site (or the only one there
    /// is), unless it is fixed; draw = number of such a wait, from 0.
    BackoffHome = 19,
    /// The same of the second registration of a dual phone, at the peer site.
    BackoffPeer = 20,
    /// Restore jitter (what-if); draw = number of the restore decision, from 0.
    RestoreJitter = 21,
    /// Boot time of the desktop; draw = number of the return of its power, from 0.
    DesktopBoot = 22,
    /// Boot time of the phone; draw = number of the return of its power, from 0.
    PhoneBoot = 23,
    /// From the end of the phone's boot to its first REGISTER; the same number.
    StartSpread = 24,
    /// From the start of a shift to the agent's arrival; draw = number of the shift in the run, from 0.
    Arrival = 25,
    /// What is taken off an expiry granted; draw = 2 x number of the success + number of the
    /// registration (0 = the first, 1 = the second of a dual phone).
    ExpiryDeviation = 26,
    /// The Retry-After of a refusal; draw = 2 x number of the refusal + number of the registration.
    RetryAfter = 27,
    /// How many sends of a REGISTER in a row are lost on a path that loses packets, at the preferred site (or
    /// the only registration there is); draw = [`moment`] of the first of them.
    LostHome = 40,
    /// The same of the second registration of a dual phone, at the peer site, and of probes home.
    LostPeer = 41,
    /// How long a slow registrar takes to answer, as above; draw = [`moment`] of the send.
    AnswerHome = 42,
    /// The same of the second registration of a dual phone, at the peer site, and of probes home.
    AnswerPeer = 43,
    /// The arrivals of one day of a queue, against the usual; draw = number of the day, from 0.
    DayFactor = 50,
    /// From one call of a queue to the next; draw = number of the caller, from 0, as in all that
    /// follow.
    CallGap = 51,
    /// The site at which a call comes in.
    CallEntry = 52,
    /// How long the agent talks.
    Handling = 53,
    /// Work after the call.
    AfterCall = 54,
    /// How long the caller waits.
    Patience = 55,
    /// Whether the caller waits at all.
    NeverWaits = 56,
    /// Whether the caller calls again.
    Redials = 57,
    /// How long that takes.
    RedialDelay = 58,
    /// Which outage of a log is drawn into a resample (replication = number of the resample);
    /// draw = place in the resample, from 0.
    Resample = 30,
}

/// The draw number of what happens at an instant, in nanoseconds: it depends on nothing that happened
/// before. Two instants have the same number as seldom as two random numbers of 32 bits.
#[must_use]
pub const fn moment(nanoseconds: i64) -> u32 {
    let mixed = (nanoseconds as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as u32
}

/// Who a value is drawn for: declaration ordinals, never names, so renaming changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entity(u64);

impl Entity {
    /// Target `target` of the fault declared at `ordinal`.
    #[must_use]
    pub const fn fault(ordinal: u32, target: u32) -> Self {
        Self(1 << 62 | (ordinal as u64) << 31 | target as u64)
    }

    /// The server pair declared at `ordinal`.
    #[must_use]
    pub const fn pair(ordinal: u32) -> Self {
        Self(2 << 62 | ordinal as u64)
    }

    /// Callers of the queue declared at `queue`, at their call number `attempt` (0: the first).
    #[must_use]
    pub const fn callers(queue: u32, attempt: u32) -> Self {
        Self(3 << 62 | (queue as u64) << 32 | attempt as u64)
    }

    /// Agent number `index` of the group declared at `group` (`index` below 2^31).
    #[must_use]
    pub const fn agent(group: u32, index: u32) -> Self {
        Self((group as u64) << 32 | index as u64)
    }
}

/// The random numbers of one replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RandomNumbers {
    /// The experiment's seed.
    pub seed: u64,
    /// The replication's index, from 0.
    pub replication: u64,
}

/// Words of one ChaCha block.
const BLOCK: u128 = 16;

impl RandomNumbers {
    /// The draw at an address. Costs nothing until a value is asked for, then one ChaCha8 key
    /// set-up; no allocation.
    #[must_use]
    pub const fn draw(&self, entity: Entity, purpose: Purpose, number: u32) -> Draw {
        Draw { random: *self, entity, purpose, number, later: Later::None }
    }

    /// The first uniforms of the draws `number .. number + N`, at the cost of little more than
    /// one: draw n's is the first value of block n, and blocks come in fours.
    #[must_use]
    pub fn uniforms<const N: usize>(
        &self,
        entity: Entity,
        purpose: Purpose,
        number: u32,
    ) -> [f64; N] {
        let mut generator = self.generator(entity, purpose);
        if number > 0 {
            generator.set_word_pos(u128::from(number) * BLOCK);
        }
        let mut blocks = [[0; BLOCK as usize * 4]; N];
        generator.fill_bytes(blocks.as_flattened_mut());
        blocks.map(|[a, b, c, d, e, f, g, h, ..]| {
            open_unit(u64::from_le_bytes([a, b, c, d, e, f, g, h]))
        })
    }

    fn generator(&self, entity: Entity, purpose: Purpose) -> ChaCha8Rng {
        let mut key = [0u8; 32];
        key[..8].copy_from_slice(&self.seed.to_le_bytes());
        key[8..16].copy_from_slice(&self.replication.to_le_bytes());
        key[16..24].copy_from_slice(&entity.0.to_le_bytes());
        key[24..28].copy_from_slice(&(purpose as u32).to_le_bytes());
        key[28..].copy_from_slice(b"swo1");
        ChaCha8Rng::from_seed(key)
    }
}

/// The values of one draw: a law that needs several uniforms (rejection) takes them in order.
///
/// The first is the first value of block `number` of the address's stream 0; those after it are
/// the values of stream `number + 1`, so no draw can run into another.
#[derive(Debug)]
pub struct Draw {
    random: RandomNumbers,
    entity: Entity,
    purpose: Purpose,
    number: u32,
    later: Later,
}

/// Where the values after the first come from.
#[derive(Debug)]
enum Later {
    /// Not even the first was asked for.
    None,
    /// Most laws need no more than the first.
    NotYet,
    /// The stream of this draw.
    Stream(Box<ChaCha8Rng>),
}

impl Draw {
    /// The next uniform of this draw, in the open interval (0, 1), with 53 bits.
    pub fn uniform(&mut self) -> f64 {
        match &mut self.later {
            Later::None => {
                self.later = Later::NotYet;
                let [first] = self.random.uniforms(self.entity, self.purpose, self.number);
                first
            }
            Later::NotYet => {
                let mut stream = self.random.generator(self.entity, self.purpose);
                stream.set_stream(u64::from(self.number) + 1);
                let value = open_unit(stream.next_u64());
                self.later = Later::Stream(Box::new(stream));
                value
            }
            Later::Stream(stream) => open_unit(stream.next_u64()),
        }
    }
}

/// Draws that one key set-up yields.
const TOGETHER: u32 = 4;

/// The first uniforms of four draws that follow each other, of one purpose: a memory of values that
/// are pure functions of their address.
#[derive(Clone, Copy, Debug)]
pub struct Four {
    /// Number of the first draw; `u32::MAX`: none is known.
    first: u32,
    values: [f64; TOGETHER as usize],
}

impl Four {
    /// Nothing is known.
    pub const NONE: Self = Self { first: u32::MAX, values: [0.0; TOGETHER as usize] };

    /// Nothing is known any more.
    pub const fn forget(&mut self) {
        self.first = u32::MAX;
    }

    /// The first uniform of a draw; `self` must always be of the same random numbers, entity and
    /// purpose.
    pub fn uniform(
        &mut self,
        random: &RandomNumbers,
        entity: Entity,
        purpose: Purpose,
        number: u32,
    ) -> f64 {
        let first = number / TOGETHER * TOGETHER;
        if self.first != first {
            *self = Self { first, values: random.uniforms(entity, purpose, first) };
        }
        self.values[(number - first) as usize]
    }
}

/// 53 bits as the middle of one of 2^53 equal cells of (0, 1).
fn open_unit(bits: u64) -> f64 {
    ((bits >> 11) as f64 + 0.5) * (1.0 / (1u64 << 53) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LUCK: RandomNumbers = RandomNumbers { seed: 7, replication: 3 };
    const WHO: Entity = Entity::agent(2, 5);

    #[test]
    fn uniforms_of_neighbouring_draws_are_those_of_the_draws() {
        let together: [f64; 6] = LUCK.uniforms(WHO, Purpose::Login, 3);
        for (number, value) in (3..).zip(together) {
            assert_eq!(LUCK.draw(WHO, Purpose::Login, number).uniform(), value);
        }
    }

    #[test]
    fn every_part_of_the_address_counts() {
        let value = |random: RandomNumbers, who, purpose, number| {
            random.draw(who, purpose, number).uniform()
        };
        let here = value(LUCK, WHO, Purpose::Login, 0);
        for there in [
            value(RandomNumbers { seed: 8, ..LUCK }, WHO, Purpose::Login, 0),
            value(RandomNumbers { replication: 4, ..LUCK }, WHO, Purpose::Login, 0),
            value(LUCK, Entity::agent(2, 6), Purpose::Login, 0),
            value(LUCK, Entity::agent(3, 5), Purpose::Login, 0),
            value(LUCK, WHO, Purpose::Ready, 0),
            value(LUCK, WHO, Purpose::Login, 1),
        ] {
            assert_ne!(here, there);
        }
    }

    #[test]
    fn later_values_of_a_draw_are_no_other_draw() {
        let mut draw = LUCK.draw(WHO, Purpose::Login, 0);
        let values: Vec<f64> = (0..40).map(|_| draw.uniform()).collect();
        let others: [f64; 40] = LUCK.uniforms(WHO, Purpose::Login, 1);
        assert!(others.iter().all(|other| !values.contains(other)));
    }

    #[test]
    fn the_stream_is_pinned() {
        let [first, second] = LUCK.uniforms(WHO, Purpose::Login, 0);
        assert_eq!(
            (first.to_bits(), second.to_bits()),
            (4_582_657_439_948_250_384, 4_605_029_403_141_890_284)
        );
    }
}
