//! Explanations of the checks of trunks, keep-alive and the SIP endpoint. Texts only.

use super::Explanation;

/// V31-V39.
pub(super) const TABLE: &[Explanation] = &[
    Explanation {
        code: "V31",
        means: "A SIP Server of two peers has no `dr-peer-trunk`, its trunk is not on its switch, \
                or the contact of the trunk is no address of the peer. It is checked if the \
                scenario declares any such trunk.",
        matters: "The peers cannot hand calls to each other: calls do not follow the agents to the \
                  other site.",
        mend: "Set `dr-peer-trunk` at both peers to a Trunk DN whose contact is the other one.",
    },
    Explanation {
        code: "V32",
        means: "`dr-forward` is off at both peers, and the agents' phones hold one registration \
                only.",
        matters: "When a phone has moved to the other site, calls that arrive at the first are \
                  delivered to an endpoint that is gone.",
        mend: "Set `dr-forward = \"oos\"` at both peers, or register phones at both sites.",
    },
    Explanation {
        code: "V33",
        means: "`dr-forward` differs between two peers, or is `no-agent` although the phones are no \
                desk phones with one registration that moves.",
        matters: "Calls are treated differently depending on where they arrive; `no-agent` is meant \
                  for ALU 4000 phones only.",
        mend: "Set the same value at both, usually `oos`.",
    },
    Explanation {
        code: "V34",
        means: "ADDP is switched off on the connections of the desktop.",
        matters: "The silent death of a host or a path is found by TCP only, which takes about 15 \
                  minutes. No timeout starts before that.",
        mend: "Switch ADDP on, with 10 s or more where the network delays messages.",
    },
    Explanation {
        code: "V35",
        means: "Only one of `sipendpoint.sbc-register-address` and its `.peer` is set.",
        matters: "The endpoint registers at one site only, so it has no phone at the other one when \
                  the desktop gets there.",
        mend: "Set both, or none.",
    },
    Explanation {
        code: "V36",
        means: "The register address is a DNS SRV domain and its port is not 0, or it is a host and \
                its port is 0.",
        matters: "DNS names the port of an SRV domain; a port of 0 says so. Otherwise the endpoint \
                  looks for a host or a port that does not exist, and never registers.",
        mend: "Set the port to 0 with an SRV domain (one that begins with `_sip`), and to a real \
               port with a host.",
    },
    Explanation {
        code: "V37",
        means: "`reg_timeout` is empty, 0 or no number.",
        matters: "The endpoint then runs alone and never registers, so the phone timer would always \
                  fire. Disaster recovery is off for these agents.",
        mend: "Set the expiry in seconds, such as 1800.",
    },
    Explanation {
        code: "V38",
        means: "As V27, where the transaction timeout of the softphone alone is longer than \
                `disaster-recovery.wait-for-sipphone-timeout`. The defaults of the SDK (32 s) and of \
                the desktop (30 s) are so.",
        matters: "The timer fires while the second REGISTER is still under way: the agent is sent to the \
                  other site although that REGISTER may succeed.",
        mend: "Set `sip_transaction_timeout = 4000`, which the vendor recommends, and `reg_interval` \
               below the phone timeout, or raise the phone timeout. A phone type that sets \
               `transaction-timeout` or `retry` decides instead of these options.",
    },
    Explanation {
        code: "V39",
        means: "`reg_interval` is 0 and the softphone uses UDP.",
        matters: "The endpoint then never registers at another proxy after a failure. With TCP it \
                  does so at once.",
        mend: "Set `reg_interval` to some seconds, such as 30, or use TCP.",
    },
];
