// Where marks and names of the live map find room. All sizes in pixels. Needs Leaflet (global L).

const LEAST_TARGET = 24;
const LARGEST_TARGET = 44;
const BETWEEN_MARKS = 3;
const FURTHEST_MOVE = 120; // Twenty listings of one town fit around it.
const TOWN_ZOOM = 10; // From here on that is within the town; further out it would be another one.
const NEXT_TO_IT = 14;
const NAME_HEIGHT = 16;
const BAR = { x: 145, y: 34 };

/** Places beside a point, nearest first. */
function* spotsAround({ x, y }, furthest) {
  for (let away = 0; away <= furthest; away += 6) {
    const steps = Math.max(1, Math.round(away / 3));
    for (let step = 0; step < steps; step += 1) {
      const angle = (2 * Math.PI * step) / steps;
      yield L.point(x + away * Math.sin(angle), y - away * Math.cos(angle));
    }
  }
}

function isWithin({ x, y }, size, margin) {
  return x >= margin && y >= margin && x <= size.x - margin && y <= size.y - margin;
}

/** How far a mark may stand from its place: no further than a town is wide. */
function furthestMove(zoom) {
  return Math.max(NEXT_TO_IT, FURTHEST_MOVE / 2 ** Math.max(0, TOWN_ZOOM - zoom));
}

/**
 * Move marks (point, radius) that hide one another a little apart; the first stays, and one that
 * finds no room too. What is in the frame of this size stays whole in it. Each learns its `target`:
 * how large it may be for a finger.
 */
export function spread(marks, size, zoom) {
  const settled = [];
  for (const mark of marks) {
    const isSeen = isWithin(mark.point, size, 0);
    const isFree = (spot) =>
      (!isSeen || isWithin(spot, size, mark.radius)) &&
      settled.every((other) => spot.distanceTo(other.point) >= mark.radius + other.radius + BETWEEN_MARKS);
    for (const spot of spotsAround(mark.point, furthestMove(zoom))) {
      if (!isFree(spot)) continue;
      mark.point = spot;
      break;
    }
    settled.push(mark);
  }
  for (const mark of marks) {
    const others = marks.filter((other) => other !== mark);
    const nearest = Math.min(...others.map((other) => mark.point.distanceTo(other.point)));
    mark.target = Math.max(LEAST_TARGET, 2 * mark.radius, Math.min(LARGEST_TARGET, nearest));
  }
}

function boxAround(middle, across, down) {
  return L.bounds(middle.subtract([across, down]), middle.add([across, down]));
}

/** Where the middle of a name may stand, best first: on its place, or beside the mark that covers it. */
function middlesFor(name, cover) {
  const middle = cover ? cover.point : name.point;
  const radius = cover ? cover.radius : 2;
  const across = radius + 5 + name.width / 2;
  const down = radius + 2 + NAME_HEIGHT / 2;
  const steps = [[across, 0], [-across, 0], [0, -down], [0, down]];
  if (!cover) steps.unshift([0, 0]);
  return steps.map((step) => middle.add(step));
}

/**
 * The names (point, width) that have room in a frame of this size, each with its `middle`; one beside
 * each mark, and none over the scale bar.
 */
export function laid(names, marks, size) {
  const frame = L.bounds([0, 0], size);
  const bar = L.bounds([0, size.y - BAR.y], [BAR.x, size.y]);
  const taken = [bar, ...marks.map(({ point, radius }) => boxAround(point, radius, radius))];
  const named = new Set();
  const shown = [];
  for (const name of names) {
    const cover = marks.find((mark) => mark.point.distanceTo(name.point) < mark.radius + 4);
    if (named.has(cover)) continue;
    for (const middle of middlesFor(name, cover)) {
      const room = boxAround(middle, name.width / 2 + 2, NAME_HEIGHT / 2);
      if (!frame.contains(room) || taken.some((other) => other.overlaps(room))) continue;
      taken.push(room);
      if (cover) named.add(cover);
      shown.push({ ...name, middle });
      break;
    }
  }
  return shown;
}
