// The moving map: takes the place of the drawn one once its first data are there.
// Everything it does can be done without it, by the links under the drawn map and by the list.
// Needs Leaflet (global L) from a script before this one; without it the drawn map stays.

const NEAREST = 18;
const MARK_SIZE = 44;
const MANY = 100;
const PLACE_PARAMETERS = ["bbox", "near", "radius"];

const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;

function onOneGlobe(longitude) {
  return longitude - 360 * Math.floor((longitude + 180) / 360);
}

/** West, south, east, north of Leaflet bounds, as the server reads them. */
function parameterOf(bounds) {
  const isWorld = bounds.getEast() - bounds.getWest() >= 360;
  const west = isWorld ? -180 : onOneGlobe(bounds.getWest());
  const east = isWorld ? 180 : onOneGlobe(bounds.getEast());
  const south = Math.max(bounds.getSouth(), -85);
  const north = Math.min(bounds.getNorth(), 85);
  return [west, south, east, north].map((side) => Number(side.toFixed(4))).join(",");
}

/** Leaflet bounds of [west, south, east, north]; east may be less than west. */
function boundsOf([west, south, east, north]) {
  return L.latLngBounds([south, west], [north, east < west ? east + 360 : east]);
}

/** The page's own question, without what a map decides. */
function question(...without) {
  const parameters = new URLSearchParams(location.search);
  for (const name of ["page", ...without]) parameters.delete(name);
  return parameters;
}

function withParameters(address, parameters) {
  const url = new URL(address, location.href);
  for (const name of new Set(parameters.keys())) {
    url.searchParams.delete(name);
    for (const value of parameters.getAll(name)) url.searchParams.append(name, value);
  }
  return url;
}

async function read(url, signal) {
  const response = await fetch(url, { signal, headers: { Accept: "application/geo+json, application/json" } });
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  return response.json();
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

class MovingMap {
  constructor(root) {
    this.root = root;
    this.settings = root.dataset;
    this.drawn = root.querySelector("svg.map");
    this.hasMoved = false;
    this.clusters = null;
    this.ground = null;
    this.opener = null;
    this.lasting = "";
  }

  async start() {
    const box = this.settings.bbox.split(",").map(Number);
    const bounds = boundsOf(box);
    const across = Math.max(bounds.getEast() - bounds.getWest(), 0.001);
    const zoom = Math.max(1, Math.floor(Math.log2((this.root.clientWidth / 256) * (360 / across))));
    const [places, ground] = await Promise.all([
      read(this.clustersUrl(bounds, zoom)),
      read(this.groundUrl(bounds)),
    ]);
    try {
      this.build(bounds);
      this.drawGround(ground, bounds);
      this.drawPlaces(places);
    } catch (error) {
      this.stay();
      throw error;
    }
    this.takeMoves();
    this.map.on("moveend", () => this.moved());
    await this.refresh();
  }

  /** Back to the drawn map. */
  stay() {
    this.map?.remove();
    this.frame?.remove();
    this.says?.remove();
    this.drawn.removeAttribute("hidden");
  }

  clustersUrl(bounds, zoom) {
    // Until somebody moves the map, it shows what the list beside it was asked for.
    const parameters = this.hasMoved ? question(...PLACE_PARAMETERS) : question("bbox");
    parameters.set("bbox", parameterOf(bounds));
    parameters.set("zoom", zoom);
    return withParameters(this.settings.clustersUrl, parameters);
  }

  groundUrl(bounds) {
    return withParameters(this.settings.basemapUrl, new URLSearchParams({ bbox: parameterOf(bounds) }));
  }

  build(bounds) {
    const title = this.drawn.querySelector("title");
    this.frame = element("div", "moving-map");
    this.frame.setAttribute("role", "region");
    if (title) this.frame.setAttribute("aria-label", title.textContent);
    this.says = element("p", "map-says");
    this.says.setAttribute("role", "status");
    this.frame.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    this.root.prepend(this.frame);
    this.frame.after(this.says);
    this.drawn.setAttribute("hidden", "");
    this.map = L.map(this.frame, {
      attributionControl: false,
      zoomControl: false,
      minZoom: 1,
      maxZoom: Number(this.settings.tileMaxZoom) || NEAREST,
      worldCopyJump: true,
      zoomAnimation: !isCalm,
      fadeAnimation: !isCalm,
      inertia: !isCalm,
    });
    this.map.fitBounds(bounds, { animate: false });
    L.control
      .zoom({ zoomInTitle: this.settings.labelZoomIn, zoomOutTitle: this.settings.labelZoomOut })
      .addTo(this.map);
    this.ground = L.layerGroup().addTo(this.map);
    this.marks = L.layerGroup().addTo(this.map);
    this.addSearchHere();
    if (this.settings.tileUrl) this.addTiles();
  }

  addTiles() {
    const tiles = L.tileLayer(this.settings.tileUrl, {
      maxZoom: this.map.getMaxZoom(),
      attribution: this.settings.tileAttribution || "",
      referrerPolicy: this.settings.tileReferrerPolicy || false,
    });
    L.control.attribution({ prefix: false }).addTo(this.map);
    tiles.once("load", () => this.frame.classList.toggle("has-tiles", this.map.hasLayer(tiles)));
    tiles.once("tileerror", () => {
      tiles.remove();
      this.frame.classList.remove("has-tiles");
      this.lasting = this.settings.labelFailed;
      this.say(this.lasting);
    });
    tiles.addTo(this.map);
  }

  addSearchHere() {
    this.searchHere = element("button", "search-here", this.settings.labelSearchHere);
    this.searchHere.type = "button";
    this.searchHere.hidden = true;
    this.searchHere.addEventListener("click", () => this.search(this.map.getBounds()));
    L.DomEvent.disableClickPropagation(this.searchHere);
    this.frame.append(this.searchHere);
  }

  /** The links under the map now move this one, so that nobody has to drag. */
  takeMoves() {
    const figure = this.root.closest("figure") || this.root;
    for (const link of figure.querySelectorAll("[data-move]")) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.move(link.dataset.move);
      });
    }
  }

  move(direction) {
    const { x, y } = this.map.getSize().divideBy(2);
    const steps = { west: [-x, 0], east: [x, 0], north: [0, -y], south: [0, y] };
    if (direction === "in") this.map.zoomIn();
    else if (direction === "out") this.map.zoomOut();
    else this.map.panBy(steps[direction]);
  }

  /** The results page for these bounds: the same question, another place. */
  search(bounds) {
    const parameters = question(...PLACE_PARAMETERS);
    parameters.set("bbox", parameterOf(bounds));
    location.assign(withParameters(this.settings.resultsUrl, parameters));
  }

  moved() {
    this.hasMoved = true;
    this.searchHere.hidden = false;
    this.refresh();
  }

  async refresh() {
    this.waiting?.abort();
    this.waiting = new AbortController();
    const { signal } = this.waiting;
    const bounds = this.map.getBounds();
    const around = bounds.pad(0.3);
    try {
      const [places, ground] = await Promise.all([
        read(this.clustersUrl(bounds, this.map.getZoom()), signal),
        this.hasGroundFor(bounds) ? null : read(this.groundUrl(around), signal),
      ]);
      if (signal.aborted) return;
      if (ground) this.drawGround(ground, around);
      this.drawPlaces(places);
      this.say(this.lasting);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.say(this.settings.labelFailed);
    }
  }

  say(text) {
    this.says.textContent = text;
  }

  hasGroundFor(bounds) {
    return this.groundZoom === this.map.getZoom() && this.groundBounds.contains(bounds);
  }

  drawGround(collection, bounds) {
    const isWorld = bounds.getEast() - bounds.getWest() >= 360;
    const turn = isWorld ? 0 : bounds.getWest() - onOneGlobe(bounds.getWest());
    const layer = L.geoJSON(collection, {
      interactive: false,
      coordsToLatLng: ([longitude, latitude]) => L.latLng(latitude, longitude + turn),
      // Colours come from the stylesheet, so that they follow light, dark and print.
      style: (feature) => ({ className: feature.properties.kind, weight: feature.properties.kind === "border" ? 0.7 : 1, fillOpacity: 1 }),
    });
    this.ground.clearLayers();
    this.ground.addLayer(layer);
    this.groundBounds = bounds;
    this.groundZoom = this.map.getZoom();
  }

  drawPlaces(collection) {
    const focused = document.activeElement?.dataset?.mark;
    this.marks.clearLayers();
    for (const feature of collection.features) this.marks.addLayer(this.mark(feature));
    if (!focused) return;
    const again = this.frame.querySelector(`[data-mark="${CSS.escape(focused)}"]`);
    (again || this.frame).focus({ preventScroll: true });
  }

  mark(feature) {
    const [longitude, latitude] = feature.geometry.coordinates;
    const middle = this.map.getCenter().lng;
    const place = L.latLng(latitude, longitude + 360 * Math.round((middle - longitude) / 360));
    const { count } = feature.properties;
    const button = count > 1 ? this.clusterButton(feature.properties) : this.listingButton(feature.properties);
    L.DomEvent.disableClickPropagation(button);
    return L.marker(place, { icon: new ButtonIcon({ button }), keyboard: false });
  }

  clusterButton({ count, bbox }) {
    const size = count >= MANY ? " large" : "";
    const button = markButton(`cluster${size}`, this.settings.labelPlaces.replace("{count}", count.toLocaleString(document.documentElement.lang || undefined)), count);
    button.dataset.mark = `${count}@${bbox}`;
    button.addEventListener("click", () => {
      const bounds = boundsOf(bbox);
      const canOpen = this.map.getBoundsZoom(bounds) > this.map.getZoom();
      const isOneSpot = bounds.getSouthWest().equals(bounds.getNorthEast());
      if (canOpen && !isOneSpot) this.map.fitBounds(bounds, { padding: [40, 40] });
      else this.search(bounds.pad(0.1));
    });
    return button;
  }

  listingButton(listing) {
    const isExact = !listing.precision || ["exact", "street"].includes(listing.precision);
    const button = markButton(isExact ? "point" : "about", listing.name, "");
    button.dataset.mark = listing.uid;
    button.setAttribute("aria-haspopup", "dialog");
    button.addEventListener("click", () => this.open(listing, button));
    return button;
  }

  open(listing, button) {
    this.close();
    this.opener = button.dataset.mark;
    this.popup = element("div", "map-popup");
    this.popup.setAttribute("role", "dialog");
    this.popup.setAttribute("aria-label", listing.name);
    const link = element("a", "", listing.name);
    link.href = listing.url;
    const close = element("button", "quiet", this.settings.labelClose);
    close.type = "button";
    close.addEventListener("click", () => this.close());
    L.DomEvent.disableClickPropagation(this.popup);
    this.popup.append(link, close);
    this.frame.append(this.popup);
    link.focus({ preventScroll: true });
  }

  /** Close the popup, and give the focus back to the mark that opened it. */
  close() {
    if (!this.popup) return;
    this.popup.remove();
    this.popup = null;
    const opener = this.frame.querySelector(`[data-mark="${CSS.escape(this.opener)}"]`);
    (opener || this.frame).focus({ preventScroll: true });
  }
}

function markButton(kind, name, text) {
  const button = element("button", `map-mark ${kind}`);
  button.type = "button";
  button.setAttribute("aria-label", name);
  button.title = name;
  const disc = element("span", "", text === "" ? "" : String(text));
  disc.setAttribute("aria-hidden", "true");
  button.append(disc);
  return button;
}

// A mark is a real button, so keyboard and screen readers know it; Leaflet only places it.
const ButtonIcon = window.L?.Icon.extend({
  options: { iconSize: [MARK_SIZE, MARK_SIZE], className: "" },
  createIcon() {
    const { button } = this.options;
    const className = button.className;
    this._setIconStyles(button, "icon");
    button.className += ` ${className}`;
    return button;
  },
  createShadow: () => null,
});

if (window.L) {
  for (const root of document.querySelectorAll("[data-map]")) {
    new MovingMap(root).start().catch((error) => console.warn("The drawn map stays:", error));
  }
}
