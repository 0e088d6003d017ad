/**
 * What is wider than its place scrolls inside it: it is reached by keyboard then, and fades where there is `more` to see.
 * What stands in a line and is wider than it becomes a block of its own (`alone`); in a button, where nothing else takes the
 * focus and nothing is moved, it gets smaller.
 */
export function scrolling(node: HTMLElement, inLine = false): { destroy: () => void } {
  const place = inLine ? blockAround(node) : node;
  const isPressed = node.closest('button') !== null;
  const look = (): void => {
    if (inLine && isPressed) shrink(node, innerWidth(place));
    else if (inLine) node.classList.toggle('alone', naturalWidth(node) > innerWidth(place) + 1);
    const hidden = node.scrollWidth - node.clientWidth;
    node.classList.toggle('more', hidden - node.scrollLeft > 1);
    if (hidden > 1 && !isPressed) node.tabIndex = 0;
    else node.removeAttribute('tabindex');
  };
  const watcher = new ResizeObserver(look);
  watcher.observe(place);
  for (const child of node.children) watcher.observe(child);
  node.addEventListener('scroll', look, { passive: true });
  return { destroy: () => watcher.disconnect() };
}

/** Smaller is no longer read. */
const smallest = 0.4;

function shrink(node: HTMLElement, width: number): void {
  node.style.fontSize = '';
  const share = width / naturalWidth(node);
  if (share < 1) node.style.fontSize = `${Math.max(smallest, share * 0.97)}em`;
}

function blockAround(node: HTMLElement): HTMLElement {
  let place = node.parentElement ?? node;
  while (getComputedStyle(place).display === 'inline' && place.parentElement !== null)
    place = place.parentElement;
  return place;
}

function innerWidth(place: HTMLElement): number {
  const { paddingLeft, paddingRight } = getComputedStyle(place);
  return place.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
}

/** As wide as its content would like to be. */
function naturalWidth(node: HTMLElement): number {
  return Math.max(0, ...[...node.children].map((child) => child.getBoundingClientRect().width));
}
