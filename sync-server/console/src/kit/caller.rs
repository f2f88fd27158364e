//! The client's address.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
};

/// Returns the address that a request comes from.
///
/// Behind a proxy it is the last address in `X-Forwarded-For`, because the proxy itself added that
/// one. The others may be forged.
pub fn address(request: &Request, behind_proxy: bool) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    if behind_proxy { forwarded(request.headers()).unwrap_or(peer) } else { peer }
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let values = headers.get_all("x-forwarded-for").iter().next_back()?;
    values.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}
