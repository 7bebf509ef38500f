// Degrees and addresses for the live map: what it asks our server for, and how. Needs Leaflet (global L).

export function onOneGlobe(longitude) {
  return longitude - 360 * Math.floor((longitude + 180) / 360);
}

export function widthOf(bounds) {
  return bounds.getEast() - bounds.getWest();
}

/** West, south, east, north of Leaflet bounds, as the server reads them. */
export function parameterOf(bounds) {
  const isWorld = widthOf(bounds) > 359.9;
  const west = isWorld ? -180 : onOneGlobe(bounds.getWest());
  const east = isWorld ? 180 : onOneGlobe(bounds.getEast());
  const south = Math.max(bounds.getSouth(), -85);
  const north = Math.min(bounds.getNorth(), 85);
  return [west, south, east, north].map((side) => Number(side.toFixed(4))).join(",");
}

/** Leaflet bounds of [west, south, east, north]; across the antimeridian east is less than west. */
export function boundsOf([west, south, east, north]) {
  return L.latLngBounds([south, west], [north, east < west ? east + 360 : east]);
}

/** Whether a place lies in [west, south, east, north], all of them rounded. */
export function holds([west, south, east, north], { lat, lng }) {
  const slack = 0.00002;
  const width = east < west ? east + 360 - west : east - west;
  const isInColumns = onOneGlobe(lng - west + slack - 180) + 180 <= width + 2 * slack;
  return isInColumns && lat > south - slack && lat < north + slack;
}

/** An address with these parameters in place of its own of the same names. */
export function withParameters(address, parameters) {
  const url = new URL(address, location.href);
  for (const name of new Set(parameters.keys())) {
    url.searchParams.delete(name);
    for (const value of parameters.getAll(name)) url.searchParams.append(name, value);
  }
  return url;
}

/** JSON from our server; rejects on any answer but a good one. */
export async function read(url, signal) {
  const response = await fetch(url, { signal, headers: { Accept: "application/geo+json, application/json" } });
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  return response.json();
}
