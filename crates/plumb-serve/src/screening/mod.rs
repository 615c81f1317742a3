//! yente's API, so that its clients work unchanged: entities held against lists and against the case's own actors.
//!
//! Shapes, limits and defaults are those of yente 5.5; where its behaviour is a fault, `docs/api.md` says what is done here and why.

mod catalog;
mod dataset;
mod desk;
mod entity;
mod example;
mod explanation;
mod expression;
mod extend;
mod fault;
mod find;
mod gate;
mod labels;
mod matching;
mod neighbours;
mod page;
mod parameters;
mod reconcile;
mod result;
mod scorer;
mod search;
mod suggest;
mod trace;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use gate::{Gate, gate};

pub use dataset::Dataset;
pub use desk::{ScorerError, Screening};
pub use parameters::WARNING;

/// The routes of the API, to be served beside the workbench of a case.
pub(crate) fn beside_workbench(screening: Screening, port: u16) -> Router {
    shielded(routes().with_state(screening), port)
}

/// The routes of the API alone, reached on `port` of the loopback addresses.
pub fn screening_router(screening: Screening, port: u16) -> Router {
    let alone = Router::new()
        .route("/", get(catalog::front))
        .route("/healthz", get(catalog::health))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .fallback(async || fault::Fault::missing("Not Found"));
    shielded(routes().merge(alone).with_state(screening), port)
}

fn shielded(router: Router, port: u16) -> Router {
    // the gate has a limit of its own, twice that of the framework
    router.layer(DefaultBodyLimit::disable()).layer(from_fn_with_state(Gate::new(port), gate))
}

fn routes() -> Router<Screening> {
    Router::new()
        .route("/match/{dataset}", post(matching::answer))
        .route("/search/{dataset}", get(search::answer))
        .route("/entities/{id}", get(neighbours::one))
        .route("/entities/{id}/adjacent", get(neighbours::adjacent))
        .route("/entities/{id}/adjacent/{property}", get(neighbours::adjacent_by_property))
        .route("/reconcile/{dataset}", get(reconcile::manifest).post(reconcile::answer))
        .route("/reconcile/{dataset}/suggest/entity", get(suggest::entities))
        .route("/reconcile/{dataset}/suggest/property", get(suggest::properties))
        .route("/reconcile/{dataset}/suggest/type", get(suggest::types))
        .route("/reconcile/{dataset}/extend/property", get(extend::properties))
        .route("/catalog", get(catalog::catalog))
        .route("/manifest", get(catalog::catalog))
        .route("/algorithms", get(scorer::algorithms))
        .route("/readyz", get(catalog::ready))
        .route("/updatez", post(catalog::update))
        .route("/openapi.json", get(catalog::openapi))
}
