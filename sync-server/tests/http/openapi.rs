//! `/openapi.json` and the health routes.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::common::TestServer;

#[tokio::test]
async fn openapi_document_lists_every_route() {
    let server = TestServer::start().await;
    let description: Value = server.get("/openapi.json", &[]).await.json();
    let paths: BTreeMap<String, BTreeMap<String, Value>> =
        serde_json::from_value(description["paths"].clone()).unwrap();
    let routes: Vec<String> = paths
        .iter()
        .flat_map(|(path, methods)| methods.keys().map(move |method| format!("{method} {path}")))
        .collect();
    assert_eq!(
        routes,
        [
            "get /healthz",
            "get /openapi.json",
            "get /readyz",
            "get /v1/council-keys",
            "post /v1/erase",
            "get /v1/events",
            "post /v1/invitations",
            "get /v1/packs/{hash}",
            "post /v1/pair",
            "get /v1/pairings",
            "post /v1/pairings/{code}",
            "get /v1/phones",
            "post /v1/phones/{phone}/confirm",
            "post /v1/phones/{phone}/revoke",
            "post /v1/phones/{phone}/veto",
            "get /v1/pictures/{hash}",
            "post /v1/sync",
        ]
    );
    let schemas = [
        "SyncRequest",
        "SyncResponse",
        "PairRequest",
        "PairProgress",
        "PairOffer",
        "PairResponse",
        "WaitingPhones",
        "PairingAnswer",
        "Invited",
        "PhoneList",
        "PairedPhone",
        "RevokeRequest",
        "EraseRequest",
        "Problem",
    ];
    for schema in schemas {
        assert!(description["components"]["schemas"][schema].is_object(), "{schema}");
    }
    for (path, methods) in &paths {
        for (method, route) in methods.iter().filter(|(_, route)| route["security"].is_array()) {
            let problem = &route["responses"]["401"]["content"]["application/problem+json"];
            assert!(
                problem.is_object(),
                "{method} {path} documents the response to a revoked phone"
            );
        }
    }
    assert_eq!(description["components"]["securitySchemes"]["token"]["scheme"], "bearer");
}

#[tokio::test]
async fn health_routes_answer_ok() {
    let server = TestServer::start().await;
    for path in ["/healthz", "/readyz"] {
        let response = server.get(path, &[]).await;
        assert_eq!((response.status, &*response.body), (200, &b"ok"[..]));
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(response.header("cache-control"), Some("no-store"));
    }
}
