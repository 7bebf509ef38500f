// The marks of the live map: numbered listings of this page, other listings, counts, and the popup.
// Every mark is a real button, so that keyboards and screen readers know it.

import { boundsOf, holds } from "./live_globe.js";

const SPOT = 200; // Metres around listings at one address.
const EXACT = ["exact", "street"];

// Pixels.
const HIT_RADIUS = 14;
const LONE_RADIUS = 9;
const LARGEST_RADIUS = 26;
const PILL_HEIGHT = 25;
const LETTER = 8; // How wide a letter of a count is at most.
const AROUND = 3; // A seam or a broken ring.

export function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function written(count) {
  return count.toLocaleString(document.documentElement.lang);
}

function markButton({ key, kind, name, text, radius }) {
  const button = element("button", `map-mark ${kind}`);
  button.type = "button";
  button.dataset.mark = key;
  button.title = name;
  button.setAttribute("aria-label", name);
  const disc = element("span", "", text);
  disc.setAttribute("aria-hidden", "true");
  disc.style.inlineSize = `${2 * radius}px`;
  disc.style.blockSize = kind === "more" ? `${PILL_HEIGHT}px` : disc.style.inlineSize;
  button.append(disc);
  L.DomEvent.disableClickPropagation(button);
  return button;
}

/** The numbered points of a drawn map: what the list beside it shows. */
function hitsOf(drawn) {
  return [...drawn.querySelectorAll("a[data-at]")].map((mark) => {
    const [latitude, longitude] = mark.dataset.at.split(",").map(Number);
    const link = document.querySelector(`${mark.getAttribute("href")} h3 a`);
    return {
      label: mark.getAttribute("aria-label"),
      number: mark.textContent.trim(),
      name: link.textContent,
      url: link.href,
      kind: mark.querySelector(".about") ? "about" : "point",
      place: L.latLng(latitude, longitude),
    };
  });
}

export class LiveMarks {
  /** `search(bounds)` leads to the results there. */
  constructor({ map, drawn, labels, search }) {
    this.map = map;
    this.frame = map.getContainer();
    this.labels = labels;
    this.search = search;
    this.hits = hitsOf(drawn);
  }

  /** Marks (button, latitude, longitude, radius) for what the page numbers and for clusters of the API. */
  of(features) {
    return [...this.hits.map((hit) => this.hitMark(hit)), ...features.map((feature) => this.otherMark(feature))].filter(Boolean);
  }

  hitMark(hit) {
    const { lat: latitude, lng: longitude } = hit.place;
    return { button: this.listingButton(hit, HIT_RADIUS), latitude, longitude, radius: HIT_RADIUS + AROUND };
  }

  /** A count or a listing that is not numbered; null if all of it is. */
  otherMark({ geometry, properties }) {
    const [longitude, latitude] = geometry.coordinates;
    if (properties.uid) {
      if (this.isNumbered(properties.url)) return null;
      const isExact = !properties.precision || EXACT.includes(properties.precision);
      const listing = { ...properties, label: properties.name, number: "", kind: isExact ? "point" : "about" };
      return { button: this.listingButton(listing, LONE_RADIUS), latitude, longitude, radius: LONE_RADIUS + AROUND };
    }
    const count = properties.count - this.hits.filter((hit) => holds(properties.bbox, hit.place)).length;
    if (count < 1) return null;
    if (this.hits.length) return this.moreMark(count, properties.bbox, { latitude, longitude });
    const radius = Math.min(11 + 1.3 * Math.sqrt(count), LARGEST_RADIUS);
    return { button: this.clusterButton(count, properties.bbox, radius), latitude, longitude, radius: radius + AROUND };
  }

  /** A count beside numbers of the list: it has a plus and no disc, so that "+8" is not result 8. */
  moreMark(count, bbox, place) {
    const text = `+${written(count)}`;
    const radius = Math.max(PILL_HEIGHT, LETTER * text.length + 12) / 2;
    const name = count === 1 ? this.labels.moreOne : this.labels.moreMany.replace("{count}", written(count));
    const button = this.countButton({ kind: "more", name, text, radius, bbox });
    return { button, ...place, radius: radius + AROUND };
  }

  isNumbered(url) {
    const { pathname } = new URL(url);
    return this.hits.some((hit) => new URL(hit.url).pathname === pathname);
  }

  clusterButton(count, bbox, radius) {
    const text = written(count);
    const name = count === 1 ? this.labels.one : this.labels.many.replace("{count}", text);
    return this.countButton({ kind: "cluster", name, text, radius, bbox });
  }

  countButton({ bbox, ...mark }) {
    const button = markButton({ key: `${mark.text}@${bbox}`, ...mark });
    button.addEventListener("click", () => this.openCluster(bbox));
    return button;
  }

  /** Closer to what a cluster counts; if that shows no more, the list of it. */
  openCluster(bbox) {
    const [west, south, east, north] = bbox;
    const bounds = boundsOf(bbox);
    const isOneSpot = west === east && south === north;
    const canGoCloser = this.map.getBoundsZoom(bounds) > this.map.getZoom() + 0.1;
    if (canGoCloser && !isOneSpot) this.map.fitBounds(bounds, { padding: [40, 40] });
    else this.search(bounds.extend(bounds.getCenter().toBounds(SPOT)));
  }

  listingButton(listing, radius) {
    const { url: key, kind, label: name, number: text } = listing;
    const button = markButton({ key, kind, name, text, radius });
    button.setAttribute("aria-haspopup", "dialog");
    button.addEventListener("click", () => this.openPopup(listing, button));
    return button;
  }

  openPopup(listing, button) {
    this.closePopup();
    this.opener = button.dataset.mark;
    const { top, height } = this.frame.getBoundingClientRect();
    const isLow = button.getBoundingClientRect().top > top + height / 2;
    this.popup = element("div", isLow ? "map-popup at-top" : "map-popup");
    this.popup.setAttribute("role", "dialog");
    this.popup.setAttribute("aria-label", listing.label);
    const link = element("a", "", listing.number ? `${listing.number}. ${listing.name}` : listing.name);
    link.href = listing.url;
    const close = element("button", "quiet", this.labels.close);
    close.type = "button";
    close.addEventListener("click", () => this.closePopup());
    this.popup.append(link, close);
    L.DomEvent.disableClickPropagation(this.popup);
    this.frame.append(this.popup);
    link.focus({ preventScroll: true });
  }

  /** Close the popup, and give the focus back to the mark that opened it. */
  closePopup() {
    if (!this.popup) return;
    this.popup.remove();
    this.popup = null;
    this.focus(this.opener);
  }

  /** The focus to the mark of this key, or to the map where it is gone. */
  focus(key) {
    const mark = this.frame.querySelector(`[data-mark="${CSS.escape(key)}"]`);
    (mark || this.frame).focus({ preventScroll: true });
  }
}
