// The live map: outlines, names, listings and counts that move. map.js loads it, after Leaflet (global L).

import { boundsOf, parameterOf, read, widthOf, withParameters } from "./live_globe.js";
import { laid, spread } from "./live_layout.js";
import { element, LiveMarks } from "./live_marks.js";

const WORLD = [-180, -85, 180, 85];
const FLATTEST = 1.5; // Width by height; this projection stretches the north, and all land should have room.
const CLOSEST = 16; // Zoom. Closer in, our outlines are not exact enough; tiles say for themselves.
const AROUND = 0.25; // What is fetched beyond each side, as a share of the view.
const PLACE_PARAMETERS = ["bbox", "near", "radius"];

const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;

export class LiveMap {
  constructor(root) {
    this.settings = root.dataset;
    this.root = root;
    this.drawn = root.querySelector("svg.map");
    this.says = root.querySelector("[role=status]");
    this.searchButton = root.querySelector("[data-search-live]");
    this.here = root.closest("figure").querySelector("[data-here]");
    this.drawnHere = this.here?.href;
    this.names = [];
    this.hasMoved = false;
    this.lasting = "";
  }

  /** Build it out of sight, and fetch what it first shows. Rejects if anything is missing. */
  async start() {
    this.build();
    await this.fetchAndDraw();
    this.map.on("moveend", () => this.moved());
    this.map.on("resize", () => this.limitZoom());
  }

  show() {
    this.frame.classList.remove("is-waiting");
    this.say(this.lasting);
    this.frame.focus({ preventScroll: true });
    this.frame.scrollIntoView({ block: "nearest" });
  }

  remove() {
    this.waiting?.abort();
    this.map?.remove();
    this.frame?.remove();
    this.searchButton.hidden = true;
    if (this.here) this.here.href = this.drawnHere;
    this.say("");
  }

  say(text) {
    this.says.textContent = text;
  }

  // ---- building

  build() {
    const { width, height } = this.drawn.viewBox.baseVal;
    this.frame = element("div", "live-map is-waiting");
    this.frame.style.aspectRatio = Math.min(width / height, FLATTEST);
    this.frame.setAttribute("role", "region");
    this.frame.setAttribute("aria-label", this.drawn.querySelector("title").textContent);
    this.root.prepend(this.frame);
    this.map = this.emptyMap();
    this.limitZoom();
    this.map.fitBounds(boundsOf(this.settings.bbox.split(",").map(Number)), { animate: false });
    this.map.createPane("names").style.zIndex = 550; // Names lie under the marks.
    [this.ground, this.spots, this.labels] = [0, 1, 2].map(() => L.layerGroup().addTo(this.map));
    this.addMarks();
    this.addScale();
    this.addRing();
    if (this.settings.tileUrl) this.addTiles();
  }

  emptyMap() {
    const { tileUrl, tileMaxZoom } = this.settings;
    return L.map(this.frame, {
      attributionControl: false,
      zoomControl: false, // The links under the map do it.
      zoomSnap: tileUrl ? 1 : 0,
      maxZoom: tileUrl ? Number(tileMaxZoom) : CLOSEST,
      maxBounds: [[-85, -Infinity], [85, Infinity]],
      maxBoundsViscosity: 1,
      worldCopyJump: true,
      zoomAnimation: !isCalm,
      fadeAnimation: !isCalm,
      inertia: !isCalm,
      renderer: L.svg({ padding: 1 }),
    });
  }

  /** The world is never smaller than the frame: nothing is shown twice, and nothing is empty. */
  limitZoom() {
    const { x, y } = this.map.getSize();
    const least = Math.log2(Math.max(x, y) / 256);
    this.map.setMinZoom(this.settings.tileUrl ? Math.ceil(least) : least);
  }

  addMarks() {
    const { labelPlace, labelPlaces, labelMoreOne, labelMoreMany, labelClose: close } = this.settings;
    const labels = { one: labelPlace, many: labelPlaces, moreOne: labelMoreOne, moreMany: labelMoreMany, close };
    this.marks = new LiveMarks({ map: this.map, drawn: this.drawn, labels, search: (bounds) => this.search(bounds) });
    this.frame.addEventListener("keydown", (event) => event.key === "Escape" && this.marks.closePopup());
  }

  addScale() {
    const isInMiles = this.settings.unit === "mi";
    L.control.scale({ metric: !isInMiles, imperial: isInMiles, maxWidth: 130 }).addTo(this.map);
  }

  /** The ring around what is near. */
  addRing() {
    if (!this.settings.ring) return;
    const [latitude, longitude, kilometres] = this.settings.ring.split(",").map(Number);
    const options = { radius: kilometres * 1000, className: "ring", fill: false, interactive: false };
    this.ring = L.circle(this.nearest(latitude, longitude), options).addTo(this.map);
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
      this.lasting = this.settings.labelTilesFailed;
      this.say(this.lasting);
    });
    tiles.addTo(this.map);
  }

  // ---- moving

  move(direction) {
    const { x, y } = this.map.getSize().divideBy(2);
    const steps = { west: [-x, 0], east: [x, 0], north: [0, -y], south: [0, y] };
    if (direction === "in") this.map.zoomIn();
    else if (direction === "out") this.map.zoomOut();
    else this.map.panBy(steps[direction]);
  }

  /** Lead to the results in these bounds; without any, in what is seen. */
  search(bounds = this.map.getBounds()) {
    location.assign(this.resultsUrl(bounds));
  }

  async moved() {
    this.hasMoved = true;
    this.searchButton.hidden = false;
    if (this.here) this.here.href = this.resultsUrl(this.map.getBounds());
    try {
      await this.fetchAndDraw();
      this.say(this.lasting);
    } catch (error) {
      if (error.name !== "AbortError") this.say(this.settings.labelFailed);
    }
  }

  // ---- asking

  /** The question of the results as it was understood, without what a map decides; "" elsewhere. */
  question(...without) {
    const parameters = new URLSearchParams(this.settings.question ?? "");
    for (const name of ["page", ...without]) parameters.delete(name);
    return parameters;
  }

  /** The results page for these bounds: the same question, another place. */
  resultsUrl(bounds) {
    const parameters = this.question(...PLACE_PARAMETERS);
    parameters.set("bbox", parameterOf(bounds));
    const url = withParameters(this.settings.resultsUrl, parameters);
    if (this.here) url.hash = "map";
    return url;
  }

  clustersUrl(view) {
    // Until somebody moves the map, it shows what the list beside it was asked for.
    const parameters = this.hasMoved ? this.question(...PLACE_PARAMETERS) : this.question("bbox");
    parameters.set("bbox", parameterOf(view));
    parameters.set("zoom", Math.round(this.map.getZoom()));
    return withParameters(this.settings.clustersUrl, parameters);
  }

  groundUrl({ bounds }) {
    return withParameters(this.settings.basemapUrl, new URLSearchParams({ bbox: parameterOf(bounds) }));
  }

  /** The ground a view needs: a part of the globe, or all of it where nearly all is seen. */
  groundFor(view) {
    const around = view.pad(AROUND);
    const isWorld = widthOf(around) >= 360;
    const turn = isWorld ? Math.round(view.getCenter().lng / 360) : Math.floor((around.getWest() + 180) / 360);
    return { isWorld, turn, zoom: this.map.getZoom(), bounds: isWorld ? boundsOf(WORLD) : around };
  }

  hasGround({ isWorld, turn, zoom }, view) {
    const now = this.groundNow;
    if (now?.isWorld !== isWorld) return false;
    return isWorld ? now.turn === turn : now.zoom === zoom && now.bounds.contains(view);
  }

  async fetchAndDraw() {
    this.waiting?.abort();
    this.waiting = new AbortController();
    const { signal } = this.waiting;
    const view = this.map.getBounds();
    const wanted = this.groundFor(view);
    const [places, ground] = await Promise.all([
      read(this.clustersUrl(view), signal),
      this.hasGround(wanted, view) ? null : read(this.groundUrl(wanted), signal),
    ]);
    if (signal.aborted) return;
    if (ground) this.drawGround(ground.features, wanted);
    this.drawMarks(places.features);
  }

  // ---- drawing

  /** The copy of a place that is nearest to the middle of the view. */
  nearest(latitude, longitude) {
    const middle = this.map.getCenter().lng;
    return L.latLng(latitude, longitude + 360 * Math.round((middle - longitude) / 360));
  }

  pixel(latitude, longitude) {
    return this.map.latLngToContainerPoint(this.nearest(latitude, longitude));
  }

  drawGround(features, ground) {
    const outlines = features.filter((feature) => feature.properties.kind !== "name");
    // The world lies side by side with its copies, so that it has no end.
    const turns = ground.isWorld ? [-1, 0, 1].map((step) => ground.turn + step) : [ground.turn];
    this.ground.clearLayers();
    for (const turn of turns) {
      this.ground.addLayer(
        L.geoJSON(outlines, {
          interactive: false,
          coordsToLatLng: ([longitude, latitude]) => L.latLng(latitude, longitude + 360 * turn),
          // Colours come from the stylesheet, so that they follow light, dark and print.
          style: ({ properties: { kind } }) => ({ className: kind, weight: kind === "border" ? 0.7 : 1, fillOpacity: 1 }),
        }),
      );
    }
    this.ring?.bringToFront();
    this.names = features.filter((feature) => feature.properties.kind === "name");
    this.groundNow = ground;
  }

  drawMarks(features) {
    const focused = document.activeElement?.dataset?.mark;
    const marks = this.marks.of(features);
    for (const mark of marks) mark.point = this.pixel(mark.latitude, mark.longitude);
    spread(marks, this.map.getSize(), this.map.getZoom());
    this.spots.clearLayers();
    for (const { button, point, target } of marks) this.place(button, point, this.spots, { size: target });
    this.drawNames(marks);
    if (focused) this.marks.focus(focused);
  }

  drawNames(marks) {
    const ruler = document.createElement("canvas").getContext("2d");
    const { fontFamily } = getComputedStyle(this.frame);
    const names = this.names.map(({ properties: { name, big }, geometry: { coordinates: [longitude, latitude] } }) => {
      ruler.font = big ? `600 14px ${fontFamily}` : `12px ${fontFamily}`;
      return { name, big, point: this.pixel(latitude, longitude), width: ruler.measureText(name).width };
    });
    this.labels.clearLayers();
    for (const { name, big, middle } of laid(names, marks, this.map.getSize())) {
      const label = element("span", big ? "map-name big" : "map-name", name);
      label.setAttribute("aria-hidden", "true");
      this.place(label, middle, this.labels, { size: 0, pane: "names" });
    }
  }

  /** Lay a piece of the page on the map, its middle at a pixel of the frame. */
  place(content, point, layer, { size, pane = "markerPane" }) {
    const icon = L.divIcon({ html: content, className: "map-spot", iconSize: [size, size] });
    const place = this.map.containerPointToLatLng(point);
    layer.addLayer(L.marker(place, { icon, pane, keyboard: false, interactive: false }));
  }
}
