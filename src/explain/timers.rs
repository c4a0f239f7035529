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
        means: "More than 5 of 100 agents leave their preferred site before the backup of their SIP \
                Server pair serves them. The timeline is that of the model: the loss is noticed (of \
                a process at once, of a host after the keep-alive), a random delay, a round of \
                attempts, then rounds one retry delay apart; the DR timer starts as the policy \
                `dr-timer-starts` says. Looked at are the losses that the scenario's faults bring \
                about at that pair, of a process, a host or both; without any fault, both.",
        matters: "These agents give up a site whose backup is about to serve: a move and a login, and \
                  another login after the restore. Whether that is worse than to wait depends on the \
                  failover time: the message gives the mean downtime of both, login queues \
                  included. Lost phones and further faults are left out.",
        mend: "If waiting is cheaper, raise the timeout to the length in the help. If leaving is \
               cheaper, it is a trade-off: a longer timeout saves moves and logins, but no downtime; \
               a faster failover, or a shorter retry delay, saves both.",
    },
    Explanation {
        code: "V27",
        means: "`disaster-recovery.wait-for-sipphone-timeout`, which runs from the failure of a \
                REGISTER, is shorter than the wait until the next one and the time in which that one \
                may succeed.",
        matters: "A softphone that lost one REGISTER has no whole second attempt before its agent is \
                  sent to the other site.",
        mend: "Raise the timeout to the sum in the message, or lower `sip_transaction_timeout` or \
               `reg_interval`; a phone type that sets `transaction-timeout` or `retry` decides \
               instead of these.",
    },
    Explanation {
        code: "V28",
        means: "`disaster-recovery.wait-for-sipphone-timeout` is longer than the time that agents \
                stay at a site that is lost: `disaster-recovery.timeout` and, with the policy \
                `pair-lost`, the first round of attempts at silent servers. Both are counted from \
                the noticing.",
        matters: "The phone's path is then slower than the servers': an agent whose phone is dead, \
                  but whose desktop is fine, stays and cannot take calls.",
        mend: "Nothing, if it is meant. Usually the phone timeout is the shorter one.",
    },
];

/// V40-V54.
pub(super) const LAST: &[Explanation] = &[
    Explanation {
        code: "V40",
        means: "A site is sized for fewer agents than prefer it or have it as peer, or for fewer \
                REGISTERs per second than its phones send. In answers: more came in the run than that.",
        matters: "In the disaster that the peer is there for it cannot carry everybody.",
        mend: "Raise `agent-capacity` or `register-capacity` if the site is in fact larger; else \
               size it so, spread the peers over more sites, or lengthen the expiry.",
    },
    Explanation {
        code: "V41",
        means: "At least 5 of 100 agents leave because of a cut of their path of a minute (keep-alive, \
                with the policy `pair-lost` a round of attempts, then `disaster-recovery.timeout`), or \
                of a cut as long as a flapping fault of the scenario repeats; and they return \
                at once: `disaster-recovery.auto-restore` is true, without a window and without a \
                `hold-down` as long as that.",
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
    Explanation {
        code: "V46",
        means: "Options of `disaster-recovery` are set, but `disaster-recovery.enabled` at no level.",
        matters: "It is false by default. Nobody switches over, and the other options have no effect.",
        mend: "Set `disaster-recovery.enabled = true`; or `false`, if it is off on purpose.",
    },
    Explanation {
        code: "V47",
        means: "`disaster-recovery.timeout` is as long as the run, or longer.",
        matters: "The timer never fires: agents leave only because of their phone, or not at all. \
                  The option is in seconds; milliseconds make a minute of it 16 hours.",
        mend: "Set it in seconds, such as 60, or lengthen the `horizon`. A what-if without the timer \
               says \"never\".",
    },
    Explanation {
        code: "V48",
        means: "The NAT or firewall of a location (`nat-timeout`) forgets a UDP session sooner than the phones there \
                send something again: at each refresh, or every `keep-alive`.",
        matters: "From the timeout to the next message a call does not get through to the phone, although it is \
                  registered. The finding says for which share of the time it can be called. It is not simulated: \
                  in a run these phones can always be called.",
        mend: "Set `keep-alive` of the phone type below the timeout, shorten the expiry, or use TCP.",
    },
    Explanation {
        code: "V49",
        means: "All phones that may register at a SIP Server pair, once nobody answers them, send more messages per second than \
                its registrar serves (`capacity` of the site, for each of its pairs), and messages may wait long beside the time in which a phone waits for an answer: `queue-limit` is \
                absent, or large.",
        matters: "A registrar that is far behind serves what its phone has given up already, and the phone sends \
                  again: such a storm may keep itself alive for ever. A run of it takes long; it ends with S021 when \
                  30 million messages wait or have waited in vain; phones that follow their desktops make it longer still. Whether a storm gets that far depends on what \
                  sets it off.",
        mend: "Set `queue-limit` to at most what is served in an eighth of the time in which a phone waits for an answer: its later \
               messages have less and less time left. Or make `capacity` or the phones' `retry` larger. Phones that spread (a law for \
               `retry`) come in less often together.",
    },
    Explanation {
        code: "V50",
        means: "Phones have a `retry-limit`, but that number of retries takes longer than the run: the waits between them add up, and \
                with back-off they double.",
        matters: "No phone ever gives up in such a run, so the limit changes nothing in it. What happens when \
                  phones give up is not seen.",
        mend: "Make the limit smaller, the waits shorter or the `horizon` longer; or leave the limit out.",
    },
    Explanation {
        code: "V51",
        means: "Phones refresh by the expiry that they asked for (`refresh-of = \"asked\"`), and the registrar of one of their \
                sites grants less (`expires-max`, or `expires-deviation`): the refresh is due after the binding has ended.",
        matters: "From the end of the binding to the refresh no call gets through, again and again, without any fault. \
                  Each gap is an outage in the results, and each is simulated: a run costs two state changes and a \
                  REGISTER for each phone and refresh, and grows with the `horizon`.",
        mend: "If the phones have no such fault, leave `refresh-of` out. If they have it, ask for no more than the \
               registrar grants (`expiry`), as one would with the real phones.",
    },
    Explanation {
        code: "V52",
        means: "In quiet time, all phones of a SIP Server pair together send more messages to refresh their registrations than its \
                registrar serves (`capacity` of the site, for each of its pairs).",
        matters: "Such a registrar is never idle, fault or no fault. Refreshes that nothing disturbs are not simulated as messages: \
                  they take nothing from `capacity`, so a run would show phones in service that cannot be.",
        mend: "Make `capacity` larger than the number in the message, or the expiry longer. To see what such a registrar does, \
               set `refreshes = \"all\"`: then each refresh is a message.",
    },
    Explanation {
        code: "V53",
        means: "A fault gives a path a `delay` that is longer than the ADDP timeout and than the connect timeout: desktops lose their \
                connections over it, cannot connect again and leave. With `disaster-recovery.auto-restore` they then probe their \
                preferred site. A probe of the simulator takes no time and sees no delay, and a restore connects at once.",
        matters: "For as long as the fault lasts agents come home, lose the connection again and leave again, two logins each time. \
                  No document says what the probes of the product do on such a path. A run shows the worst that they can do.",
        mend: "To see the best, take the path down on its `cti` plane for as long (`target = \"path LOCATION-SITE cti\"`, without a \
               `delay`): then probes fail until it is over. Plan for what lies between the two. `hold-down` changes nothing here, since all probes succeed.",
    },
    Explanation {
        code: "V54",
        means: "Several groups with agents serve a queue, and its `groups` is absent: they serve in the order in which the scenario \
                declares them. A call takes an agent of the first group that has an idle one, the one that is idle longest; it comes \
                to the next group only while all of the first talk or are out.",
        matters: "Agents of the first group take most calls, and those of the last wait. So a fault that takes the first group cuts \
                  off more calls than one that takes the last: the same centre, with its groups in another order, may lose twice as \
                  many calls.",
        mend: "Write `groups` in the order in which the routing of the product asks for them. No two groups are equal; agents who share \
               all calls alike belong in one group (options may be set for single Persons of it). If the order does not matter to \
               you, run both orders and compare.",
    },
];
