//! Explanations of the checks of the agents' own options. Texts only.

use super::Explanation;

/// V01-V05.
pub(super) const SITES: &[Explanation] = &[
    Explanation {
        code: "V01",
        means: "`disaster-recovery.enabled` is true for these agents, but no level (Application, \
                Tenant, Agent Group, Person) gives them a `disaster-recovery.preferred-site`.",
        matters: "The desktop does not know which servers are its own, so it cannot notice that it \
                  lost them. Disaster recovery stays off for these agents.",
        mend: "Set the option to the `disaster-recovery.site` of the servers that the agents work \
               with when all is well.",
    },
    Explanation {
        code: "V02",
        means: "`disaster-recovery.enabled` is true for these agents, but no level gives them a \
                `disaster-recovery.peer-site`.",
        matters: "There is nowhere to switch over to. Disaster recovery stays off for these agents: \
                  they wait at their site until it is back.",
        mend: "Set the option to the `disaster-recovery.site` of the servers at the other site.",
    },
    Explanation {
        code: "V03",
        means: "The preferred and the peer site of these agents are the same, or differ by case or \
                by spaces around the name only.",
        matters: "A switchover would lead back to the site that was lost.",
        mend: "Name two different sites.",
    },
    Explanation {
        code: "V04",
        means: "No SIP Server object has the preferred site of these agents as its \
                `disaster-recovery.site`. Names are compared with their case.",
        matters: "The agents' own site cannot be matched with a server, so disaster recovery stays \
                  off for them.",
        mend: "Correct the name, or set `disaster-recovery.site` in the annex of the SIP Servers of \
               that site, primary and backup.",
    },
    Explanation {
        code: "V05",
        means: "No SIP Server object has the peer site of these agents as its \
                `disaster-recovery.site`. Names are compared with their case.",
        matters: "There is no server to switch over to, so disaster recovery stays off for these \
                  agents.",
        mend: "Correct the name, or set `disaster-recovery.site` in the annex of the SIP Servers of \
               the other site, primary and backup.",
    },
];

/// V29 and V30.
pub(super) const LEVELS: &[Explanation] = &[
    Explanation {
        code: "V29",
        means: "Disaster recovery is switched on at the Application, and switched off again at a \
                more specific level for some agents.",
        matters: "Part of the fleet stays where it is when a site is lost. That may be meant, for \
                  instance for agents without a second registration; it is easily forgotten.",
        mend: "Nothing, if it is meant. Else remove the more specific setting.",
    },
    Explanation {
        code: "V30",
        means: "A Person is in several Agent Groups that set an option differently, such as the \
                preferred or the peer site, and no setting at the Person decides.",
        matters: "Which group wins is not documented. The simulator takes the group that the Person \
                  is counted in; the product may take another.",
        mend: "Set the option at the Person, or let the groups agree.",
    },
];
