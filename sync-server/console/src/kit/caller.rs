//! The address a request comes from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
};

/// The address a request comes from. Behind a proxy it is the last one that
/// `X-Forwarded-For` names: the proxy wrote that one itself.
pub fn address(request: &Request, behind_proxy: bool) -> IpAddr {
    let direct = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let direct = direct.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    if behind_proxy { forwarded(request.headers()).unwrap_or(direct) } else { direct }
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let values = headers.get_all("x-forwarded-for").iter().next_back()?;
    values.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}
