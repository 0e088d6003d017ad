/** Signs of answers: a colour, a shape and a letter for each place, the same on every phone and on the screen. */

/** Drawn on a 24 × 24 grid, filled. */
const shapes = [
  'M12 3 22 20.5H2Z',
  'M12 1.5 22 12 12 22.5 2 12Z',
  'M12 2.5A9.5 9.5 0 1 1 12 21.5 9.5 9.5 0 1 1 12 2.5Z',
  'M3.5 3.5H20.5V20.5H3.5Z',
  'M12 1.8 22.2 9.3 18.3 21.5H5.7L1.8 9.3Z',
  'M12 1.5 15 8.6 22.6 9.3 16.9 14.4 18.6 21.9 12 18 5.4 21.9 7.1 14.4 1.4 9.3 9 8.6Z',
  'M7 3.5H17L22.5 12 17 20.5H7L1.5 12Z',
  'M9 2.5H15V9H21.5V15H15V21.5H9V15H2.5V9H9Z',
];

export function shapeOf(place: number): string {
  return shapes[place % shapes.length] ?? '';
}

/** A CSS value. */
export function colourOf(place: number): string {
  return `var(--answer-${place % shapes.length})`;
}

/** A, B, C … */
export function letterOf(place: number): string {
  return String.fromCharCode(65 + place);
}
