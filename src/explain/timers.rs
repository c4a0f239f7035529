//! Explanations of the checks of values, timers, capacity and spelling. Texts only.

use super::Explanation;

/// V25-V28.
pub(super) const FIRST: &[Explanation] = &[
    Explanation {
        code: "V25",
        means: "A vendor option has a value of the wrong type or outside its range, for instance a \
                timeout that is no positive integer.",
        matters: "The product falls back to the default and says nothing. The system then behaves \
                  otherwise than its configuration reads.",
        mend: "Write a valid value; `switchover options NAME` lists them. As a what-if a time may \
               also be a duration with a unit, or \"never\".",
    },
    Explanation {
        code: "V26",
        means: "`disaster-recovery.timeout` is not above the time that a failover inside the pair \
                may take for a desktop: the 95th percentile of the failover time after the loss of \
                a host (from the loss to the backup serving, so the management layer's own \
                detection is in it), plus the random delay before the first attempt, plus the \
                pause between two rounds.",
        matters: "Agents give up a site whose backup is about to serve: a needless switchover for \
                  everybody, and a restore after it.",
        mend: "Raise the timeout above the sum in the message, or shorten its terms: faster \
               failover, a smaller `warm-standby.reconnection-random-delay-range`, a smaller \
               Reconnect Timeout or `warm-standby.retry-delay`.",
    },
    Explanation {
        code: "V27",
        means: "`disaster-recovery.wait-for-sipphone-timeout` is shorter than one registration \
                cycle: a transaction that fails, and the pause until the next one.",
        matters: "A softphone that lost one REGISTER has no second attempt before its agent is sent \
                  to the other site.",
        mend: "Raise the timeout, or lower `sip_transaction_timeout` or `reg_interval`.",
    },
    Explanation {
        code: "V28",
        means: "`disaster-recovery.wait-for-sipphone-timeout` is longer than \
                `disaster-recovery.timeout`.",
        matters: "The phone's path is then slower than the servers': an agent whose phone is dead, \
                  but whose desktop is fine, stays and cannot take calls.",
        mend: "Nothing, if it is meant. Usually the phone timeout is the shorter one.",
    },
];

/// V40-V45.
pub(super) const LAST: &[Explanation] = &[
    Explanation {
        code: "V40",
        means: "A site is sized for fewer agents than prefer it or have it as peer, or for fewer \
                REGISTERs per second than its phones send.",
        matters: "In the disaster that the peer is there for it cannot carry everybody.",
        mend: "Raise `agent-capacity` or `register-capacity` if the site is in fact larger; else \
               size it so, spread the peers over more sites, or lengthen the expiry.",
    },
    Explanation {
        code: "V41",
        means: "`disaster-recovery.timeout` is below a minute, `disaster-recovery.auto-restore` is \
                true, and nothing holds agents back before they return.",
        matters: "About half of all outages of network links are over within a minute. With a flapping \
                  link the agents move to and fro, and lose two logins each time.",
        mend: "Raise the timeout, switch the automatic restore off, or try a hold-down as a what-if \
               (the product has none; other vendors use 2 to 10 minutes).",
    },
    Explanation {
        code: "V42",
        means: "A key is no option of the product, is in a section or at an object where it has \
                no effect, or has spaces around it; or a site name differs from another by case or \
                spaces only.",
        matters: "The product ignores what it does not know, silently. A slip in \
                  `disaster-recovery.*` leaves a default in force that nobody chose.",
        mend: "Take the spelling from the help, or from `switchover options`.",
    },
    Explanation {
        code: "V43",
        means: "`disaster-recovery.eservices-site` names a site without `eservices = true`.",
        matters: "Desktops would look for Interaction Server and Universal Contact Server where \
                  there are none. Those connections move only when an administrator edits this \
                  option.",
        mend: "Correct the name, or declare the site's eServices.",
    },
    Explanation {
        code: "V44",
        means: "All agents with disaster recovery have the same preferred and the same peer site.",
        matters: "The loss of the preferred site moves everybody at once: the peer takes the full \
                  storm of logins, and has been idle before, so nobody knows whether it works.",
        mend: "Nothing, if it is meant. Else let about half of the agents prefer the other site.",
    },
    Explanation {
        code: "V45",
        means: "The scenario sets vendor options that the simulator does not model, or that its \
                catalogue does not know.",
        matters: "They are accepted so that a configuration can be taken over as it is, but they \
                  change nothing in a simulation.",
        mend: "Nothing. `switchover options` lists what is modelled.",
    },
];
