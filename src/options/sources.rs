//! The texts that the catalogue's facts were read in. Nothing of them is copied here.

/// A text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// What it is, short.
    pub title: &'static str,
    /// Where it stands.
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
