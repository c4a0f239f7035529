//! Explanations of the checks of server objects and of their names. Texts only.

use super::Explanation;

/// V06-V18.
pub(super) const TABLE: &[Explanation] = &[
    Explanation {
        code: "V06",
        means: "The scenario has Stat Servers, but none with the agents' preferred site.",
        matters: "The desktop shows no statistics there. Voice is not touched, for a Stat Server is \
                  optional.",
        mend: "Set `disaster-recovery.site` at the Stat Server of that site, or add one.",
    },
    Explanation {
        code: "V07",
        means: "The scenario has Stat Servers, but none with the agents' peer site.",
        matters: "After a switchover the desktop shows no statistics, and a lost Stat Server \
                  connection has nowhere to move.",
        mend: "Set `disaster-recovery.site` at the Stat Server of that site, or add one.",
    },
    Explanation {
        code: "V08",
        means: "The scenario has Configuration Servers or proxies, but none with the agents' \
                preferred site.",
        matters: "At their own site the agents depend on a configuration connection to somewhere \
                  else.",
        mend: "Set `disaster-recovery.site` at the Configuration Server Proxy of that site, or add \
               one.",
    },
    Explanation {
        code: "V09",
        means: "The scenario has Configuration Servers or proxies, but none with the agents' peer \
                site.",
        matters: "The vendor asks for one at both sites, so disaster recovery is off for these agents. \
                  Whether a login there does without it is the policy `login-needs`: with the default, \
                  `[\"sip\"]`, it does; with `[\"sip\", \"config\"]` nobody could log in there.",
        mend: "Set `disaster-recovery.site` at the Configuration Server Proxy of the peer site, or \
               add one.",
    },
    Explanation {
        code: "V10",
        means: "A server object has no `disaster-recovery.site` in its annex, although disaster \
                recovery is on for some agents.",
        matters: "Disaster recovery is off on every connection to that server. A backup without it \
                  takes it away as soon as it takes over.",
        mend: "Set `disaster-recovery.site` in the section `interaction-workspace` of the server's \
               annex. The object of the Configuration Server Proxy needs it too.",
    },
    Explanation {
        code: "V11",
        means: "The primary and the backup of one pair have different values of \
                `disaster-recovery.site`.",
        matters: "A pair belongs to one site. After a failover the desktop would be at another site without a switchover.",
        mend: "Give both members the same value.",
    },
    Explanation {
        code: "V12",
        means: "A primary server object names no backup, so it is no HA pair.",
        matters: "Business Continuity is built of pairs: without a backup every loss of the process \
                  becomes a switchover of all its agents.",
        mend: "Declare a backup server on another host and name it in `backup`.",
    },
    Explanation {
        code: "V13",
        means: "A backup is on the host of its primary, is the backup of two primaries, or is \
                itself a primary with a backup.",
        matters: "One fault takes both members, or one backup has to serve two roles.",
        mend: "Give every primary a backup object of its own, on a host of its own.",
    },
    Explanation {
        code: "V14",
        means: "There are more than two linked SIP Server pairs, and one of them has no \
                `disaster-recovery.name`.",
        matters: "Without a name it falls into the group `default`. With more than two pairs the \
                  desktop cannot determine which pair is the peer of which.",
        mend: "Give each two peers a name of their own, the same at both primaries.",
    },
    Explanation {
        code: "V15",
        means: "A `disaster-recovery.name` is borne by one SIP Server pair only.",
        matters: "The pair has no peer, so its agents have nowhere to go.",
        mend: "Give its peer at the other site the same name; look for a slip in one of them.",
    },
    Explanation {
        code: "V16",
        means: "A `disaster-recovery.name` is borne by more than two SIP Server pairs, or by two at \
                the same site.",
        matters: "The peer of a pair is not defined.",
        mend: "A name belongs to exactly two pairs, at two sites.",
    },
    Explanation {
        code: "V17",
        means: "The pair that the agents work with has a peer by its `disaster-recovery.name`, but \
                that peer is not at the agents' peer site.",
        matters: "The agents' options and the servers' names lead to different places.",
        mend: "Correct the peer site of the agents, or the names of the pairs.",
    },
    Explanation {
        code: "V18",
        means: "There are exactly two linked SIP Server pairs, and their names differ.",
        matters: "With two pairs the name is optional, but if it is set it must be the same: as it \
                  is, neither pair has a peer.",
        mend: "Use one name for both, or remove it from both.",
    },
];
