// Offers the live map beside the drawn one, and loads it only when somebody asks for it.
// Everything it does can be done without it, by the links under the drawn map and by the list.

/** Put a script or stylesheet of our own into the page; settles when it has loaded or failed. */
function loaded(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", () => {
      element.remove();
      reject(new Error(`${element.src || element.href} did not load`));
    });
    // First in the head, so that our own styles still have the last word.
    document.head.prepend(element);
  });
}

function script(src) {
  return loaded(Object.assign(document.createElement("script"), { src }));
}

function stylesheet(href) {
  return loaded(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
}

let leaflet = null;

/** Leaflet, once for all maps of a page; after a failure the next call tries again. */
async function loadLeaflet({ leafletUrl, styleUrl }) {
  leaflet ??= Promise.all([script(leafletUrl), stylesheet(styleUrl)]);
  try {
    await leaflet;
  } catch (error) {
    leaflet = null;
    throw error;
  }
}

async function openedIn(root) {
  await loadLeaflet(root.dataset);
  const { LiveMap } = await import(root.dataset.scriptUrl);
  const live = new LiveMap(root);
  try {
    await live.start();
  } catch (error) {
    live.remove();
    throw error;
  }
  return live;
}

/** The button, and what it does, for one drawn map. */
function offer(root) {
  const { labelLoading, labelFailed } = root.dataset;
  const drawn = root.querySelector("svg.map");
  const openButton = root.querySelector("[data-open-live]");
  const closeButton = root.querySelector("[data-close-live]");
  const searchButton = root.querySelector("[data-search-live]");
  const says = root.querySelector("[role=status]");
  let live = null;
  let isOpening = false;

  function show(isLive) {
    drawn.toggleAttribute("hidden", isLive);
    openButton.hidden = isLive;
    closeButton.hidden = !isLive;
  }

  openButton.addEventListener("click", async () => {
    if (isOpening) return;
    isOpening = true;
    says.textContent = labelLoading;
    try {
      live = await openedIn(root);
      show(true);
      live.show();
    } catch (error) {
      console.warn("The drawn map stays:", error);
      says.textContent = labelFailed;
    }
    isOpening = false;
  });

  closeButton.addEventListener("click", () => {
    live.remove();
    live = null;
    show(false);
    openButton.focus();
  });

  searchButton.addEventListener("click", () => live.search());

  // The links under the map move the live one too, so that nobody has to drag.
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-move]");
    if (!live || !link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    live.move(link.dataset.move);
  });

  openButton.hidden = false;
}

document.querySelectorAll("[data-map]").forEach(offer);
