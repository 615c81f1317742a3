-- Views that join the names, for readers who want to see words instead of keys.

CREATE VIEW claims_with_names AS
SELECT claims.id, measures.label AS measure, places.name AS place, claims.period, claims.figure, claims.low, claims.best,
  claims.high, claims.unit, claims.qualifier, claims.population, claims.subject, claims.said_by, origins.name AS origin,
  sources.publisher, sources.title, sources.date AS published, sources.url, claims.locator, claims.quote, claims.status,
  claims.repeats, claims.note
FROM claims
LEFT JOIN measures ON measures.id = claims.measure
LEFT JOIN places ON places.id = claims.place
LEFT JOIN origins ON origins.id = claims.origin
LEFT JOIN sources ON sources.id = claims.source
ORDER BY measures.label, places.name, claims.period_end, claims.id;

CREATE VIEW observations_with_names AS
SELECT observations.id, measures.label AS series, places.name AS place, observations.period, observations.figure,
  observations.best, observations.unit, observations.said_by, sources.publisher, sources.title, sources.url,
  observations.status, observations.note
FROM observations
LEFT JOIN measures ON measures.id = observations.series
LEFT JOIN places ON places.id = observations.place
LEFT JOIN sources ON sources.id = observations.source
ORDER BY measures.label, places.name, observations.period_start, observations.id;

CREATE VIEW actors_with_names AS
SELECT actors.id, actors.name, actors.schema, places.name AS country, actors.role, actors.status, actors.designated,
  (SELECT group_concat(alias, '; ') FROM (SELECT alias FROM actor_aliases WHERE actor = actors.id ORDER BY position)) AS aliases,
  (SELECT group_concat(list, '; ') FROM (SELECT list FROM actor_lists WHERE actor = actors.id ORDER BY position)) AS lists,
  actors.reason, sources.publisher, sources.title, sources.url
FROM actors
LEFT JOIN places ON places.id = actors.country
LEFT JOIN sources ON sources.id = actors.source
ORDER BY actors.name, actors.id;

CREATE VIEW links_with_names AS
SELECT links.id, links.from_name, relations.verb, links.to_name, links.period, links.basis, sources.publisher, sources.title,
  sources.url, links.note
FROM links
LEFT JOIN relations ON relations.id = links.relation
LEFT JOIN sources ON sources.id = links.source
ORDER BY links.from_name, links.id;

CREATE VIEW standings_with_names AS
SELECT standings.key, duties.instrument, duties.paragraph, duties.duty, duties.deadline, places.name AS bearer,
  standings.standing
FROM standings
LEFT JOIN duties ON duties.id = standings.duty
LEFT JOIN places ON places.id = standings.bearer
ORDER BY duties.deadline_end, duties.id, places.name;

CREATE VIEW contradictions_with_claims AS
SELECT contradictions.key, measures.label AS measure, places.name AS place, contradictions.period, contradictions.factor,
  claims.id AS claim, claims.figure, claims.said_by, origins.name AS origin, sources.publisher, sources.url
FROM contradictions
JOIN contradiction_claims ON contradiction_claims.contradiction = contradictions.key
JOIN claims ON claims.id = contradiction_claims.claim
LEFT JOIN measures ON measures.id = contradictions.measure
LEFT JOIN places ON places.id = contradictions.place
LEFT JOIN origins ON origins.id = claims.origin
LEFT JOIN sources ON sources.id = claims.source
ORDER BY contradictions.rowid, contradiction_claims.position;

CREATE VIEW statements_with_sources AS
SELECT statements.id, statements.subject_kind, statements.subject, statements.property, statements.value, statements.period,
  statements.said_by, sources.publisher, sources.title, sources.url, statements.locator, statements.quote
FROM statements
LEFT JOIN sources ON sources.id = statements.source
ORDER BY statements.rowid;
