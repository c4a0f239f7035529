//! Explanations of the checks of switches, DNs, Places and agent logins. Texts only.

use super::Explanation;

/// V19-V24.
pub(super) const TABLE: &[Explanation] = &[
    Explanation {
        code: "V19",
        means: "The agents' Place has no DN on the switch of their preferred or of their peer site.",
        matters: "An agent logs in on a DN of the Place: without one at a site nobody can work \
                  there.",
        mend: "Add the DN of that site's switch to the Place.",
    },
    Explanation {
        code: "V20",
        means: "The DNs of one Place have different DR numbers on the two switches.",
        matters: "By the DR number both sites know that two DNs are the same agent. With \
                  different ones the peer delivers the agent's calls to nobody, or to another.",
        mend: "Set the same DR number at both DNs.",
    },
    Explanation {
        code: "V21",
        means: "A DN of one switch has no counterpart of its DR number (or number) on the peer's \
                switch, or one of another type.",
        matters: "The two sites of Business Continuity have to be mirrored: after a switchover the \
                  missing DN cannot be reached.",
        mend: "Add the DN to the other switch, with the same type, or remove it from this one.",
    },
    Explanation {
        code: "V22",
        means: "A Place has another number of DNs, or other media, at one switch than at the other.",
        matters: "After a switchover the agent has fewer channels than before, or others.",
        mend: "Make the Place identical at both sites.",
    },
    Explanation {
        code: "V23",
        means: "The agent login of a Person is not among the agent logins of one of the two \
                switches.",
        matters: "The agent cannot log in at that site: a switchover ends at the login.",
        mend: "Add the login ID to that switch, or correct it at the Person.",
    },
    Explanation {
        code: "V24",
        means: "Two Places hold the same DN of a switch, or two Persons have the same Place.",
        matters: "Both agents claim the same phone: the second login fails, or takes the calls of \
                  the first.",
        mend: "Give every agent a Place of its own, and every Place DNs of its own. All agents of an Agent Group \
               may share one Place in a scenario.",
    },
];
