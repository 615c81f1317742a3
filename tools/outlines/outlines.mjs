// Makes crates/plumb-page/data/map/{world,russia}.tsv from Natural Earth outlines, as two npm packages carry them.
// Run it through ./make; the same packages give the same bytes. What it decides, and why, is in
// crates/plumb-page/data/map/README.md.

import { readFileSync, writeFileSync } from 'node:fs';
import { feature, merge } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, simplify, sphericalTriangleArea } from 'topojson-simplify';
import polylabel from 'polylabel';

const outDirectory = new URL('../../crates/plumb-page/data/map/', import.meta.url);
const earthRadius = 6371; // km

const readJson = (path) => JSON.parse(readFileSync(new URL(`node_modules/${path}`, import.meta.url), 'utf8'));

// ---- reading -------------------------------------------------------------------------------------------------------

/** A geometry as a list of polygons, each a list of rings. */
const polygonsOf = ({ type, coordinates }) => (type === 'Polygon' ? [coordinates] : coordinates);

/** The countries of Natural Earth 1:50m as `{ code, polygons }`, keyed as ISO 3166-1 keys them. */
function readWorld() {
  const atlas = readJson('world-atlas/countries-50m.json');
  const alpha2 = new Map(readJson('i18n-iso-countries/codes.json').map(([two, , numeric]) => [numeric, two]));
  const pieces = feature(atlas, atlas.objects.countries).features.flatMap(({ id, properties, geometry }) => {
    const code = id === undefined ? withoutIso[properties.name] : alpha2.get(id);
    if (code === undefined) throw new Error(`no code for ${properties.name}`);
    return polygonsOf(geometry).map((polygon) => ({ code: owner(code, polygon), polygon: unwrap(polygon) }));
  });
  return pieces.filter(({ code }) => code !== null && code !== 'AQ');
}

/** What Natural Earth draws apart without an ISO number. `null`: left out. `-`: land that no ISO code covers. */
const withoutIso = {
  Somaliland: 'SO',
  'N. Cyprus': 'CY',
  Kosovo: 'XK', // no ISO code; XK is the user-assigned one that the EU and others use
  'Siachen Glacier': '-',
  'Indian Ocean Ter.': null, // Christmas and the Cocos Islands, under 150 km² together
};

/** ISO 3166-2 lists Crimea and Sevastopol under Ukraine (UA-43, UA-40); Natural Earth draws them with Russia. */
const owner = (code, polygon) => (code === 'RU' && contains(polygon[0], [34.2, 45.2]) ? 'UA' : code);

/** Longitudes go on beyond 180° where a ring crosses it, so that no ring jumps across the map. */
const unwrap = (polygon) => polygon.map((ring) => {
  let turn = 0;
  return ring.map(([longitude, latitude], i) => {
    const step = i === 0 ? 0 : longitude - ring[i - 1][0];
    turn -= Math.abs(step) > 180 ? Math.sign(step) * 360 : 0;
    return [longitude + turn, latitude];
  });
});

/** Russia's federal subjects of Natural Earth 1:10m, keyed as ISO 3166-2 keys them, and the countries around them. */
function readRussia() {
  const { features } = readJson('country-map/lib/countries/russia.geojson');
  const named = features.filter(({ properties }) => properties.NAME_1 !== null); // all but one islet
  const subjects = snapSeam(named.flatMap(({ properties, geometry }) =>
    polygonsOf(geometry).map((polygon) => ({ code: mended[properties.NAME_1] ?? properties.ISO, polygon }))));
  return [...mendBorders(subjects), ...readNeighbours(subjects)];
}

const mended = {
  // The package has the codes of Moscow (RU-MOW) and the region around it (RU-MOS) the wrong way round.
  Moskva: 'RU-MOW',
  Moskovsskaya: 'RU-MOS',
  // ISO 3166-2 lists both under Ukraine.
  Crimea: 'UA',
  Sevastopol: 'UA',
};

/** The two halves of Chukotka differ by a hundred metres where they meet at 180°: the eastern takes the western's ends. */
function snapSeam(pieces) {
  const onSeam = ([longitude]) => Math.abs(longitude - 180) < 1e-9;
  const eastern = ({ polygon }) => polygon[0].every(([longitude]) => longitude > 180 - 1e-9);
  const western = pieces.filter((piece) => !eastern(piece)).flatMap(({ polygon }) => polygon[0].filter(onSeam));
  const snap = (point) => {
    const near = onSeam(point) && western.find(([, latitude]) => Math.abs(latitude - point[1]) < 0.01);
    return near || point;
  };
  return pieces.map((piece) => (eastern(piece) ? { ...piece, polygon: piece.polygon.map((ring) => ring.map(snap)) } : piece));
}

/**
 * The package has thinned each subject by itself, so that the two sides of a border keep different vertices of it. Each
 * side gets the other's back: what lies within `near` degrees of an edge was once on it.
 */
function mendBorders(pieces) {
  const near = 0.03;
  const cellOf = (value) => Math.floor(value / near);
  const cells = new Map();
  for (const point of pieces.flatMap(({ polygon }) => polygon.flat())) {
    const cell = String(point.map(cellOf));
    cells.set(cell, (cells.get(cell) ?? new Map()).set(String(point), point));
  }
  const closeTo = ([ax, ay], [bx, by]) => {
    const found = [];
    for (let x = cellOf(Math.min(ax, bx) - near); x <= cellOf(Math.max(ax, bx) + near); x += 1) {
      for (let y = cellOf(Math.min(ay, by) - near); y <= cellOf(Math.max(ay, by) + near); y += 1) {
        found.push(...(cells.get(`${x},${y}`)?.values() ?? []));
      }
    }
    return found;
  };
  const mend = (ring) => {
    const own = new Set(ring.map(String));
    return ring.flatMap((end, i) => {
      if (i === 0) return [end];
      const placed = closeTo(ring[i - 1], end).filter((point) => !own.has(String(point))).map((point) => [along(ring[i - 1], end, point), point]);
      const on = placed.filter(([{ share, distance }]) => share > 0 && share < 1 && distance < near);
      return [...on.sort(([a], [b]) => a.share - b.share).map(([, point]) => point), end];
    });
  };
  return pieces.map(({ code, polygon }) => ({ code, polygon: polygon.map(mend) }));
}

/** How far along an edge, as a share of it, and how far beside it a point lies. */
function along([ax, ay], [bx, by], [x, y]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = Math.hypot(dx, dy);
  return { share: ((x - ax) * dx + (y - ay) * dy) / length ** 2, distance: Math.abs((x - ax) * dy - (y - ay) * dx) / length };
}

/**
 * The countries around Russia, cut to what its map can show. The package has thinned Natural Earth's 1:10m outlines of
 * the subjects; a border with Russia loses the same vertices here, so that it stays one line.
 */
function readNeighbours(subjects) {
  const atlas = readJson('world-atlas/countries-10m.json');
  const countries = feature(atlas, atlas.objects.countries).features;
  const russian = new Set(countries.filter(({ id }) => id === '643').flatMap(({ geometry }) => polygonsOf(geometry).flat(2).map(String)));
  const thinned = grid(subjects.flatMap(({ polygon }) => polygon.flat()));
  const thin = (point) => (russian.has(String(point)) ? thinned(point) : point);
  return countries.flatMap(({ id, geometry }) => {
    const code = around[id];
    if (code === undefined) return [];
    const polygons = polygonsOf(geometry).map((polygon) => [closed(cut(polygon[0].slice(0, -1).map(thin).filter(Boolean)))]);
    return polygons.filter(([ring]) => ring.length > 3).map((polygon) => ({ code, polygon }));
  });
}

/** ISO numbers and codes of the countries that the map of Russia shows. */
const around = {
  '004': 'AF', '031': 'AZ', '051': 'AM', 100: 'BG', 112: 'BY', 156: 'CN', 203: 'CZ', 208: 'DK', 233: 'EE', 246: 'FI', 268: 'GE', 276: 'DE',
  348: 'HU', 364: 'IR', 368: 'IQ', 392: 'JP', 398: 'KZ', 408: 'KP', 410: 'KR', 417: 'KG', 428: 'LV', 440: 'LT', 496: 'MN', 498: 'MD',
  578: 'NO', 616: 'PL', 642: 'RO', 688: 'RS', 703: 'SK', 752: 'SE', 760: 'SY', 762: 'TJ', 792: 'TR', 795: 'TM', 804: 'UA', 860: 'UZ',
};

/** Finds which of the points lies within 300 m of another. */
function grid(points) {
  const cell = ([longitude, latitude]) => [Math.round(longitude * 300), Math.round(latitude * 300)];
  const cells = new Map(points.map((point) => [String(cell(point)), point]));
  return (point) => {
    const [x, y] = cell(point);
    for (const dx of [0, -1, 1]) for (const dy of [0, -1, 1]) {
      const near = cells.get(String([x + dx, y + dy]));
      if (near) return near;
    }
    return undefined;
  };
}

/** What of a ring lies east of Greenwich and north of 29° (Sutherland and Hodgman 1974). */
function cut(ring) {
  const sides = [[0, 0], [1, 29]];
  return sides.reduce((points, [axis, limit]) => points.flatMap((point, i) => {
    const before = points.at(i - 1);
    const crosses = before[axis] < limit !== point[axis] < limit;
    const share = (limit - before[axis]) / (point[axis] - before[axis]);
    const crossing = crosses ? [before.map((value, k) => value + share * (point[k] - value))] : [];
    return point[axis] < limit ? crossing : [...crossing, point];
  }), ring);
}

/** A ring with its first point again at its end, as GeoJSON wants it. */
const closed = (points) => (points.length === 0 ? [] : [...points, points[0]]);

// ---- reducing ------------------------------------------------------------------------------------------------------

/** Pieces grown together by code, in the order of the codes; borders inside a code are gone, shared ones stay shared. */
function dissolve(pieces) {
  const topo = topology({ pieces: collection(pieces.map(({ code, polygon }) => [code, { type: 'Polygon', coordinates: polygon }])) });
  const codes = [...new Set(pieces.map(({ code }) => code))].sort();
  const whole = codes.map((code) => {
    const parts = topo.objects.pieces.geometries.filter(({ properties }) => properties.code === code);
    return [code, merge(topo, parts)];
  });
  return topology({ whole: collection(whole) });
}

/** GeoJSON of geometries by code. */
const collection = (geometries) => ({
  type: 'FeatureCollection',
  features: geometries.map(([code, geometry]) => ({ type: 'Feature', properties: { code }, geometry })),
});

/**
 * Drops vertices whose triangle is under `detail` km² (Visvalingam), on the shared arcs, then polygons under
 * `smallest` km²; of each code the largest stays, unreduced where reducing would leave nothing of it.
 */
function reduce(pieces, { detail, smallest }) {
  const full = presimplify(dissolve(pieces), sphericalTriangleArea);
  const reduced = simplify(full, detail / earthRadius ** 2);
  const before = feature(full, full.objects.whole).features;
  return feature(reduced, reduced.objects.whole).features.map(({ properties, geometry }, index) => {
    const original = polygonsOf(before[index].geometry);
    const areas = original.map((polygon) => ringArea(polygon[0]));
    const largest = areas.indexOf(Math.max(...areas));
    const kept = polygonsOf(geometry).flatMap((polygon, at) => {
      if (at !== largest && areas[at] < smallest) return [];
      const rings = polygon.filter((ring) => new Set(ring.map(String)).size > 3);
      if (rings.length > 0 && polygon[0] === rings[0]) return [{ rings, area: areas[at] }];
      return at === largest ? [{ rings: [original[at][0]], area: areas[at] }] : [];
    });
    kept.sort((a, b) => b.area - a.area);
    return { code: properties.code, polygons: kept.map(({ rings }) => rings.map(orient)), home: original[largest] };
  });
}

/** An outer ring against the clock, the rings of its holes with it, so that a drawing can tell land from hole. */
const orient = (ring, at) => (signedArea(ring) > 0 === (at === 0) ? ring : ring.toReversed());

const ringArea = (ring) => Math.abs(signedArea(ring));

/** Area of a ring in km² on the plane that keeps areas (Lambert's cylinder); negative when it runs with the clock. */
function signedArea(ring) {
  const radians = Math.PI / 180;
  let twice = 0;
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [[x0, y0], [x1, y1]] = [ring[i], ring[i + 1]];
    twice -= (x1 - x0) * radians * (Math.sin(y1 * radians) + Math.sin(y0 * radians));
  }
  return (twice / 2) * earthRadius ** 2;
}

/** Whether a point lies in a ring. */
function contains(ring, [x, y]) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** The point of a polygon farthest from its edges: where a mark or a label stands best. */
function labelPoint(polygon) {
  const latitudes = polygon[0].map(([, latitude]) => latitude);
  const shrink = Math.cos(((Math.min(...latitudes) + Math.max(...latitudes)) / 2) * (Math.PI / 180));
  const [x, y] = polylabel(polygon.map((ring) => ring.map(([longitude, latitude]) => [longitude * shrink, latitude])), 0.01);
  const longitude = x / shrink;
  return [y, longitude > 180 ? longitude - 360 : longitude];
}

// ---- writing -------------------------------------------------------------------------------------------------------

/** A ring as its first vertex and the steps to each next, in units of 1/`scale` degree; empty when nothing is left of it. */
function ringText(ring, scale) {
  const points = ring.map((point) => point.map((degrees) => Math.round(degrees * scale)));
  const distinct = points.slice(0, -1).filter((point, i, all) => String(point) !== String(all[(i || all.length) - 1]));
  if (distinct.length < 3) return '';
  return distinct.map(([x, y], i) => (i === 0 ? [x, y] : [x - distinct[i - 1][0], y - distinct[i - 1][1]]).join(' ')).join(' ');
}

/** One line a territory: code, latitude and longitude of the label point, rings. */
function line({ code, polygons, home }, scale) {
  const [latitude, longitude] = labelPoint(home).map((degrees) => degrees.toFixed(2));
  const rings = polygons.flat().map((ring) => ringText(ring, scale)).filter(Boolean);
  return [code, latitude, longitude, rings.join(';')].join('\t');
}

/** Writes one file and says how large it is. */
function write(name, head, scale, territories) {
  const format = [
    '# One line a territory: code, latitude and longitude of its label point, rings parted by `;`.',
    '# A ring is its first longitude and latitude and then the steps to each next vertex, in units of 1/scale degree;',
    '# its last vertex joins its first. Longitudes go on beyond 180 where land does.',
    `scale\t${scale}`,
  ];
  const text = [...head.map((words) => `# ${words}`), ...format, ...territories.map((one) => line(one, scale))].join('\n') + '\n';
  writeFileSync(new URL(name, outDirectory), text);
  const vertices = territories.flatMap(({ polygons }) => polygons.flat()).reduce((sum, ring) => sum + ring.length - 1, 0);
  console.log(`${name}: ${territories.length} territories, ${vertices} vertices, ${text.length} bytes`);
}

const made = 'Made by tools/outlines/make; do not edit. Lines are no statement about borders: see README.md beside this file.';

write('world.tsv', [
  'Outlines of the countries, keyed by ISO 3166-1 alpha-2.',
  `Source: Natural Earth 4.1 at 1:50m (public domain), from the npm package world-atlas ${readJson('world-atlas/package.json').version} (ISC).`,
  made,
], 20, reduce(readWorld(), { detail: 1000, smallest: 3000 }));

write('russia.tsv', [
  "Outlines of Russia's federal subjects, keyed by ISO 3166-2, and of the countries around them, cut to the map.",
  `Source: Natural Earth at 1:10m (public domain), from the npm packages world-atlas ${readJson('world-atlas/package.json').version} (ISC) and`,
  `@superset-ui/legacy-plugin-chart-country-map ${readJson('country-map/package.json').version} (Apache-2.0).`,
  made,
], 20, reduce(readRussia(), { detail: 120, smallest: 800 }));
