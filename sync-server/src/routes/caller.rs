//! Who is calling: the token, and the address.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, header},
};

use crate::service::ServiceError;

/// The token of a request. Without one the phone is not paired.
pub(super) fn token(headers: &HeaderMap) -> Result<String, ServiceError> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, token) =
        value.and_then(|text| text.split_once(' ')).ok_or(ServiceError::NotPaired)?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    is_bearer.then(|| token.trim().to_owned()).ok_or(ServiceError::NotPaired)
}

/// The address a request comes from. Behind a proxy it is the last one that
/// `X-Forwarded-For` names: the proxy wrote that one itself.
pub(crate) fn address(request: &Request, behind_proxy: bool) -> IpAddr {
    let direct = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let direct = direct.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    if behind_proxy { forwarded(request.headers()).unwrap_or(direct) } else { direct }
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let values = headers.get_all("x-forwarded-for").iter().next_back()?;
    values.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}
