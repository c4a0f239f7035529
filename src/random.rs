//! Randomness with an address: seed x replication x entity x purpose x draw number -> value.
//!
//! Nothing here is a stream that somebody else could advance: every value is a pure function of
//! its address (ChaCha with eight rounds, used as a counter-based generator), so adding an agent,
//! changing a timeout or switching tracing on changes nobody else's luck.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

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
    /// RFC 5626 back-off of the registration at the preferred site (or the only one there is);
    /// draw = number of the failed transaction that led to a wait, from 0.
    BackoffHome = 19,
    /// RFC 5626 back-off of the second registration of a dual phone, at the peer site.
    BackoffPeer = 20,
    /// Restore jitter (what-if); draw = number of the restore decision, from 0.
    RestoreJitter = 21,
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

    /// Agent number `index` of the group declared at `group` (`index` below 2^31).
    #[must_use]
    pub const fn agent(group: u32, index: u32) -> Self {
        Self((group as u64) << 32 | index as u64)
    }
}

/// The luck of one replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Luck {
    /// The experiment's seed.
    pub seed: u64,
    /// The replication's index, from 0.
    pub replication: u64,
}

impl Luck {
    /// The draw at an address. Costs one ChaCha8 key set-up; no allocation.
    #[must_use]
    pub fn draw(&self, entity: Entity, purpose: Purpose, number: u32) -> Draw {
        let mut key = [0u8; 32];
        key[..8].copy_from_slice(&self.seed.to_le_bytes());
        key[8..16].copy_from_slice(&self.replication.to_le_bytes());
        key[16..24].copy_from_slice(&entity.0.to_le_bytes());
        key[24..28].copy_from_slice(&(purpose as u32).to_le_bytes());
        key[28..].copy_from_slice(b"swo1");
        let mut generator = ChaCha8Rng::from_seed(key);
        generator.set_stream(u64::from(number));
        Draw { generator }
    }
}

/// The values of one draw: a law that needs several uniforms (rejection) takes them in order.
#[derive(Clone, Debug)]
pub struct Draw {
    generator: ChaCha8Rng,
}

impl Draw {
    /// The next uniform of this draw, in the open interval (0, 1), with 53 bits.
    pub fn uniform(&mut self) -> f64 {
        let bits = self.generator.next_u64() >> 11;
        (bits as f64 + 0.5) * (1.0 / (1u64 << 53) as f64)
    }
}
