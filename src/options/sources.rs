//! The texts that the catalogue's facts were read in. Nothing of them is copied here.

/// A text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// What it is, short.
    pub title: &'static str,
    /// Where it says so.
    pub place: &'static str,
}

macro_rules! source {
    ($name:ident, $title:literal, $place:literal) => {
        pub(super) const $name: Source = Source { title: $title, place: $place };
    };
}

source!(
    GUIDE,
    "Workspace Desktop Edition Deployment Guide, Business Continuity",
    "Genesys, edition of 2025-12-20"
);
source!(
    WORKSPACE_DR,
    "Workspace 8.5.1, Business Continuity",
    "docs.genesys.com/Documentation:IW:Dep:BusContDisRec:8.5.1"
);
source!(
    WARM_STANDBY,
    "Platform SDK, WarmStandby of the Java client library (the desktop uses its .NET sibling)",
    "docs.genesys.com/Documentation/PSDK/latest/Developer/WarmStandby"
);
source!(
    WORKSPACE_SIP,
    "Workspace, integration with Genesys 8",
    "docs.genesys.com/Documentation/IW/latest/Dep/InteractionWorkspaceAndGenesys8"
);
source!(
    WORKSPACE_ESERVICES,
    "Workspace, eServices Business Continuity",
    "docs.genesys.com/Documentation/IW/latest/Dep/eServicesDRandLBUCS91"
);
source!(
    WORKSPACE_LOAD,
    "Workspace, load balancing and clusters",
    "docs.genesys.com/Documentation/IW/latest/Dep/LoadBalancingClusters"
);
source!(
    ENDPOINT_NET,
    "SIP Endpoint SDK, configuring for .NET",
    "docs.genesys.com/Documentation/SESN/latest/Developer/ConfiguringforNET"
);
source!(
    ENDPOINT_PROXY,
    "SIP Endpoint SDK, SIP Proxy support",
    "docs.genesys.com/Documentation/SESN/latest/Deployment/SIPProxySupport"
);
source!(
    ADDP_HOST,
    "Framework, Host object, section addp",
    "docs.genesys.com/Documentation:FR:CORM:HostADDPSect:Current"
);
source!(
    SIP_BC_810,
    "SIP Server 8.1.0, options for Business Continuity",
    "docs.genesys.com/Documentation/SIPS/8.1.0/HADeployment/ConfOptionsforSIPBC"
);
source!(
    SIP_BC,
    "SIP Server, options for Business Continuity",
    "docs.genesys.com/Documentation/SIPS/latest/HADeployment/ConfOptionsforSIPBC"
);
source!(
    SIP_SHARED_LINE,
    "SIP Server 8.1.1, shared call appearance in Business Continuity",
    "docs.genesys.com/Documentation:SIPS:HADeployment:SCAinBC:8.1.1"
);
source!(
    SIP_HA,
    "SIP Server, options for high availability",
    "docs.genesys.com/Documentation/SIPS/latest/HADeployment/ConfOptionsHA"
);
source!(
    SIP_HA_OTHER,
    "SIP Server, other high-availability enhancements",
    "docs.genesys.com/Documentation/SIPS/latest/HADeployment/OtherSIPServerHAEnhancements"
);
source!(
    SIP_PROXY_HA,
    "SIP Server, high availability through SIP Proxy",
    "docs.genesys.com/Documentation/SIPS/latest/HADeployment/SIPProxyHA"
);
source!(
    SIP_OVERLOAD,
    "SIP Server, overload control",
    "docs.genesys.com/Documentation/SIPS/latest/Dep/OverloadCtrl"
);
source!(
    CONFIG_PROXY,
    "Framework, Configuration Server Proxy",
    "docs.genesys.com/Documentation/FR/Current/Dep/CSProxy"
);
source!(
    ENDPOINT_DR,
    "SIP Endpoint SDK 8.5.1, disaster recovery",
    "docs.genesys.com/Documentation/SESN/8.5.1/Developer/DisasterRecovery"
);
source!(
    AVAYA_J100,
    "Avaya J100, parameters for redundancy provisioning",
    "documentation.avaya.com; easymanua.ls/avaya/jem24/manual/1058005?p=183"
);
source!(AVAYA_IP_OFFICE, "Avaya B5800 Branch Gateway manual, p. 203", "Avaya");
source!(CISCO_SPA, "Cisco SPA 500 administration guide, p. 216, and ATA 192 guide, p. 41", "Cisco");
source!(YEALINK, "Yealink T40G manual, p. 242", "easymanua.ls/yealink/t40g/manual/289184?p=242");
source!(
    POLYCOM,
    "Polycom technical bulletin on fallback, p. 38, and SoundPoint administration guide of 2004, p. 115",
    "manualsbrain.com/en/manuals/779205/?page=38"
);
source!(
    AUDIOCODES,
    "AudioCodes Mediant 800 MSBR manual, p. 801",
    "easymanua.ls/audiocodes/media-800-msbr/manual?p=801"
);
source!(PANASONIC, "Panasonic KX-HDV230, p. 248, and KX-UT133, p. 216", "Panasonic");
source!(
    OPENSTAGE,
    "Unify OpenStage provisioning guide, p. 108, and V3R3 administration manual, p. 118",
    "Unify"
);
source!(
    RFC_TOO_BRIEF,
    "RFC 3261, sections 10.2.8 and 21.4.17 (423, Min-Expires)",
    "rfc-editor.org/rfc/rfc3261"
);
source!(RFC_GRANTED, "RFC 3261, section 10.3, step 7", "rfc-editor.org/rfc/rfc3261");
source!(RFC_AUTHENTICATION, "RFC 3261, section 22.2 (401)", "rfc-editor.org/rfc/rfc3261");
source!(RFC_UNAVAILABLE, "RFC 3261, section 21.5.4 (503)", "rfc-editor.org/rfc/rfc3261");
source!(
    RFC_RETRY_AFTER,
    "RFC 3261, sections 20.33 and 21.5.4 (Retry-After)",
    "rfc-editor.org/rfc/rfc3261"
);
source!(
    OPENSIPS,
    "OpenSIPS, parameter expires_max_deviation of its registrar",
    "github.com/OpenSIPS/opensips/commit/f301667b37fee847bd7e232a1064acb2adf13c25"
);
